explain-clause = 依据: { $clause } { $text }
explain-owed = 责任单位: 方案写明 { $word },本单位在内
explain-optional = 方案对 { $word } 不作硬性要求: 做了登记,不做不欠
explain-not-owed = 本单位不承担这项任务
explain-dropped = 方案已经没有这项任务;以下是当时的登记和计分
explain-no-entries = 没有登记
explain-waiting = 尚未接到上级部署:{ " " }
explain-due = 时限 { $day }:{ " " }
explain-moved = (原定 { $day }){ " " }
explain-amount = { $amount }{ " " }
explain-fulfilled = ,{ $day }完成{ $days ->
    [0] {""}
   *[other] ,迟{ $days }天
}
explain-overdue = ,已逾期{ $days }天(宽限{ $grace }天)
explain-returned = ,整改期限{ $day }
explain-points = 计分:
explain-point-rule = ,依据规则 { $rule }(条款 { $clause }),{ $day }印发
explain-point-rule-alone = ,依据规则 { $rule },{ $day }印发
explain-point-named = ;点名事项: { $names }
explain-point-reason = ;理由: { $reason }
explain-point-known = ;印发时所知截至{ $until }的情况: { $facts }
explain-point-behind = ;{ $records }
explain-point-records = 报送 { $ids }
explain-reminded = 经{ $n }次催办仍未完成
explain-comma = ,
