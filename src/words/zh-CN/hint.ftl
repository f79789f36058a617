hint-amount = 填写数量列（列名见 duban import --columns）
hint-amount-differs = 更正原数量用 --replace；两笔都算用 --add
hint-amounts-differ = 以本行替换这几笔用 --replace；都算用 --add
hint-brackets = 请写成列表，如 ["village"]
hint-by-roster = 写 by_roster = "contact"，名册写明责任人即为完成
hint-two-cells = 请更正其中一格
hint-cell-part-of-day = 请将该列设为显示年月日的日期格式，或设为“文本”格式后填写所指的日期或期次
hint-row-hidden = 显示全部行，不需要的行请删除
hint-column-hidden = 显示此列，不需要则删除
hint-cell-altered = 请将该列设为“文本”格式，按应读取的内容重新填写
hint-cell-covered = 取消合并，逐格填写
hint-cell-no-value = 用电子表格软件打开并保存一次，或把公式改为数值
hint-code-spoiled = 请将该列设为“文本”格式后重新填写完整代码
hint-phone-spoiled = 请将该列设为“文本”格式后重新填写完整号码
hint-columns = 可识别的列：{ $columns }
hint-dated = 可写作 2020-06-30、2020/6/30 或 2020年6月30日
hint-day-cell = 把这一列设为“文本”或“日期”格式，再重新填写
hint-day-forms = 可写作 2020-06-30、2020-06、"2020年6月底"、"6月24日前"、"2020-06 中旬"、基准日 或 "基准日 + 3d"
hint-day-typed = 可写作 2020-06-30、6-30、6.30 或 6月30日
hint-day-or-anchor = 日期可写作 2020-06-30、2020-06、"2021年6月底"、"6月24日前"、"2020-06 中旬"；{ $anchor } 若是基准日，请写入 [anchor]
hint-define-anchor = 请在 [anchor] 中写明 { $name } 的日期
hint-did-you-mean = 是否为 { $name }？
hint-double-brackets = 应写作 [[{ $key }]]
hint-encoding = 加 --encoding { $encoding }，或另存为 UTF-8
hint-encodings = 常用编码有 gb18030、utf-8、big5、utf-16le
hint-every = 请填写 every = "week"、"month"、"quarter"、"half-year" 或 "year"
hint-import-columns = 可识别的列名见 duban import --columns
hint-init = duban init 生成带注释的模板
hint-known-keys = 此处可用：{ $keys }
hint-milestone = 有几个时限的，写 milestone
hint-month-first = 月在前，如 { $text }
hint-move-to-task = 请将 { $key } 写入各项任务
hint-no-quotes = 请去掉引号
hint-notice-every = 如 notice_every = "month"
hint-open = duban check --open 列出全部待明确的问题
hint-period = 可写作 2020-06、2020-W27、2020-Q3、6月，或者该期中的一天
hint-quoted = 应写作 "{ $text }"
hint-quotes = 请加引号
hint-rename-csv = 把文件名改为 .csv 再试
hint-roster = 请填写 roster = "units.csv"，或用 [[unit]] 列出单位
hint-roster-encoding = 请在 [plan] 中填写 encoding = "{ $encoding }"，或另存为 UTF-8
hint-roster-sheet = 在 [plan] 里写明工作表，如 roster_sheet = "{ $name }"
hint-roster-twice = 删去各个 [[unit]] 表，或者删去 roster 一行
hint-save-utf8 = 请另存为 UTF-8
hint-export-store = 如果是督办的登记库，请在其所在处运行 duban export，再导入所得文件
hint-save-xlsx = 请另存为 .xlsx 或 .csv
hint-sheet = 用 --sheet 指定，如 --sheet { $name }
hint-sheets = 现有：{ $names }
hint-single-brackets = 应写作 [{ $key }]
hint-target = 请填写 target = {"{"} count = 1, measure = "条" {"}"}；只要求办理、不计数量的，填写 decided = {"{"} target = "…" {"}"}
hint-unlock = 用密码打开后，另存为不加密的 .xlsx 或 .csv
hint-use-code = 请改用代码
hint-who-code = 写代码 who = ["{ $code }"]
hint-who-or-open = 请填写 who = ["village"]；尚未明确的，填写 open = "由谁承担？"
