check-alike-limited = many tasks: only the first { $most } were compared with one another
check-anchor-not-a-day = an anchor must be a single day; `{ $text }` is not
check-attribute-missing = { $count } { $count ->
    [one] unit has
   *[other] units have
} no `{ $of }` in the roster, so the target cannot be computed: { $names }
check-attribute-not-number = { $count } { $count ->
    [one] unit has
   *[other] units have
} a `{ $of }` that is not a number of 0 or more, so the target cannot be computed: { $names }
check-attribute-zero = { $count } { $count ->
    [one] unit has
   *[other] units have
} a `{ $of }` of 0, so nothing is asked of them and the task counts as completed: { $names }
check-before-twice = `before` already means the day before: leave the 前 in `{ $text }` out
check-by = `by = { $text }` does not go with `every = "{ $every }"`: weeks take a weekday such as `"friday"`, months and longer periods a day from 1 to 31 of their last month
check-by-without-every = `by` needs `every`
check-cell-altered = the cell holds `{ $text }`, but its number format shows something else
check-cell-beyond = this cell lies beyond the header; the row may be shifted
check-cell-part-of-day = the cell holds { $text }, but its number format shows only a part of that day
check-day-year-unseen = the cell shows { $shown } and holds { $text }: its number format hides the year
check-more-alike = { $n } more { $n ->
    [one] row has
   *[other] rows have
} the same kind of problem from here on
check-row-hidden = this row is hidden, by a filter or by hand
check-column-hidden = this column is hidden
check-cell-covered = a merged cell covers this one, which has no content of its own
check-cell-empty = `{ $column }` is empty
check-cell-error = the formula in this cell failed: { $text }
check-cell-long = the cell holds more than { $most } bytes
check-cell-no-value = the cell is a formula, and the file does not hold its result
check-code-character = the code `{ $text }` may contain only letters, digits, `-`, `_` and `.`, and must begin with a letter or digit
check-code-empty = the code is empty
check-code-long = the code `{ $text }` is longer than 64 characters
check-code-spoiled = a spreadsheet turned the code `{ $text }` into scientific notation; its digits are lost
check-code-twice = duplicate code { $code }, first used on line { $first }
check-column-like = unknown column `{ $column }`
check-column-twice = duplicate column `{ $column }`
check-columns-missing = missing columns: { $columns }
check-columns-unread = columns not read: { $columns }
check-control = `{ $column }` contains invisible control characters
check-day-number = `{ $text }` is a number: it does not tell which day is meant
check-day-hour = `{ $text }` has an hour; a plan counts in days
check-day-needs-year = `{ $text }` would be { $day }, before the plan was issued on { $issued }: write the year
check-day-not-come = `{ $text }` is { $day }, in the future; for an earlier one write year and month
check-day-offset = `{ $text }`: only an anchor can take an offset
check-day-unquoted = `{ $text }` needs quotation marks
check-day-year = `{ $text }` has no year, and in the year of issue it is before the plan was issued: write the year
check-days-range = a number of days must be between 0 and 3660, not { $number }
check-decided-key = `{ $key }` in `decided` is not a key of a task
check-document-number = the document number `{ $number }` should look like `清府〔2020〕12号`
check-due-before-issued = the due date { $due } is before the plan was issued on { $issued }; the issue date counts
check-due-day-off = the due date { $due } is a day off
check-due-groups = `{ $one }` and `{ $other }` cannot be used together
check-dues-days-off = { $count } { $count ->
    [one] period is
   *[other] periods are
} due on a day off: { $days }
check-empty = `{ $key }` is empty
check-ends-before-issued = the plan ends on { $ends }, before it is issued on { $issued }
check-file-empty = the file is empty
check-file-large = the file is too large; the most is { $most } MiB
check-floor-above-base = the floor ({ $floor }) is above the base ({ $base })
check-from-after-to = the start date { $from } is after the end date { $to }
check-gb18030 = not UTF-8; probably GB18030 (GBK)
check-goal-only-open = the goal “{ $name }” is linked only to open questions
check-goal-unserved = no task is linked to goal “{ $name }”
check-half-window = `{ $other }` is set but `{ $key }` is missing
check-id-twice = duplicate `{ $id }`, first used at { $first }
check-idle = { $count } { $count ->
    [one] unit has
   *[other] units have
} no obligations: { $names }
check-json = not valid JSON ({ $detail })
check-json-object = every item must be a JSON object
check-json-value = `{ $key }` has a value of the wrong type
check-key-missing = `{ $key }` is missing
check-locked = the workbook is locked with a password
check-locked-or-old = not XLSX: a locked workbook or an old Office file
check-milestone-days = milestones must be in order of date: { $due } is not after { $before }
check-milestone-shares = milestone shares must increase: { $share } is not greater than { $before }
check-milestone-without-target = milestones need a `target` to take their shares from
check-name-twice = two units in the same area are called “{ $name }”; the other is on line { $first }
check-names-alike = names that look alike under one area: { $count } ({ $names })
check-no-contact = { $count } { $count ->
    [one] unit that has to name a contact has
   *[other] units that have to name a contact have
} none: { $names }
check-no-day = not a date: `{ $text }`
check-no-need = { $count } { $count ->
    [one] unit matches
   *[other] units match
} no class of the target: { $names }
check-no-notice-period = no notice period is set (`notice_every`)
check-no-such-sheet = the workbook has no sheet `{ $name }`
check-amounts-differ = { $n } records from lists stand for this unit, task and day ({ $standing }), and the row says { $amount }
check-amount-differs = { $standing } is recorded for this unit, task and day, and the row says { $amount }
check-number-missing = this task is counted in { $measure }, and no amount is given
check-old-office = an old Office file, but not a workbook
check-other-kind = this is a file of kind { $kind }, not a table
check-supervisor-assessed = the supervisor { $name } is among the assessed units, but notices deduct nothing from it and `score` leaves it out
check-contact-by-hand = the task “{ $task }” has to be recorded by hand
check-no-period = the task “{ $task }” mentions “{ $word }” but sets no period
check-no-periods = from { $from } to { $to } there is no period: the first day is after the last
check-no-roster = no roster is given
check-no-rules = the assessment has no rules
check-no-such-day = the date { $text } does not exist
check-no-target = { $count } { $count ->
    [one] task has no target, so a single record completes it
   *[other] tasks have no target, so a single record completes each
}: { $names }
check-no-who = the task `{ $id }` is assigned to no one
check-not-a-number = not a number: `{ $text }`
check-not-encoding = not valid { $encoding }
check-not-inherited = `{ $key }` has no effect in an activity that has tasks
check-not-positive = `{ $key }` must be greater than zero
check-not-utf8 = not UTF-8 (byte { $byte })
check-number-places = { $number } has more than three decimal places
check-number-range = { $number } is out of range
check-of-without-share = `of` needs `share`
check-open = { $count } { $count ->
    [one] question is open
   *[other] questions are open
}: { $names }
check-outside-phase = { $day } is outside the phase “{ $phase }” ({ $from } to { $to })
check-parent-deep = more than { $most } levels of areas, one in another
check-parent-loop = circular parents: { $chain }
check-parent-unknown = the parent { $code } is not in the roster
check-phone-spoiled = a spreadsheet turned the telephone number `{ $text }` into scientific notation; its digits are lost
check-percent = percent is not a number in TOML: write { $share } for `{ $text }`
check-full-width = `{ $mark }` is a full-width mark: write { $plain }
check-period-cut = the period from { $from } to { $to } has { $left } of its { $whole } days, less than half
check-periods-before-issued = to { $to } there is no period: the plan was issued on { $issued }
check-phase-before-issued = the phase begins on { $from }, before the plan was issued on { $issued }; nothing is owed before that
check-phase-without-activities = the phase has no activities
check-roster-empty = the roster has no units
check-roster-ending = the roster must be a .csv, .xlsx, .xls, .xlsb or .ods file, not `{ $name }`
check-sheet-large = the sheet is too large; the most is { $most } filled cells
check-sheets = several sheets hold rows: { $names }
check-sheets-hidden = all sheets are hidden: { $names }
check-roster-task-target = a task fulfilled by the roster cannot have a `target`
check-roster-twice = `roster` and `[[unit]]` cannot be used together
check-rule-without-points = the rule `{ $id }` sets no points
check-rules-double = the rules `{ $one }` and `{ $other }` are for the same trigger and task: both book
check-said-day = not a date: `{ $text }`
check-share-range = a share must be above 0 and at most 1, not { $share }
check-share-without-of = a share needs `of`, the attribute to take it from
check-since-after-until = since { $since } is after until { $until }
check-supervisor-ambiguous = { $count } units in the roster are called “{ $name }”
check-supervisor-unknown = the supervisor “{ $name }” is not in the roster
check-syntax = TOML syntax error ({ $detail })
check-target-amount = a target needs `count` or `share`
check-target-both = `count` and `share` cannot be used together
check-target-shadows = a class without `who` must come last; the classes after it are never used
check-task-name-twice = “{ $name }” is also the name of task { $other }
check-tasks-alike = tasks { $one } and { $other } look like duplicates
check-text-named-workbook = this is a text file, not a workbook
check-theme-uncarried = no task covers key theme “{ $name }”
check-timezone = not a time zone such as +08:00 or Europe/London: `{ $text }`
check-too-many-dues = a task with { $count } periods; at most { $most } are allowed
check-two-measures = the task uses two measures: { $one }, { $other }
check-unclosed-quote = unclosed quotation mark: the rest of the file was read as one line
check-two-tasks = the code `{ $code }` is that of { $task }, but the row's task is `{ $name }`
check-two-units = the code `{ $code }` is that of { $unit }, but the row's unit is `{ $name }`
check-unknown-anchor = undefined anchor `{ $name }`
check-unknown-encoding = not a known encoding: `{ $encoding }`
check-unknown-goal = undefined goal `{ $id }`
check-unknown-key = unknown key `{ $key }`
check-unknown-task = there is no task `{ $id }`
check-unknown-theme = undefined theme `{ $id }`
check-unknown-word = `{ $key }` cannot be `{ $text }`; use one of: { $words }
check-utf16 = not UTF-8; it looks like UTF-16 ({ $encoding })
check-via = unknown way of reporting `{ $text }`; use one of: { $words }
check-who-name = `{ $word }` is the name of a unit; `who` takes kinds, labels or codes
check-who-nobody = no unit in the roster has the kind, label or code `{ $word }`
check-xlsx = not a usable workbook ({ $detail })
check-xlsx-large = the workbook unpacks to { $size } MiB, more than the limit of { $most } MiB
check-yes-no = `{ $text }` should be yes or no
check-type = `{ $key }` must be { $wanted ->
    [table] a table
    [array] a list
    [string] text
    [number] a number
    [integer] a whole number
    [boolean] true or false
    [date] a date
    [table-or-array] a table or a list of tables
   *[string-or-integer] text or a whole number
}, not { $found ->
    [table] a table
    [array] a list
    [string] text
    [number] a number
    [boolean] true or false
   *[date] a date
}
check-roster-missing = the roster `{ $name }` was not found next to the plan file
