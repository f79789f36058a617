todo-title = { $plan }  待办事项
todo-none = 所选范围内没有待办事项
todo-rectify = 限期整改：逾期 { $past } 件，临期 { $near } 件
todo-past = { $day } 逾期{ $n }天
todo-named = 第{ $number }期通报点名、尚未整改 { $n } 件，整改期限 { $day }
todo-named-past = 第{ $number }期通报点名、尚未整改 { $n } 件，已超过整改期限 { $day }
todo-objection = 待处理的申诉 { $n } 件
todo-lagging = 进度滞后单位 { $units } 个
todo-notice = 应于 { $day } 前印发通报
todo-notice-past = 应于 { $day } 前印发通报，已逾期
todo-notice-last = {""}（上次为第{ $number }期）
todo-notice-none = {""}（尚未印发过）
todo-review = 待审核 { $n } 条，最早登记于 { $day }
todo-suspected = 疑似应付了事，待核实 { $n } 项
todo-due = { $days }天内到期{ $grace ->
    [0] {""}
   *[other] （含仍在宽限期内的）
} { $n } 件
todo-question = 方案待明确的问题 { $n } 个
todo-not-audited = 报送较多，未逐条排查应付了事；请用 duban audit 查看
todo-hint = {""}（{ $commands }）
todo-command = duban { $command }
todo-part-rectify = 限期整改
todo-part-objection = 待处理的申诉
todo-part-review = 待审核
todo-part-due = 即将到期
todo-part-question = 方案待明确的问题
