hint-brackets = write a list: ["village"]
hint-code-spoiled = format the column as text, then type the whole code again
hint-columns = known columns: { $columns }
hint-dated = write 2020-06-30
hint-day-forms = write 2020-06-30, 2020-06, "2020-06 mid", "2020年6月底", an anchor, or "anchor + 3d"
hint-define-anchor = say under [anchor] which day { $name } is
hint-did-you-mean = did you mean `{ $name }`?
hint-double-brackets = write [[{ $key }]]
hint-encodings = for instance gb18030, utf-8, big5, utf-16le
hint-every = write `every = "week"`, "month", "quarter", "half-year" or "year"
hint-gb18030 = add `--encoding gb18030`, or save it as UTF-8
hint-init = `duban init` writes a commented one
hint-known-keys = known here: { $keys }
hint-move-to-task = write `{ $key }` in each task
hint-no-quotes = leave the quotation marks out
hint-open = `duban check --open` lists them all
hint-quotes = put it in quotation marks
hint-roster = write `roster = "units.csv"`, or [[unit]] tables
hint-roster-encoding = write `encoding = "gb18030"` under [plan], or save it as UTF-8
hint-save-utf8 = save it as UTF-8
hint-save-xlsx = save it as .xlsx or .csv
hint-single-brackets = write [{ $key }]
hint-target = write target = {"{"} count = 1, measure = "…" {"}"}; where yes or no is enough, decided = {"{"} target = "…" {"}"}
hint-use-code = write its code
hint-who-code = write its code: who = ["{ $code }"]
hint-who-or-open = write `who = ["village"]`; where it is not settled, `open = "who?"`
