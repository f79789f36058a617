lagging-title = { $plan }  进度滞后单位
lagging-sheet = 进度滞后
lagging-soon-sheet = 即将到期
lagging-none = 没有进度滞后单位{ $grace ->
    [0] （未设宽限期）
   *[other] （宽限期{ $grace }天）
}
lagging-summary = 进度滞后单位 { $units } 个{ $change }，逾期事项 { $n } 件{ $grace ->
    [0] （未设宽限期）
   *[other] （宽限期{ $grace }天）
}
lagging-days = { $n }天
lagging-days-late = 逾期{ $n }天
lagging-no-contact = 未确定
lagging-returned-mark = (退回)
lagging-supervisor = 督办单位自身：{ $name }，逾期 { $n } 件，最长{ $days }天  { $dues }
lagging-returned = 退回整改（未到整改期限，不计滞后）：{ $names }
lagging-returned-item = { $unit } { $task } 整改期限 { $day }
lagging-closed = 已撤并单位 { $units } 个，遗留 { $n } 件（不计滞后）：{ $names }
lagging-soon = { $days }天内到期：{ $units } 个单位
lagging-since = 自 { $day } 以来：新增 { $joined } 个{ $joinednames }，退出 { $left } 个{ $leftnames }
lagging-names = （{ $names }）
lagging-periods = { $name }{ $n }期({ $due }起)
lagging-opens = (
lagging-times = { $n ->
    [0] 未催
   *[other] { $n }次
}
lagging-new = 新
lagging-change = （较上周新增 { $joined } 个、减少 { $left } 个）
