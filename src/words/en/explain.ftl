explain-clause = clause: { $clause } { $text }
explain-owed = owed by: every { $word } (this unit is one)
explain-owed-word = owed by: { $word } (this unit is included)
explain-optional = optional for { $word }: recorded if done
explain-not-owed = this unit does not owe the task
explain-before-since = nothing is owed before { $bound }, the unit's first day in the roster (due { $first }{ $one ->
    [1] {""}
   *[other] {" "}to { $last }
})
explain-after-until = nothing is owed after { $bound }, the unit's last day in the roster (due { $first }{ $one ->
    [1] {""}
   *[other] {" "}to { $last }
})
explain-closed = nothing is owed after { $bound }, the unit's last day in the roster
explain-dropped = the plan no longer has this task; earlier entries and points are kept
explain-no-entries = no entries
explain-dues = { $n } dues:{ " " }
explain-dues-pending = {" "}(due { $first } to { $last })
explain-due = {" "}(due { $day })
explain-due-moved = {" "}(due { $day }, originally { $planned })
explain-fulfilled = , completed { $day }{ $days ->
    [0] {""}
    [one] , { $days } day late
   *[other] , { $days } days late
}
explain-overdue = , { $days } { $days ->
    [one] day
   *[other] days
} late{ $grace ->
    [0] {""}
    [one] {" "}(grace period { $grace } day)
   *[other] {" "}(grace period { $grace } days)
}
explain-returned = , to be corrected by { $day }
explain-points = points:
explain-point-rule = , under rule “{ $rule }” (clause { $clause }), issued { $day }
explain-point-rule-alone = , under rule “{ $rule }”, issued { $day }
explain-point-named = ; named for { $names }
explain-point-reason = ; reason: { $reason }
explain-point-known = ; known at issue, as of { $until }: { $facts }
explain-point-behind = ; { $records }
explain-point-records = records { $ids }
explain-reminded = still open after { $n } { $n ->
    [one] reminder
   *[other] reminders
}
explain-comma = {", "}
