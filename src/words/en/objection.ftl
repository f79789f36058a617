objection-future = { $day } is in the future (today is { $today })
objection-long-ago = the date { $day } is too early; please check it
objection-not-owed = the plan does not assign this task to this unit
objection-open = the plan leaves this open: { $question }
objection-by-roster = this task is fulfilled by the roster: enter the contact there, then run `duban apply`
objection-not-positive = the count { $count } must be greater than zero
objection-absurd = the count { $count } looks far too large; please check it
objection-other-measure = this task is counted in { $wanted }, not in { $measure }
objection-total-of-adding = counts add up for this task; do not use `--total`
objection-total-missing = this task takes running totals: use `--total N` or `TASK=N`
objection-nil-not-taken = this task does not accept nil reports
objection-nil-with-count = a nil report has no count
objection-unknown-form = unknown form `{ $form }`; use one of: { $forms }
objection-no-periods = this task has no periods; do not use `--for`
objection-no-such-period = no period contains { $day }
objection-no-proof = evidence is required (`--evidence`)
objection-no-forms = this task has no forms; do not use `--form`
