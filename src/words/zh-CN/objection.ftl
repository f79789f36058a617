objection-future = 日期 { $day } 尚未到来（今天是 { $today }）
objection-long-ago = 日期 { $day } 过早，请核对
objection-not-owed = 方案未要求该单位承担该任务
objection-open = 方案尚待明确：{ $question }
objection-by-roster = 该任务以名册为准：请在名册中填写责任人，再运行 duban apply
objection-not-positive = 数量 { $count } 须大于零
objection-absurd = 数量 { $count } 明显过大，请核对
objection-other-measure = 这项任务按{ $wanted }计，不是{ $measure }
objection-total-of-adding = 该任务的数量逐次累加，不使用 --total
objection-total-missing = 该任务报送累计数，请用 --total 或 任务=累计数
objection-nil-not-taken = 该任务不接受零报告
objection-nil-with-count = 零报告不填数量
objection-unknown-form = 没有形式 { $form }，可用：{ $forms }
objection-no-periods = 该任务不分期次，不使用 --for
objection-no-such-period = 没有包含 { $day } 的期次
objection-no-proof = 须附佐证（--evidence）
objection-no-forms = 该任务不分形式，不使用 --form
