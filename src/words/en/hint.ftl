hint-amount = fill in a column of amounts (`duban import --columns` lists the headers)
hint-amount-differs = `--replace` if the row corrects it, `--add` if both are true
hint-amounts-differ = `--replace` if the row is right in place of them all, `--add` if all are true
hint-brackets = write a list: ["village"]
hint-by-roster = `by_roster = "contact"` completes it for each unit whose contact the roster names
hint-two-cells = correct one of the two cells
hint-cell-part-of-day = give the column a format that shows year, month and day, or format it as text and enter what is meant
hint-row-hidden = show all rows, or delete those that are not meant
hint-column-hidden = show the column, or delete it
hint-cell-altered = format the column as text and enter what should be read
hint-cell-covered = unmerge the cells and fill in each one
hint-cell-no-value = open and save the file in a spreadsheet program, or replace the formula by its value
hint-code-spoiled = format the column as text, then enter the full code again
hint-phone-spoiled = format the column as text, then enter the full number again
hint-columns = known columns: { $columns }
hint-dated = write 2020-06-30, 2020/6/30 or 2020年6月30日
hint-day-cell = format the column as text or as a date, then type the day again
hint-day-forms = write 2020-06-30, 2020-06, "2020-06 mid", "2020年6月底", an anchor, or "anchor + 3d"
hint-day-typed = write 2020-06-30, 6-30, 6.30 or 6月30日
hint-day-or-anchor = write 2020-06-30, 2020-06, "2021年6月底", "6月24日前" or "2020-06 mid"; if it is an anchor, define { $anchor } under [anchor]
hint-define-anchor = define { $name } under [anchor]
hint-did-you-mean = did you mean `{ $name }`?
hint-double-brackets = write [[{ $key }]]
hint-encoding = add `--encoding { $encoding }`, or save it as UTF-8
hint-encodings = for instance gb18030, utf-8, big5, utf-16le
hint-every = write `every = "week"`, "month", "quarter", "half-year" or "year"
hint-import-columns = `duban import --columns` lists the headers that are read
hint-init = `duban init` creates a commented template
hint-known-keys = allowed here: { $keys }
hint-milestone = for several days use `milestone`
hint-month-first = month first: { $text }
hint-move-to-task = set `{ $key }` in each task instead
hint-no-quotes = remove the quotation marks
hint-notice-every = as in notice_every = "month"
hint-open = `duban check --open` lists all open questions
hint-period = write 2020-06, 2020-W27, 2020-Q3, 6月, or a day in the period
hint-quoted = write "{ $text }"
hint-quotes = add quotation marks
hint-rename-csv = rename it to .csv
hint-roster = write `roster = "units.csv"`, or [[unit]] tables
hint-roster-encoding = write `encoding = "{ $encoding }"` under [plan], or save it as UTF-8
hint-roster-sheet = name the sheet under [plan], e.g. `roster_sheet = "{ $name }"`
hint-roster-twice = delete the [[unit]] tables, or the line `roster`
hint-save-utf8 = save it as UTF-8
hint-export-store = if it is a store of duban, import what `duban export` writes there
hint-save-xlsx = save it as .xlsx or .csv
hint-sheet = choose one, e.g. `--sheet { $name }`
hint-sheets = sheets: { $names }
hint-single-brackets = write [{ $key }]
hint-target = write target = {"{"} count = 1, measure = "…" {"}"}; if done or not done is enough, write decided = {"{"} target = "…" {"}"}
hint-unlock = open it with its password and save it without one, as .xlsx or .csv
hint-use-code = use its code
hint-who-code = write its code: who = ["{ $code }"]
hint-who-or-open = write `who = ["village"]`; if undecided, `open = "who?"`
