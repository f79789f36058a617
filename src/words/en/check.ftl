check-anchor-not-a-day = an anchor is one day, and `{ $text }` is not
check-attribute-missing = { $count } { $count ->
    [one] unit has
   *[other] units have
} no `{ $of }` in the roster, so nobody knows how much is owed: { $names }
check-attribute-not-number = { $count } { $count ->
    [one] unit has
   *[other] units have
} a `{ $of }` that is no number: { $names }
check-by = `by = { $text }` does not go with `every = "{ $every }"`: weeks take a weekday, months a day from 1 to 31
check-by-without-every = `by` goes with `every`
check-cell-beyond = this cell is beyond the header: the row may have slipped
check-cell-covered = a merged cell covers this one, which has no content of its own
check-cell-empty = `{ $column }` is empty
check-cell-error = the cell holds a formula's error, { $text }
check-cell-long = the cell holds more than { $most } bytes
check-cell-no-value = the cell is a formula, and the file does not hold its result
check-code-character = the code `{ $text }` may hold letters, digits, `-`, `_` and `.`, and begins with a letter or a digit
check-code-empty = the code is empty
check-code-long = the code `{ $text }` is longer than 64 characters
check-code-spoiled = the code `{ $text }` was spoiled by a spreadsheet: its digits are lost
check-code-twice = the code { $code } is there twice, first in line { $first }
check-column-like = the column `{ $column }` is not known
check-column-twice = there are two columns `{ $column }`
check-columns-missing = columns are missing: { $columns }
check-columns-unread = columns that are not read: { $columns }
check-control = `{ $column }` holds characters that cannot be seen
check-day-number = `{ $text }` is a number: it does not tell which day is meant
check-day-offset = `{ $text }`: only an anchor takes an offset
check-days-range = a number of days is from 0 to 3660, not { $number }
check-decided-key = `{ $key }` in `decided` is no key of a task
check-document-number = the document's number `{ $number }` is not of the form organ〔year〕number号
check-due-before-issued = due on { $due }, before the plan was issued on { $issued }: the issue day holds
check-due-day-off = the due day { $due } is a day off
check-due-groups = `{ $one }` and `{ $other }` exclude each other
check-empty = `{ $key }` is empty
check-ends-before-issued = the plan ends on { $ends }, before it is issued on { $issued }
check-file-empty = the file is empty
check-file-large = the file is too large; the most is { $most } MiB
check-floor-above-base = the floor of { $floor } is above the base of { $base }
check-from-after-to = from { $from } is after { $to }
check-gb18030 = not UTF-8; it looks like GB18030 (GBK)
check-goal-only-open = only open questions serve the goal “{ $name }”
check-goal-unserved = no task serves the goal “{ $name }”
check-half-window = there is `{ $other }` without `{ $key }`
check-id-twice = `{ $id }` is there twice, first at { $first }
check-idle = { $count } { $count ->
    [one] unit owes
   *[other] units owe
} nothing: { $names }
check-json = not JSON ({ $detail })
check-json-object = every item must be a JSON object
check-json-value = `{ $key }` cannot be such a value
check-key-missing = `{ $key }` is missing
check-locked = the workbook is locked with a password
check-locked-or-old = not XLSX: a locked workbook or an old Office file
check-merged-unknown = this .xlsb workbook has merged cells, and the format does not tell which cells they cover
check-milestone-days = milestones go by their days: { $due } is not after { $before }
check-milestone-shares = the shares of milestones rise: { $share } is not more than { $before }
check-milestone-without-target = milestones need a `target` of which they are shares
check-name-twice = two units of one area are called “{ $name }”, the other in line { $first }
check-no-contact = { $count } { $count ->
    [one] unit that owes something has
   *[other] units that owe something have
} no contact: { $names }
check-no-day = `{ $text }` is no day
check-no-need = { $count } { $count ->
    [one] unit matches
   *[other] units match
} none of the target's classes: { $names }
check-no-notice-period = how often a notice is due is not said (`notice_every`)
check-no-such-sheet = the workbook has no sheet `{ $name }`
check-number-missing = this task is counted in { $measure }, and no amount is given
check-old-office = an old Office file, but not a workbook
check-other-kind = this is a file of kind { $kind }, not a table
check-roster-ending = a roster is .csv, .xlsx, .xls, .xlsb or .ods, not `{ $name }`
check-sheet-large = the sheet is too large; the most is { $most } filled cells
check-sheets = several sheets hold rows: { $names }
check-sheets-hidden = all sheets are hidden: { $names }
check-supervisor-assessed = the supervisor { $name } is among those assessed, but no notice takes points from it, and `score` leaves it out
check-no-period = the task “{ $task }” says “{ $word }”, but not how often
check-no-roster = there is no roster
check-no-rules = the assessment has no rules
check-no-such-day = there is no such day as { $text }
check-no-target = { $count } { $count ->
    [one] task has no target, so one record fulfils it
   *[other] tasks have no target, so one record fulfils them
}: { $names }
check-no-who = nobody owes the task `{ $id }`
check-not-a-number = `{ $text }` is no number
check-not-encoding = not { $encoding }
check-not-inherited = `{ $key }` does nothing in an activity that has tasks
check-not-positive = `{ $key }` is more than zero
check-not-utf8 = not UTF-8 (byte { $byte })
check-number-places = { $number } has more than three decimal places
check-number-range = { $number } is out of range
check-of-without-share = `of` goes with `share`
check-open = { $count } { $count ->
    [one] question is open
   *[other] questions are open
}: { $names }
check-outside-phase = { $day } is outside the phase “{ $phase }” ({ $from } to { $to })
check-parent-loop = a unit is its own ancestor: { $chain }
check-parent-unknown = the parent { $code } is not in the roster
check-phase-before-issued = the phase begins on { $from }, before the plan was issued on { $issued }: nothing is owed before
check-phase-without-activities = the phase has no activities
check-roster-empty = the roster has no units
check-roster-task-target = a task that the roster fulfils takes no `target`
check-roster-twice = `roster` and `[[unit]]` exclude each other
check-rule-without-points = the rule `{ $id }` has no points
check-said-day = `{ $text }` is no day
check-share-range = a share is more than 0 and at most 1, not { $share }
check-share-without-of = a share needs `of`, the attribute that it is of
check-since-after-until = since { $since } is after until { $until }
check-supervisor-ambiguous = { $count } units of the roster are called “{ $name }”
check-supervisor-unknown = the supervisor “{ $name }” is not in the roster
check-syntax = not TOML ({ $detail })
check-target-amount = `count` or `share` is missing
check-target-both = `count` and `share` exclude each other
check-target-shadows = a class without `who` comes last, or hides those behind it
check-task-name-twice = “{ $name }” is what the task `{ $other }` is called as well
check-tasks-alike = the tasks `{ $one }` and `{ $other }` seem to ask for the same thing
check-text-named-workbook = this is a text file, not a workbook
check-theme-uncarried = no task carries the key theme “{ $name }”
check-timezone = `{ $text }` is no time zone such as +08:00
check-two-measures = one task has two measures, `{ $one }` and `{ $other }`
check-unclosed-quote = a quotation mark is left open: from here to the end all is one row
check-unknown-anchor = there is no anchor `{ $name }`
check-unknown-encoding = `{ $encoding }` is no encoding
check-unknown-goal = there is no goal `{ $id }`
check-unknown-key = `{ $key }` is not known here
check-unknown-theme = there is no theme `{ $id }`
check-unknown-word = `{ $key }` cannot be `{ $text }`; it can be { $words }
check-utf16 = not UTF-8; it looks like UTF-16 ({ $encoding })
check-via = `{ $text }` is not one of { $words }
check-who-nobody = nobody in the roster is `{ $word }`
check-xlsx = not a usable workbook ({ $detail })
check-xlsx-large = the workbook unpacks to { $size } MiB; the most is { $most } MiB
check-yes-no = `{ $text }` is neither yes nor no
check-type = `{ $key }` is { $wanted ->
    [table] a table
    [array] a list
    [string] a text
    [number] a number
    [integer] a whole number
    [boolean] true or false
    [date] a day
    [table-or-array] a table or a list of tables
   *[string-or-integer] a text or a whole number
}, not { $found ->
    [table] a table
    [array] a list
    [string] a text
    [number] a number
    [boolean] true or false
   *[date] a day
}
check-roster-missing = the roster `{ $name }` is not beside the plan file
