hint-amount = 填写数量列(列名见 duban import --columns)
hint-brackets = 写成列表,如 ["village"]
hint-cell-covered = 取消合并,逐格填写
hint-cell-no-value = 用电子表格软件打开并保存一次,或把公式改为数值
hint-code-spoiled = 把那一列设为“文本”格式,再重新填写完整的代码
hint-columns = 能识别的列: { $columns }(也认中文表头)
hint-dated = 写成 2020-06-30
hint-day-cell = 把这一列设为“文本”或“日期”格式,再重新填写
hint-day-forms = 写成 2020-06-30、2020-06、"2020-06 上旬"、基准日 或 "基准日 + 3d"
hint-define-anchor = 在 [anchor] 里写明 { $name } 是哪一天
hint-did-you-mean = 是不是 { $name }?
hint-double-brackets = 写成 [[{ $key }]]
hint-encoding = 加 --encoding { $encoding },或另存为 UTF-8
hint-encodings = 常用的有 gb18030、utf-8、big5、utf-16le
hint-every = 写明 every = "week" 或 "month"
hint-import-columns = 可识别的列名见 duban import --columns
hint-init = duban init 写一份带注释的样本
hint-known-keys = 这里可以写 { $keys }
hint-move-to-task = 把 { $key } 写到各项任务里
hint-no-quotes = 去掉引号
hint-open = duban check --open 列出全部问题
hint-quotes = 加上引号
hint-rename-csv = 把文件名改为 .csv 再试
hint-roster = 写 roster = "units.csv",或用 [[unit]] 列出单位
hint-roster-encoding = 在 [plan] 里写 encoding = "{ $encoding }",或另存为 UTF-8
hint-roster-sheet = 在 [plan] 里写明工作表,如 roster_sheet = "{ $name }"
hint-save-utf8 = 另存为 UTF-8 再试
hint-save-xlsx = 另存为 .xlsx 或 .csv
hint-sheet = 用 --sheet 指定,如 --sheet { $name }
hint-sheets = 现有: { $names }
hint-single-brackets = 写成 [{ $key }]
hint-target = 写 target = {"{"} count = 1, measure = "条" {"}"};只问办没办的,写 decided = {"{"} target = "…" {"}"}
hint-unlock = 用密码打开后,另存为不加密的 .xlsx 或 .csv
hint-use-code = 写它的代码
hint-who-or-open = 写 who = ["village"];还没有定的,写 open = "由谁承担?"
