explain-clause = clause: { $clause } { $text }
explain-owed = owed: the plan names { $word }, and this unit is one
explain-optional = the plan asks { $word } for it without owing: recorded if done
explain-not-owed = this unit does not owe the task
explain-dropped = the plan has this task no longer; what was recorded and booked for it stays
explain-no-entries = no entries
explain-waiting = no instruction has come:{ " " }
explain-due = due { $day }:{ " " }
explain-moved = (planned { $day }){ " " }
explain-amount = { $amount }{ " " }
explain-fulfilled = , fulfilled { $day }{ $days ->
    [0] {""}
    [one] , { $days } day late
   *[other] , { $days } days late
}
explain-overdue = , { $days } { $days ->
    [one] day
   *[other] days
} late (grace { $grace })
explain-returned = , to be put right by { $day }
explain-points = points:
explain-point-rule = , by rule { $rule } (clause { $clause }), issued { $day }
explain-point-rule-alone = , by rule { $rule }, issued { $day }
explain-point-named = ; named for { $names }
explain-point-reason = ; why: { $reason }
explain-point-known = ; as known when it was issued, at the end of { $until }: { $facts }
explain-point-behind = ; { $records }
explain-point-records = records { $ids }
explain-reminded = not done after { $n } { $n ->
    [one] reminder
   *[other] reminders
}
explain-comma = {", "}
