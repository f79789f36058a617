status-title = { $plan }  进度表
status-sheet = 进度
status-nothing = 所选范围内没有应办事项
status-none-expected = 尚无到期事项
status-summary = 应完成 { $expected } 件{ $early }，已完成 { $completed } 件，完成率 { $rate }{ $change }
status-on-time = 其中按期完成 { $done } 件，按期率 { $rate }
status-early = （含提前完成 { $n } 件）
status-equation = 应完成 { $expected } = 适用 { $applicable }
status-minus-excused = { " " }- 免办 { $n }
status-minus-waiting = { " " }- 待上级部署 { $n }
status-minus-not-due = { " " }- 未到期 { $n }
status-folded = 另有 { $n } 项{ $rows ->
    [task] 任务
   *[other] {""}
}未到期，未列出
status-lagging = 进度滞后单位 { $units } 个
status-lagging-hint = （duban lagging{ $options } 列出名单）
status-next = 最近到期：{ $day } { $tasks }
status-next-task = { $task } { $units } 个单位
status-since = 自 { $day } 以来：
status-newly-done = 新增完成 { $n } 件  { $names }
status-caught-up = 逾期补办 { $n } 件  { $names }
status-newly-overdue = 新增逾期 { $n } 件  { $names }
status-newly-returned = 新增退回 { $n } 件  { $names }
status-and-more = 等
status-no-goal = 未对应工作目标
status-no-theme = 未对应宣传主题
status-no-area = 不属任何地区
status-optional = 不作硬性要求的任务
status-change = （较上周 { $by }）
status-change-none = （与上周持平）
status-change-since = （较 { $day } { $by }）
