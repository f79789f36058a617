check-alike-limited = many tasks: only the first { $most } were compared with one another
check-anchor-not-a-day = an anchor is one day, and `{ $text }` is not
check-attribute-missing = { $count } { $count ->
    [one] unit has
   *[other] units have
} no `{ $of }` in the roster, so nobody knows how much is owed: { $names }
check-attribute-not-number = { $count } { $count ->
    [one] unit has
   *[other] units have
} a `{ $of }` that is not a number, so the target cannot be computed: { $names }
check-before-twice = `before` already means the day before: leave the 前 in `{ $text }` out
check-by = `by = { $text }` does not go with `every = "{ $every }"`: weeks take a weekday, months and longer periods a day from 1 to 31 of their last month
check-by-without-every = `by` goes with `every`
check-cell-beyond = this cell is beyond the header: the row may have slipped
check-cell-empty = `{ $column }` is empty
check-cell-error = the cell holds a formula's error, { $text }
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
check-day-hour = `{ $text }` has an hour; a plan counts in days
check-day-needs-year = `{ $text }` would be { $day }, before the plan was issued on { $issued }: write the year
check-day-not-come = `{ $text }` is { $day }, in the future; for an earlier one write year and month
check-day-offset = `{ $text }`: only an anchor takes an offset
check-day-year = `{ $text }` has no year, and in the year of issue it is before the plan was issued: write the year
check-days-range = a number of days is from 0 to 3660, not { $number }
check-decided-key = `{ $key }` in `decided` is no key of a task
check-document-number = the document's number `{ $number }` should look like `清府〔2020〕12号`
check-due-before-issued = due on { $due }, before the plan was issued on { $issued }: the issue day holds
check-due-day-off = the due day { $due } is a day off
check-due-groups = `{ $one }` and `{ $other }` exclude each other
check-dues-days-off = { $count } { $count ->
    [one] period is
   *[other] periods are
} due on a day off: { $days }
check-empty = `{ $key }` is empty
check-ends-before-issued = the plan ends on { $ends }, before it is issued on { $issued }
check-file-empty = the file is empty
check-floor-above-base = the floor of { $floor } is above the base of { $base }
check-from-after-to = from { $from } is after { $to }
check-gb18030 = not UTF-8; it looks like GB18030 (GBK)
check-goal-only-open = only open questions are linked to the goal “{ $name }”
check-goal-unserved = no task is linked to the goal “{ $name }”
check-half-window = there is `{ $other }` without `{ $key }`
check-id-twice = `{ $id }` is there twice, first at { $first }
check-idle = { $count } { $count ->
    [one] unit owes
   *[other] units owe
} nothing: { $names }
check-json = not JSON ({ $detail })
check-json-object = every line is one JSON object
check-json-value = `{ $key }` cannot be such a value
check-key-missing = `{ $key }` is missing
check-milestone-days = milestones go by their days: { $due } is not after { $before }
check-milestone-shares = the shares of milestones rise: { $share } is not more than { $before }
check-milestone-without-target = milestones need a `target` of which they are shares
check-name-twice = two units of one area are called “{ $name }”, the other in line { $first }
check-names-alike = names that look alike under one area: { $count } ({ $names })
check-no-contact = { $count } { $count ->
    [one] unit that has to name a contact has
   *[other] units that have to name a contact have
} none: { $names }
check-no-day = not a date: `{ $text }`
check-no-need = { $count } { $count ->
    [one] unit matches
   *[other] units match
} none of the target's classes: { $names }
check-no-notice-period = how often a notice is due is not said (`notice_every`)
check-supervisor-assessed = the supervisor { $name } is among those assessed, but no notice takes points from it, and `score` leaves it out
check-no-period = the task “{ $task }” says “{ $word }”, but not how often
check-no-periods = from { $from } to { $to } there is no period: the first day is after the last
check-no-roster = there is no roster
check-no-rules = the assessment has no rules
check-no-such-day = there is no such day as { $text }
check-no-target = { $count } { $count ->
    [one] task has no target, so one record fulfils it
   *[other] tasks have no target, so one record fulfils them
}: { $names }
check-no-who = nobody owes the task `{ $id }`
check-not-a-number = not a number: `{ $text }`
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
check-percent = percent is not a number in TOML: write { $share } for `{ $text }`
check-period-cut = the period from { $from } to { $to } has { $left } of its { $whole } days, less than half
check-periods-before-issued = to { $to } there is no period: the plan was issued on { $issued }
check-phase-before-issued = the phase begins on { $from }, before the plan was issued on { $issued }: nothing is owed before
check-phase-without-activities = the phase has no activities
check-roster-empty = the roster has no units
check-roster-ending = a roster is .csv or .xlsx, not `{ $name }`
check-roster-task-target = a task that the roster fulfils takes no `target`
check-roster-twice = `roster` and `[[unit]]` exclude each other
check-rule-without-points = the rule `{ $id }` has no points
check-rules-double = the rules `{ $one }` and `{ $other }` are for the same trigger and task: both book
check-said-day = not a date: `{ $text }`
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
check-theme-uncarried = no task covers the key theme “{ $name }”
check-timezone = not a time zone such as +08:00 or Europe/London: `{ $text }`
check-too-many-dues = a task with { $count } periods; at most { $most } are allowed
check-two-measures = one task has two measures, `{ $one }` and `{ $other }`
check-unclosed-quote = a quotation mark is left open: from here to the end all is one row
check-unknown-anchor = there is no anchor `{ $name }`
check-unknown-encoding = not a known encoding: `{ $encoding }`
check-unknown-goal = there is no goal `{ $id }`
check-unknown-key = `{ $key }` is not known here
check-unknown-task = there is no task `{ $id }`
check-unknown-theme = there is no theme `{ $id }`
check-unknown-word = `{ $key }` cannot be `{ $text }`; it can be { $words }
check-via = `{ $text }` is not one of { $words }
check-who-name = `{ $word }` is the name of a unit; `who` takes kinds, labels or codes
check-who-nobody = no unit in the roster has the kind, label or code `{ $word }`
check-xls = an old .xls workbook cannot be read
check-xlsx = not a usable XLSX workbook ({ $detail })
check-xlsx-large = the workbook unpacks to { $size } MiB; the most is { $most } MiB
check-xlsx-no-sheet = the workbook has no sheet
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
