explain-clause = 依据：{ $clause } { $text }
explain-owed = 责任单位：各{ $word }（含本单位）
explain-owed-word = 责任单位：{ $word }（含本单位）
explain-optional = { $word }：不作硬性要求，完成后可登记
explain-not-owed = 本单位不承担该任务
explain-before-since = 该单位自 { $bound } 启用，此前不承担（时限 { $first }{ $one ->
    [1] {""}
   *[other] {" "}至 { $last }
}）
explain-after-until = 该单位已于 { $bound } 停用，此后不再承担（时限 { $first }{ $one ->
    [1] {""}
   *[other] {" "}至 { $last }
}）
explain-closed = 该单位已于 { $bound } 停用，此后不再承担
explain-dropped = 方案现已取消该任务，以下为原有登记和计分
explain-no-entries = 尚无登记
explain-dues = 共 { $n } 期：{""}
explain-dues-pending = （时限 { $first } 至 { $last }）
explain-due = （时限 { $day }）
explain-due-moved = （时限 { $day }，原定 { $planned }）
explain-fulfilled = ，{ $day } 完成{ $days ->
    [0] {""}
   *[other] ，逾期{ $days }天
}
explain-overdue = ，已逾期{ $days }天{ $grace ->
    [0] {""}
   *[other] （宽限期{ $grace }天）
}
explain-returned = ，整改期限 { $day }
explain-points = 计分：
explain-point-rule = ，依据规则“{ $rule }”（条款 { $clause }），{ $day } 印发
explain-point-rule-alone = ，依据规则“{ $rule }”，{ $day } 印发
explain-point-named = ；点名事项：{ $names }
explain-point-reason = ；理由：{ $reason }
explain-point-known = ；印发时掌握的截至 { $until } 情况：{ $facts }
explain-point-behind = ；{ $records }
explain-point-records = 报送 { $ids }
explain-reminded = 催办{ $n }次仍未完成
explain-comma = ，
