check-alike-limited = 任务过多，只比较了前 { $most } 项任务是否重复
check-anchor-not-a-day = 基准日须为某一天，“{ $text }”不是一天
check-attribute-missing = { $count } 个单位的名册中缺少 { $of }，无法计算目标数量：{ $names }
check-attribute-not-number = { $count } 个单位的 { $of } 不是 0 以上的数字，无法计算目标数量：{ $names }
check-attribute-zero = { $count } 个单位的 { $of } 为 0，对其没有数量要求，视为已完成：{ $names }
check-before-twice = before 已表示此日之前，“{ $text }”里不用再写“前”
check-by = by = { $text } 不适用于 every = "{ $every }"：按周填写星期几，如 "周五"；按月、季度、半年、年填写 1 至 31（最后一个月的日期）
check-by-without-every = by 须与 every 同时填写
check-cell-altered = 单元格的值为“{ $text }”，但其数字格式显示的内容与此不同
check-cell-beyond = 本单元格超出表头范围，可能错列
check-cell-part-of-day = 单元格的值为 { $text }，但其数字格式只显示该日期的一部分
check-day-year-unseen = 单元格显示为 { $shown }，值为 { $text }，其数字格式未显示年份
check-more-alike = 自此行起另有 { $n } 行存在同类问题，未逐一列出
check-row-hidden = 此行被隐藏或筛选掉
check-column-hidden = 此列被隐藏
check-cell-covered = 此单元格被合并单元格遮住，没有自己的内容
check-cell-empty = 未填写 { $column }
check-cell-error = 单元格中的公式出错：{ $text }
check-cell-long = 单元格内容超过 { $most } 字节
check-cell-no-value = 单元格是公式，但文件里没有保存计算结果
check-code-character = 代码“{ $text }”只能使用字母、数字和 - _ .，并须以字母或数字开头
check-code-empty = 代码为空
check-code-long = 代码“{ $text }”超过 64 个字符
check-code-spoiled = 代码“{ $text }”已被电子表格转换为科学记数法，原有数字丢失
check-code-twice = 代码 { $code } 重复，首次出现在第 { $first } 行
check-column-like = 无法识别列“{ $column }”
check-column-twice = 列“{ $column }”重复
check-columns-missing = 缺少列 { $columns }
check-columns-unread = 未读取的列：{ $columns }
check-control = { $column } 中含有不可见的控制字符
check-day-number = “{ $text }”是数字，无法确定是哪一天
check-day-hour = “{ $text }”写了钟点，方案里的日期只到天
check-day-needs-year = “{ $text }”按最近的一年是 { $day }，早于印发日 { $issued }，请写明年份
check-day-not-come = “{ $text }”是 { $day }，尚未到来；如指上一年（月），请写明年份和月份
check-day-offset = “{ $text }”：只有基准日可以加减天数
check-day-unquoted = “{ $text }”应加引号
check-day-year = “{ $text }”没有年份，按印发年份已在印发之前，请写明年份
check-days-range = 天数 { $number } 须在 0 至 3660 之间
check-decided-key = decided 中的 { $key } 不是任务的键
check-document-number = 发文字号“{ $number }”应形如 清府〔2020〕12号
check-due-before-issued = 时限 { $due } 早于印发日 { $issued }，按印发日计
check-due-day-off = 时限 { $due } 为休息日
check-due-groups = { $one } 与 { $other } 不能同时填写
check-dues-days-off = { $count } 期时限是休息日：{ $days }
check-empty = { $key } 为空
check-ends-before-issued = 结束日 { $ends } 早于印发日 { $issued }
check-file-empty = 文件为空
check-file-large = 文件过大，最多 { $most } MiB
check-floor-above-base = 最低分 { $floor } 高于基础分 { $base }
check-from-after-to = 起始日 { $from } 晚于截止日 { $to }
check-gb18030 = 文件编码不是 UTF-8，疑似 GB18030（GBK）
check-goal-only-open = 工作目标“{ $name }”只对应待明确的任务
check-goal-unserved = 工作目标“{ $name }”没有对应任务
check-half-window = 填写了 { $other }，未填写 { $key }
check-id-twice = { $id } 重复，首次出现在 { $first }
check-idle = { $count } 个单位没有应办事项：{ $names }
check-json = 不是有效的 JSON（{ $detail }）
check-json-object = 每一项须为一个 JSON 对象
check-json-value = { $key } 的值类型不符
check-key-missing = 缺少 { $key }
check-locked = 工作簿已加密，需先用密码打开
check-locked-or-old = 不是 XLSX，是加密的工作簿或旧版 Office 文件
check-milestone-days = 里程碑须按日期先后排列：{ $due } 不晚于 { $before }
check-milestone-shares = 里程碑的份额须逐级递增：{ $share } 不大于 { $before }
check-milestone-without-target = 里程碑的份额以 target 为基数，须填写 target
check-name-twice = 同一上级下有两个“{ $name }”，另一个在第 { $first } 行
check-names-alike = 名册中同一上级下有 { $count } 个单位名称相近，容易混淆：{ $names }
check-no-contact = { $count } 个须确定责任人的单位未确定责任人：{ $names }
check-no-day = 无法识别日期“{ $text }”
check-no-need = { $count } 个单位在 target 中没有对应的档次：{ $names }
check-no-notice-period = 未规定通报周期（notice_every）
check-no-such-sheet = 工作簿里没有工作表“{ $name }”
check-amounts-differ = 该单位该任务当日已导入 { $n } 笔（{ $standing }），本行为 { $amount }
check-amount-differs = 该单位该任务当日已导入 { $standing }，本行为 { $amount }
check-number-missing = 这项任务按{ $measure }计，没有填数量
check-old-office = 是旧版 Office 文件，不是工作簿
check-other-kind = 这是 { $kind } 文件，不是表格
check-supervisor-assessed = 督办单位 { $name } 在考核范围内，但通报不对督办单位扣分，考核评分也不列入
check-contact-by-hand = 任务“{ $task }”须逐个登记
check-no-period = 任务“{ $task }”提到“{ $word }”，但未规定周期
check-no-periods = 起始日 { $from } 晚于截止日 { $to }，一期也没有
check-no-roster = 未指定名册
check-no-rules = 强化考核未规定扣分规则
check-no-such-day = 日期 { $text } 不存在
check-no-target = { $count } 项任务未规定数量，报送一次即视为完成：{ $names }
check-no-who = 任务 { $id } 未规定责任单位
check-not-a-number = “{ $text }”不是数字
check-not-encoding = 文件编码不是 { $encoding }
check-not-inherited = 活动下设任务时，{ $key } 不起作用
check-not-positive = { $key } 须大于零
check-not-utf8 = 文件编码不是 UTF-8（第 { $byte } 字节）
check-number-places = { $number } 的小数超过三位
check-number-range = { $number } 超出范围
check-of-without-share = of 须与 share 同时填写
check-open = { $count } 个问题待明确：{ $names }
check-outside-phase = { $day } 不在阶段“{ $phase }”（{ $from } 至 { $to }）之内
check-parent-deep = 上级层次超过 { $most } 层
check-parent-loop = 上级关系存在循环：{ $chain }
check-parent-unknown = 名册中没有上级 { $code }
check-phone-spoiled = 电话号码“{ $text }”已被电子表格转换为科学记数法，原有数字丢失
check-percent = TOML 里不能写百分数，“{ $text }”请写 { $share }
check-full-width = 全角符号 { $mark } 须改为半角的 { $plain }
check-period-cut = { $from } 至 { $to } 这一期只有 { $left } 天，不足整期 { $whole } 天的一半
check-periods-before-issued = 截止日 { $to } 早于印发日 { $issued }，一期也没有
check-phase-before-issued = 阶段起始日 { $from } 早于印发日 { $issued }，印发前不产生应办事项
check-phase-without-activities = 阶段未设活动
check-roster-empty = 名册中没有单位
check-roster-ending = 名册“{ $name }”须为 .csv、.xlsx、.xls、.xlsb 或 .ods 文件
check-sheet-large = 工作表过大，最多 { $most } 个非空单元格
check-sheets = 有数据的工作表不止一个：{ $names }
check-sheets-hidden = 只有隐藏的工作表：{ $names }
check-roster-task-target = 以名册为准的任务不使用 target
check-roster-twice = roster 与 [[unit]] 不能同时使用
check-rule-without-points = 规则 { $id } 未规定扣分分值
check-rules-double = 规则 { $one } 和 { $other } 针对同一情形、同一任务，会重复扣（加）分
check-said-day = 无法识别日期“{ $text }”
check-share-range = 份额 { $share } 须大于 0 且不超过 1
check-share-without-of = 份额须指明以哪个属性为基数（of）
check-since-after-until = 启用日 { $since } 晚于停用日 { $until }
check-supervisor-ambiguous = 名册中有 { $count } 个“{ $name }”
check-supervisor-unknown = 名册中没有督办单位“{ $name }”
check-syntax = TOML 语法错误（{ $detail }）
check-target-amount = 须填写 count 或 share
check-target-both = count 与 share 不能同时填写
check-target-shadows = 未填写 who 的档次须放在最后，否则其后各档不起作用
check-task-name-twice = “{ $name }”与任务 { $other } 同名
check-tasks-alike = 任务 { $one } 与 { $other } 疑似重复
check-text-named-workbook = 这是文本文件，不是工作簿
check-theme-uncarried = 重点主题“{ $name }”没有任务承载
check-timezone = 无法识别时区“{ $text }”，请写 +08:00 或 Asia/Shanghai
check-too-many-dues = 一项任务有 { $count } 期，最多 { $most } 期
check-two-measures = 同一任务使用了两种计量单位：{ $one }、{ $other }
check-unclosed-quote = 引号未配对，由此至文件末尾被读作一行
check-two-tasks = 代码“{ $code }”是“{ $task }”的，而本行任务写的是“{ $name }”
check-two-units = 代码“{ $code }”是{ $unit }的，而本行单位写的是“{ $name }”
check-unknown-anchor = 未定义基准日“{ $name }”
check-unknown-encoding = 不支持编码“{ $encoding }”
check-unknown-goal = 未定义工作目标“{ $id }”
check-unknown-key = 无法识别 { $key }
check-unknown-task = 没有任务“{ $id }”
check-unknown-theme = 未定义主题“{ $id }”
check-unknown-word = { $key } 不能为“{ $text }”，可用：{ $words }
check-utf16 = 不是 UTF-8，疑似 UTF-16（{ $encoding }）
check-via = 报送方式“{ $text }”无法识别，可用：{ $words }
check-who-name = “{ $word }”是单位名称，who 要写类型、标签或代码
check-who-nobody = 名册中没有类型、标签或代码为“{ $word }”的单位
check-xlsx = 不是可用的工作簿（{ $detail }）
check-xlsx-large = 工作簿解压后为 { $size } MiB，超过上限 { $most } MiB
check-yes-no = “{ $text }”应为 是 或 否
check-type = { $key } 应为{ $wanted ->
    [table] 表
    [array] 列表
    [string] 文本
    [number] 数字
    [integer] 整数
    [boolean] {" "}true 或 false
    [date] 日期
    [table-or-array] 表或表的列表
   *[string-or-integer] 文本或整数
}，现为{ $found ->
    [table] 表
    [array] 列表
    [string] 文本
    [number] 数字
    [boolean] {" "}true 或 false
   *[date] 日期
}
check-roster-missing = 方案文件所在目录中没有名册 { $name }
