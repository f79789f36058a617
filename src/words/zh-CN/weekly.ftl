# 周报。
weekly-title = { $plan }周报
weekly-week = { $year }年第{ $number }周（{ $days }）
weekly-office = {"  "}{ $office }
weekly-days = { $from }至{ $to }
weekly-days-of-month = { $month }{ $first }日至{ $last }日
weekly-none-expected = 尚无到期事项。
weekly-progress = 截至{ $day }，应完成 { $expected } 件，已完成 { $completed } 件，完成率 { $rate }{ $change }；按期完成率 { $ontime }{ $ontimechange }。
weekly-same = （与上周持平）
weekly-up = （较上周上升 { $by } 个百分点）
weekly-down = （较上周下降 { $by } 个百分点）
weekly-no-changes = 本周没有新增完成、逾期和退回。
weekly-changes = 本周{ $changes }。
weekly-newly-done = 新增完成 { $n } 件{ $names }
weekly-caught-up = 逾期补办 { $n } 件{ $names }
weekly-newly-overdue = 新增逾期 { $n } 件{ $names }
weekly-newly-returned = 新增退回 { $n } 件{ $names }
weekly-unit-task = { $unit } { $task }
weekly-names = （{ $names }{ $more ->
    [more] 等
   *[all] {""}
}）
weekly-none-behind = 没有进度滞后单位。
weekly-behind = 进度滞后单位 { $units } 个、逾期事项 { $n } 件{ $names }{ $neglected }。
weekly-neglected = ；其中{ $parts }
weekly-unreminded = 未催办 { $units } 个
weekly-no-contact = 未确定责任人 { $units } 个
weekly-lagging-unit = { $unit } { $n } 件最长 { $days } 天
weekly-none-waiting = 没有待本办办理的事项。
weekly-waiting = 待本办办理 { $n } 件：{ $parts }。
weekly-corrections = 整改过期 { $n } 件
weekly-objections = 申诉待处理 { $n } 件
weekly-review = 待审核 { $n } 条
weekly-suspected = 疑似应付 { $n } 项
weekly-questions = 方案待明确 { $n } 个
weekly-coming = { $days }到期 { $n } 件、涉及 { $units } 个单位，每个单位最多 { $most } 件{ $names }。
weekly-none-coming = { $days }没有到期事项{ $next }。
weekly-next = ；下一个时限 { $day }：{ $tasks }
weekly-due = { $day } { $task } { $units } 个单位
