objection-future = 日期 { $day } 还没到(今天 { $today })
objection-long-ago = 日期 { $day } 太早,像是写错了
objection-not-owed = 方案没有要求这个单位做这项任务
objection-open = 方案还没有定: { $question }
objection-by-roster = 这项任务看名册:在名册里填上责任人,再 duban apply
objection-not-positive = 数量 { $count } 要大于零
objection-absurd = 数量 { $count } 大得不合常理
objection-other-measure = 这项任务按{ $wanted }计,不是{ $measure }
objection-total-of-adding = 这项任务的数量逐次相加,不用 --total
objection-total-missing = 这项任务报累计数,请用 --total 或 任务=累计数
objection-nil-not-taken = 这项任务不收零报告
objection-nil-with-count = 零报告不带数量
objection-unknown-form = 没有形式 { $form },可以是 { $forms }
objection-no-periods = 这项任务不分期次,不用 --for
objection-no-such-period = 没有包含 { $day } 的期次
objection-no-proof = 必须附佐证(--evidence)
objection-no-forms = 这项任务不分形式,不用 --form
