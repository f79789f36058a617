refusal-future = { $day } is in the future (today is { $today })
refusal-long-ago = the date { $day } is too early; please check it
refusal-not-owed = the plan does not assign this task to this unit
refusal-open = the plan leaves this open: { $question }
refusal-by-roster = this task is fulfilled by the roster: enter the contact there, then run `duban apply`
refusal-not-positive = the count { $count } must be greater than zero
refusal-absurd = the count { $count } looks far too large; please check it
refusal-other-measure = this task is counted in { $wanted }, not in { $measure }
refusal-total-of-adding = counts add up for this task: a list gives the count of each row, not the running total
refusal-total-reached = the records up to { $day } add up to { $standing } already; a running total of { $total } adds nothing
refusal-total-below = the running total { $total } is less than the { $standing } that the records up to { $day } add up to; `duban correct` or `duban undo` takes back what is too much
refusal-total-and-count = give either a count or a running total, not both
refusal-total-missing = this task takes running totals: use `--total N` or `TASK=N`
refusal-nil-not-taken = this task does not accept nil reports
refusal-nil-with-count = a nil report has no count
refusal-unknown-form = unknown form `{ $form }`; use one of: { $forms }
refusal-no-periods = this task has no periods; do not use `--for`
refusal-no-such-period = no period contains { $day }
refusal-many-periods = this names { $n } periods ({ $days }{ $n ->
    [2] {""}
    [3] {""}
   *[other] {", …"}
}); name one of them
refusal-many-periods-hint = write any day in it, as in `--for { $day }`
refusal-no-proof = evidence is required (`--evidence`)
refusal-no-forms = this task has no forms; do not use `--form`
refusal-before-since = { $day } is before the unit's first day in the roster, { $since }
refusal-after-until = { $day } is after the unit's last day in the roster, { $until }
refusal-successor-hint = taken over by { $names }
