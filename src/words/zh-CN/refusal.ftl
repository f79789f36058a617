refusal-future = 日期 { $day } 尚未到来（今天是 { $today }）
refusal-long-ago = 日期 { $day } 过早，请核对
refusal-not-owed = 方案未要求该单位承担该任务
refusal-open = 方案尚待明确：{ $question }
refusal-by-roster = 该任务以名册为准：请在名册中填写责任人，再运行 duban apply
refusal-not-positive = 数量 { $count } 须大于零
refusal-absurd = 数量 { $count } 明显过大，请核对
refusal-other-measure = 这项任务按{ $wanted }计，不是{ $measure }
refusal-total-of-adding = 该任务的数量逐次累加，清单各行请填本次数量，不填累计数
refusal-total-reached = 截至 { $day } 已登记 { $standing }，累计 { $total } 没有新增
refusal-total-below = 累计 { $total } 少于截至 { $day } 已登记的 { $standing }；多登记的，请用 duban correct 更正或用 duban undo 撤销
refusal-total-and-count = 数量和累计数只填一项
refusal-total-missing = 该任务报送累计数，请用 --total 或 任务=累计数
refusal-nil-not-taken = 该任务不接受零报告
refusal-nil-with-count = 零报告不填数量
refusal-unknown-form = 没有形式 { $form }，可用：{ $forms }
refusal-no-periods = 该任务不分期次，不使用 --for
refusal-no-such-period = 没有包含 { $day } 的期次
refusal-many-periods = 所写期次含 { $n } 期（{ $days }{ $n ->
    [2] {""}
    [3] {""}
   *[other] 等
}），须写明其中一期
refusal-many-periods-hint = 用该期内的任一日期，如 --for { $day }
refusal-no-proof = 须附佐证（--evidence）
refusal-no-forms = 该任务不分形式，不使用 --form
refusal-before-since = 日期 { $day } 早于该单位的启用日期 { $since }
refusal-after-until = 该单位已于 { $until } 停用，日期 { $day } 在其后
refusal-successor-hint = 其工作已由下列单位承接：{ $names }
