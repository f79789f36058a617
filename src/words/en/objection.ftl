objection-future = the day { $day } has not come (today is { $today })
objection-long-ago = the day { $day } is so early that it looks like a slip
objection-not-owed = the plan does not ask this unit for this task
objection-open = the plan has not settled: { $question }
objection-by-roster = the roster fulfils this task: name the contact there, then `duban apply`
objection-not-positive = the count { $count } must be above zero
objection-absurd = the count { $count } is beyond reason
objection-other-measure = this task is counted in { $wanted }, not in { $measure }
objection-total-of-adding = records of this task add up; `--total` is not for it
objection-total-missing = this task takes running totals: `--total N` or `TASK=N`
objection-nil-not-taken = this task takes no nil reports
objection-nil-with-count = a nil report has no count
objection-unknown-form = there is no form `{ $form }`; there are { $forms }
objection-no-periods = this task has no periods; `--for` is not for it
objection-no-such-period = no period holds { $day }
objection-no-proof = proof is required (`--evidence`)
objection-no-forms = this task has no forms; `--form` is not for it
