# 通报

notice-title = { $issuer }关于《{ $plan }》落实情况的通报
notice-draft = 〔草稿，未印发〕
notice-everyone = 各责任单位
notice-to = { $names }：
notice-intro = 现将《{ $plan }》截至{ $until }的落实情况通报如下。
notice-section = { $numeral }、{ $name }
notice-numeral-1 = 一
notice-numeral-2 = 二
notice-numeral-3 = 三
notice-numeral-4 = 四
notice-numeral-5 = 五
notice-numeral-6 = 六
notice-numeral-7 = 七
notice-numeral-8 = 八
notice-part-before = 上期通报问题整改情况
notice-part-overall = 总体情况
notice-part-overdue = 进度滞后单位
notice-part-returned = 退回整改的单位
notice-part-late = 逾期完成的事项
notice-part-commended = 表扬
notice-part-points = 考核扣分
notice-part-demand = 整改要求
notice-before = 第{ $n }期通报（{ $on }印发）点名{ $units }个单位、{ $items }件事项。截至{ $until }，已整改{ $right }件，{ $reversed ->
    [0] {""}
   *[other] 更正{ $reversed }件，
}{ $spared ->
    [0] {""}
   *[other] 免办、不再承办或者未到期{ $spared }件，
}未整改{ $open }件。
notice-before-none = 第{ $n }期通报（{ $on }印发）未因进度滞后或者退回整改点名单位。
notice-outcome-reversed = 申诉成立，已更正
notice-outcome-gone = 不再承办
notice-outcome-done = 已于{ $day }完成
notice-outcome-excused = 已免办
notice-outcome-righting = 正在整改，期限{ $day }
notice-outcome-returned = 已退回，整改期限{ $day }
notice-outcome-returned-again = 再次退回，整改期限{ $day }
notice-outcome-overdue = 仍未完成，逾期{ $days }天
notice-outcome-open = 未到期
notice-outcome-waiting = 待上级部署
notice-overall = 截至{ $until }，应完成{ $expected }件，已完成{ $completed }件，完成率{ $rate }；其中按期完成{ $done }件，按期完成率{ $ontime }。逾期未完成{ $overdue }件，涉及{ $lagging }个单位{ $returned ->
        [0] 。
       *[other] ；退回整改、未到整改期限的{ $returned }件。
    }
notice-supervisor = 督办单位{ $name }自身逾期未完成{ $n }件：{ $dues }。
notice-unnamed = 另有{ $units }个单位的{ $items }件逾期未完成事项，本期不予点名。
notice-own-due = { $task }（逾期{ $days }天）
notice-overdue-none = 本期没有进度滞后单位。
notice-overdue = 现对{ $units }个进度滞后单位的{ $items }件逾期未完成事项予以通报：
notice-amount = {" "}{ $count }/{ $target }
notice-caught-up = 截止日以后、{ $on }印发以前已补办的事项：{ $names }。
notice-caught-up-item = { $unit }{ $task }（{ $day }）
notice-late = 下列{ $units }个单位的{ $items }件事项逾期完成：
notice-returned = 下列{ $units }个单位的报送经审核予以退回：
notice-now-done = 已整改
notice-now-open = 正在整改
notice-now-excused = 已免办
notice-now-overdue = 逾期未整改
notice-commended = { $unit }：{ $reason }。
notice-points-taken = 按照考核规定，本期对{ $off }个单位扣{ $taken }分：
notice-points-given = 按照考核规定，本期对{ $up }个单位加{ $given }分：
notice-points-both = 按照考核规定，本期对{ $off }个单位扣{ $taken }分、对{ $up }个单位加{ $given }分：
notice-points-nothing = 按照考核规定，本期不再扣分：
notice-points-none = 不再扣分
notice-points-off = 扣{ $points }分
notice-points-added = 加{ $points }分
notice-sum-rule = { $name }{ $n ->
    [0] {""}
   *[other] { $n }项
}{ $points }
notice-sum-overdue = 逾期未完成{ $n ->
    [0] {""}
   *[other] { $n }项
}{ $points }
notice-sum-late = 逾期完成{ $n ->
    [0] {""}
   *[other] { $n }项
}{ $points }
notice-sum-returned = 退回整改{ $n ->
    [0] {""}
   *[other] { $n }项
}{ $points }
notice-sum-commended = 表扬{ $n ->
    [0] {""}
   *[other] { $n }项
}{ $points }
notice-demand = 请被通报单位于{ $rectify }前完成整改，并将完成情况报{ $supervisor }。
notice-objections = 对通报的事实或者扣分有异议的，请于收到本通报之日起{ $days }个工作日内向{ $supervisor }书面提出。
notice-copies = 抄送：{ $names }。
notice-stands-on = 登记簿校验码：{ $hash }
notice-printed = { $office }　　{ $day }印发
notice-head-no = 序号
notice-head-unit = 单位
notice-head-task = 事项
notice-head-clause = 条款
notice-head-due = 时限
notice-head-fulfilled = 完成日
notice-head-days = 逾期天数
notice-head-reminders = 催办次数
notice-head-reason = 退回原因
notice-head-rectify = 整改期限
notice-head-now = 现状
notice-head-outcome = 整改情况
notice-head-points = 分值
notice-head-sum = 计算
notice-not-after-last = 通报日期 { $day } 应晚于第{ $number }期通报（{ $last }）
notice-not-after-last-hint = 印发日为今天或 --on 指定的日期，须晚于上一期的印发日；重印上一期：duban notice { $number }
notice-until-after-issue = 截止日 { $until } 晚于印发日 { $day }
notice-until-too-early = 截止日 { $until } 过早，不得早于 { $first }
notice-until-hint = 请用 --until 指定不晚于印发日、不早于上期截止日和方案印发日的日期
notice-rectify-too-early = 整改期限 { $rectify } 早于印发日 { $day }
notice-rectify-hint = 请用 --rectify 指定更晚的日期；不填则自印发之日起按方案规定的天数计算
notice-list-title = { $plan }  通报
notice-list-empty = 尚未印发通报
notice-list-left-out = 第{ $n }期未点名{ $unit }：{ $reason }
notice-list-head-number = 期号
notice-list-head-on = 印发日
notice-list-head-until = 截止日
notice-list-head-rectify = 整改期限
notice-list-head-units = 点名单位
notice-list-head-points = 计分
notice-list-head-actor = 经办人
notice-list-head-id = 编号
notice-object-before-issue = 申诉日期 { $day } 早于通报印发日 { $issued }
notice-heard-before-objection = 处理日期 { $day } 早于申诉日期 { $objected }
notice-on-hint = 请用 --on 指定更晚的日期
