check-anchor-not-a-day = 基准日要写一天,“{ $text }”不是一天
check-attribute-missing = { $count } 个单位在名册里没有 { $of },算不出要完成多少: { $names }
check-attribute-not-number = { $count } 个单位的 { $of } 不是数字: { $names }
check-by = by = { $text } 不合 every = "{ $every }":按周写星期几,按月写 1 到 31
check-by-without-every = by 要同 every 一起写
check-cell-beyond = 这一格在表头之外,可能错了列
check-cell-covered = 此单元格被合并单元格遮住,没有自己的内容
check-cell-empty = 没有填 { $column }
check-cell-error = 单元格里是公式错误 { $text }
check-cell-long = 单元格内容超过 { $most } 字节
check-cell-no-value = 单元格是公式,但文件里没有保存计算结果
check-code-character = 代码“{ $text }”只能用字母、数字、- _ .,并以字母或数字开头
check-code-empty = 代码是空的
check-code-long = 代码“{ $text }”超过 64 个字
check-code-spoiled = 代码“{ $text }”被电子表格改成了科学计数,原来的数字已丢失
check-code-twice = 代码 { $code } 重复,第一次在第 { $first } 行
check-column-like = 列“{ $column }”不认识
check-column-twice = 列“{ $column }”重复
check-columns-missing = 缺少列 { $columns }
check-columns-unread = 没有读取的列: { $columns }
check-control = { $column } 里有看不见的控制字符
check-day-number = “{ $text }”是数字,无法确定是哪一天
check-day-offset = “{ $text }”:日期后面不能加减,只有基准日可以
check-days-range = 天数 { $number } 要在 0 到 3660 之间
check-decided-key = decided 里的 { $key } 不是任务的一项
check-document-number = 发文字号“{ $number }”不是 机关代字〔年〕序号号 的形式
check-due-before-issued = 时限 { $due } 早于印发日 { $issued },按印发日算
check-due-day-off = 时限 { $due } 是休息日
check-due-groups = { $one } 和 { $other } 只能写一个
check-empty = { $key } 是空的
check-ends-before-issued = 结束日 { $ends } 早于印发日 { $issued }
check-file-empty = 文件是空的
check-file-large = 文件过大,最多 { $most } MiB
check-floor-above-base = 最低分 { $floor } 高于基础分 { $base }
check-from-after-to = 起始日 { $from } 晚于截止日 { $to }
check-gb18030 = 不是 UTF-8,看来是 GB18030(GBK)
check-goal-only-open = 目标“{ $name }”只有还没定下来的任务服务
check-goal-unserved = 没有任务服务目标“{ $name }”
check-half-window = 有 { $other } 没有 { $key }
check-id-twice = { $id } 重复,第一次在 { $first }
check-idle = { $count } 个单位没有任何应办事项: { $names }
check-json = 不是 JSON({ $detail })
check-json-object = 每项要是一个 JSON 对象
check-json-value = { $key } 不能是这样的值
check-key-missing = 没有写 { $key }
check-locked = 工作簿已加密,需先用密码打开
check-locked-or-old = 不是 XLSX:是加密的工作簿或旧版 Office 文件
check-merged-unknown = 这个 .xlsb 工作簿有合并单元格,无法确定被遮住的是哪些格
check-milestone-days = 里程碑要按日子先后: { $due } 不晚于 { $before }
check-milestone-shares = 里程碑的份额要递增: { $share } 不大于 { $before }
check-milestone-without-target = 里程碑要有 target:份额是它的份额
check-name-twice = 同一上级下有两个“{ $name }”,另一个在第 { $first } 行
check-no-contact = { $count } 个有应办事项的单位没有责任人: { $names }
check-no-day = 看不懂日期“{ $text }”
check-no-need = { $count } 个单位在 target 里没有对应的一档: { $names }
check-no-notice-period = 没有写多久通报一次(notice_every)
check-no-such-sheet = 工作簿里没有工作表“{ $name }”
check-number-missing = 这项任务按{ $measure }计,没有填数量
check-old-office = 是旧版 Office 文件,不是工作簿
check-other-kind = 这是 { $kind } 文件,不是表格
check-roster-ending = 名册“{ $name }”要是 .csv、.xlsx、.xls、.xlsb 或 .ods
check-sheet-large = 工作表过大,最多 { $most } 个非空单元格
check-sheets = 有数据的工作表不止一个: { $names }
check-sheets-hidden = 只有隐藏的工作表: { $names }
check-supervisor-assessed = 督办单位 { $name } 在考核范围内,但通报不扣督办单位的分,评分也不列它
check-no-period = 任务“{ $task }”说到“{ $word }”,却没有写多久一次
check-no-roster = 没有名册
check-no-rules = 强化考核没有写规则
check-no-such-day = 没有 { $text } 这一天
check-no-target = { $count } 项任务没有定数量,报一次就算完成: { $names }
check-no-who = 任务 { $id } 没有写由谁承担
check-not-a-number = “{ $text }”不是数字
check-not-encoding = 不是 { $encoding }
check-not-inherited = 活动下面有任务时,{ $key } 不起作用
check-not-positive = { $key } 要大于零
check-not-utf8 = 不是 UTF-8(字节 { $byte })
check-number-places = { $number } 最多三位小数
check-number-range = { $number } 太大
check-of-without-share = of 要同 share 一起写
check-open = { $count } 个问题还没有定: { $names }
check-outside-phase = { $day } 不在阶段“{ $phase }”({ $from } 至 { $to })之内
check-parent-loop = 上级绕成了圈: { $chain }
check-parent-unknown = 名册里没有上级 { $code }
check-phase-before-issued = 阶段从 { $from } 起,早于印发日 { $issued }:印发以前没有应办事项
check-phase-without-activities = 这个阶段没有活动
check-roster-empty = 名册里没有单位
check-roster-task-target = 看名册的任务不用 target
check-roster-twice = roster 和 [[unit]] 只能用一个
check-rule-without-points = 规则 { $id } 没有写扣几分
check-said-day = 看不懂日期“{ $text }”
check-share-range = 份额 { $share } 要大于 0,不超过 1
check-share-without-of = 份额要写明是哪个属性的(of)
check-since-after-until = 启用日 { $since } 晚于停用日 { $until }
check-supervisor-ambiguous = 名册里有 { $count } 个“{ $name }”
check-supervisor-unknown = 名册里没有督办单位“{ $name }”
check-syntax = 不合 TOML 的写法({ $detail })
check-target-amount = 要写 count 或 share
check-target-both = count 和 share 只能写一个
check-target-shadows = 没有写 who 的一档要放在最后,否则后面的都用不上
check-task-name-twice = “{ $name }”同任务 { $other } 的名称一样
check-tasks-alike = 任务 { $one } 和 { $other } 像是同一件事
check-text-named-workbook = 这是文本文件,不是工作簿
check-theme-uncarried = 没有任务宣传重点主题“{ $name }”
check-timezone = 看不懂时区“{ $text }”,要写成 +08:00
check-two-measures = 同一任务有两种计量单位: { $one }、{ $other }
check-unclosed-quote = 引号没有配对,从这里到文件末尾连成了一行
check-unknown-anchor = 没有基准日“{ $name }”
check-unknown-encoding = 不认识编码“{ $encoding }”
check-unknown-goal = 没有目标“{ $id }”
check-unknown-key = 不认识 { $key }
check-unknown-theme = 没有主题“{ $id }”
check-unknown-word = { $key } 不能是“{ $text }”,可以是 { $words }
check-utf16 = 不是 UTF-8,看来是 UTF-16({ $encoding })
check-via = 方式“{ $text }”要是 { $words } 之一
check-who-nobody = 名册里没有谁是“{ $word }”
check-xlsx = 不是可用的工作簿({ $detail })
check-xlsx-large = 工作簿展开后有 { $size } MiB,最多 { $most } MiB
check-yes-no = “{ $text }”要写 是 或 否
check-type = { $key } 要写{ $wanted ->
    [table] 表
    [array] 列表
    [string] 文字
    [number] 数字
    [integer] 整数
    [boolean] true 或 false
    [date] 日期
    [table-or-array] 表或表的列表
   *[string-or-integer] 文字或整数
},这里是{ $found ->
    [table] 表
    [array] 列表
    [string] 文字
    [number] 数字
    [boolean] true 或 false
   *[date] 日期
}
check-roster-missing = 方案文件旁边没有名册 { $name }
