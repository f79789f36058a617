todo-title = { $plan }  待办
todo-none = 所选范围内没有待办
todo-rectify = 整改: 已过期限 { $past } 件,临近期限 { $near } 件
todo-past = 已过{ $n }天
todo-named = 第{ $number }期通报点名、尚未整改的 { $n } 件,整改期限 { $day }
todo-named-past = 第{ $number }期通报点名、尚未整改的 { $n } 件,整改期限 { $day } 已过
todo-objection = 待答复的申诉 { $n } 件 (duban uphold, duban reverse)
todo-notice = 通报应于 { $day } 前印发 (duban notice)
todo-notice-past = 通报应于 { $day } 前印发,已过期 (duban notice)
todo-notice-last = {""}(上次为第{ $number }期)
todo-notice-none = {""}(尚未印发过)
todo-review = 待审核 { $n } 条,最早 { $day } 登记 (duban accept, duban return)
todo-suspected = 疑似应付了事,待核实 { $n } 项 (duban audit)
todo-due = { $days }天内到期{ $grace ->
    [0] {""}
   *[other] 和仍在宽限期内的
} { $n } 件
todo-question = 方案待明确的问题 { $n } 个 (duban check --open)
todo-not-audited = 报送太多,疑似应付了事的未顺带清点;用 duban audit 查看
