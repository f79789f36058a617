check-alike-limited = 任务过多,只比较了前 { $most } 项任务是否重复
check-anchor-not-a-day = 基准日要写一天,“{ $text }”不是一天
check-attribute-missing = { $count } 个单位在名册里没有 { $of },无法计算目标数量: { $names }
check-attribute-not-number = { $count } 个单位的 { $of } 不是数字,无法计算目标数量: { $names }
check-before-twice = before 已表示此日之前,“{ $text }”里不用再写“前”
check-by = by = { $text } 不适用于 every = "{ $every }":按周写星期几,按月、季度、半年、年写 1 到 31(最后一个月的日期)
check-by-without-every = by 要同 every 一起写
check-cell-beyond = 这一格在表头之外,可能错了列
check-cell-empty = 没有填 { $column }
check-cell-error = 单元格里是公式错误 { $text }
check-code-character = 代码“{ $text }”只能用字母、数字、- _ .,并以字母或数字开头
check-code-empty = 代码是空的
check-code-long = 代码“{ $text }”超过 64 个字
check-code-spoiled = 代码“{ $text }”被电子表格改成了科学计数,原来的数字已丢失
check-code-twice = 代码 { $code } 重复,第一次在第 { $first } 行
check-column-like = 列“{ $column }”不认识
check-column-twice = 列“{ $column }”有两个
check-columns-missing = 缺少列 { $columns }
check-columns-unread = 没有读取的列: { $columns }
check-control = { $column } 里有看不见的控制字符
check-day-hour = “{ $text }”写了钟点,方案里的日期只到天
check-day-needs-year = “{ $text }”按最近的一年是 { $day },早于印发日 { $issued },请写明年份
check-day-not-come = “{ $text }”是 { $day },尚未到来;如指上一年(月),请写明年份和月份
check-day-offset = “{ $text }”:日期后面不能加减,只有基准日可以
check-day-year = “{ $text }”没有年份,按印发年份已在印发之前,请写明年份
check-days-range = 天数 { $number } 要在 0 到 3660 之间
check-decided-key = decided 里的 { $key } 不是任务的一项
check-document-number = 发文字号“{ $number }”不是 机关代字〔年〕序号号 的形式
check-due-before-issued = 时限 { $due } 早于印发日 { $issued },按印发日算
check-due-day-off = 时限 { $due } 是休息日
check-due-groups = { $one } 和 { $other } 只能写一个
check-dues-days-off = { $count } 期时限是休息日: { $days }
check-empty = { $key } 是空的
check-ends-before-issued = 结束日 { $ends } 早于印发日 { $issued }
check-file-empty = 文件是空的
check-floor-above-base = 最低分 { $floor } 高于基础分 { $base }
check-from-after-to = 起始日 { $from } 晚于截止日 { $to }
check-gb18030 = 不是 UTF-8,看来是 GB18030(GBK)
check-goal-only-open = 工作目标“{ $name }”只对应待明确的任务
check-goal-unserved = 工作目标“{ $name }”没有对应任务
check-half-window = 有 { $other } 没有 { $key }
check-id-twice = { $id } 重复,第一次在 { $first }
check-idle = { $count } 个单位没有任何应办事项: { $names }
check-json = 不是 JSON({ $detail })
check-json-object = 每行要是一个 JSON 对象
check-json-value = { $key } 不能是这样的值
check-key-missing = 没有写 { $key }
check-milestone-days = 里程碑要按日子先后: { $due } 不晚于 { $before }
check-milestone-shares = 里程碑的份额要递增: { $share } 不大于 { $before }
check-milestone-without-target = 里程碑要有 target:份额是它的份额
check-name-twice = 同一上级下有两个“{ $name }”,另一个在第 { $first } 行
check-names-alike = 名册中同一上级下有 { $count } 个单位名称相近,容易混淆: { $names }
check-no-contact = { $count } 个要确定责任人的单位没有责任人: { $names }
check-no-day = 无法识别日期“{ $text }”
check-no-need = { $count } 个单位在 target 里没有对应的一档: { $names }
check-no-notice-period = 未规定通报周期(notice_every)
check-supervisor-assessed = 督办单位 { $name } 在考核范围内,但通报不扣督办单位的分,评分也不列它
check-no-period = 任务“{ $task }”说到“{ $word }”,却没有写多久一次
check-no-periods = 起始日 { $from } 晚于截止日 { $to },一期也没有
check-no-roster = 没有名册
check-no-rules = 强化考核没有写规则
check-no-such-day = 没有 { $text } 这一天
check-no-target = { $count } 项任务没有定数量,报送一次即视为完成: { $names }
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
check-parent-loop = 上级关系存在循环: { $chain }
check-parent-unknown = 名册里没有上级 { $code }
check-percent = TOML 里不能写百分数,“{ $text }”请写 { $share }
check-period-cut = { $from } 至 { $to } 这一期只有 { $left } 天,不足整期 { $whole } 天的一半
check-periods-before-issued = 截止日 { $to } 早于印发日 { $issued },一期也没有
check-phase-before-issued = 阶段从 { $from } 起,早于印发日 { $issued }:印发以前没有应办事项
check-phase-without-activities = 这个阶段没有活动
check-roster-empty = 名册里没有单位
check-roster-ending = 名册“{ $name }”要是 .csv 或 .xlsx
check-roster-task-target = 看名册的任务不用 target
check-roster-twice = roster 和 [[unit]] 只能用一个
check-rule-without-points = 规则 { $id } 未规定扣分分值
check-rules-double = 规则 { $one } 和 { $other } 针对同一情形、同一任务,会重复扣(加)分
check-said-day = 无法识别日期“{ $text }”
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
check-tasks-alike = 任务 { $one } 和 { $other } 疑似重复
check-theme-uncarried = 重点主题“{ $name }”没有任务承载
check-timezone = 无法识别时区“{ $text }”,请写 +08:00 或 Asia/Shanghai
check-too-many-dues = 一项任务有 { $count } 期,最多 { $most } 期
check-two-measures = 同一任务有两种计量单位: { $one }、{ $other }
check-unclosed-quote = 引号没有配对,从这里到文件末尾连成了一行
check-unknown-anchor = 没有基准日“{ $name }”
check-unknown-encoding = 不认识编码“{ $encoding }”
check-unknown-goal = 没有目标“{ $id }”
check-unknown-key = 不认识 { $key }
check-unknown-task = 没有任务“{ $id }”
check-unknown-theme = 没有主题“{ $id }”
check-unknown-word = { $key } 不能是“{ $text }”,可以是 { $words }
check-via = 方式“{ $text }”要是 { $words } 之一
check-who-name = “{ $word }”是单位名称,who 要写类型、标签或代码
check-who-nobody = 名册中没有类型、标签或代码为“{ $word }”的单位
check-xls = 这是旧的 .xls 工作簿,读不了
check-xlsx = 不是可用的 XLSX 工作簿({ $detail })
check-xlsx-large = 工作簿展开后有 { $size } MiB,最多 { $most } MiB
check-xlsx-no-sheet = 工作簿里没有表
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
