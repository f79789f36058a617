hint-brackets = write a list: ["village"]
hint-code-spoiled = format the column as text, then enter the full code again
hint-columns = known columns: { $columns }
hint-dated = write 2020-06-30
hint-day-forms = write 2020-06-30, 2020-06, "2020-06 mid", "2020年6月底", an anchor, or "anchor + 3d"
hint-define-anchor = define { $name } under [anchor]
hint-did-you-mean = did you mean `{ $name }`?
hint-double-brackets = write [[{ $key }]]
hint-encodings = for instance gb18030, utf-8, big5, utf-16le
hint-every = write `every = "week"`, "month", "quarter", "half-year" or "year"
hint-gb18030 = add `--encoding gb18030`, or save it as UTF-8
hint-init = `duban init` creates a commented template
hint-known-keys = allowed here: { $keys }
hint-move-to-task = set `{ $key }` in each task instead
hint-no-quotes = remove the quotation marks
hint-open = `duban check --open` lists all open questions
hint-quotes = add quotation marks
hint-roster = write `roster = "units.csv"`, or [[unit]] tables
hint-roster-encoding = write `encoding = "gb18030"` under [plan], or save it as UTF-8
hint-save-utf8 = save it as UTF-8
hint-save-xlsx = save it as .xlsx or .csv
hint-single-brackets = write [{ $key }]
hint-target = write target = {"{"} count = 1, measure = "…" {"}"}; if done or not done is enough, write decided = {"{"} target = "…" {"}"}
hint-use-code = use its code
hint-who-code = write its code: who = ["{ $code }"]
hint-who-or-open = write `who = ["village"]`; if undecided, `open = "who?"`
