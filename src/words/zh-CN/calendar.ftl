# 时限日历

calendar-title = { $plan }  时限
calendar-title-scope = { $name }（{ $scope }）
calendar-sheet = 时限
calendar-none = 没有到期事项
calendar-within = 至 { $to } 到期
calendar-all = { $task }：{ $done }/{ $units } 个单位已完成
calendar-one = [{ $standing }] { $task }
calendar-amount = 完成数量：{ $amount }
calendar-unit = 责任单位：{ $unit }
calendar-open = 尚未完成：{ $names }{ $n ->
    [0] {""}
   *[other] 等，另有 { $n } 个
}
calendar-clause = 条款：{ $clause }
calendar-head-open = 未完成
calendar-head-remind = 提醒
