todo-title = { $plan }: to do
todo-none = nothing needs attention in this selection
todo-rectify = corrections: { $past } overdue, { $near } due soon
todo-past = { $day } ({ $n } { $n ->
    [one] day
   *[other] days
} overdue)
todo-named = open from notice { $number }: { $n } { $n ->
    [one] item
   *[other] items
}, due { $day }
todo-named-past = open from notice { $number }: { $n } { $n ->
    [one] item
   *[other] items
}, due { $day }, now overdue
todo-objection = objections to decide: { $n }
todo-lagging = { $units } { $units ->
    [one] unit
   *[other] units
} behind
todo-notice = next notice due by { $day }
todo-notice-past = next notice was due by { $day }, now overdue
todo-notice-last = {" "}(previous: notice { $number })
todo-notice-none = {" "}(none issued yet)
todo-review = records to review: { $n }, oldest { $day }
todo-suspected = possible box-ticking to check: { $n }
todo-due = due within { $days } { $days ->
    [one] day
   *[other] days
}{ $grace ->
    [0] {""}
   *[other] {" "}or still within the grace period
}: { $n }
todo-question = open questions in the plan: { $n }
todo-not-audited = too many records to check for box-ticking here; run `duban audit`
todo-hint = {" "}({ $commands })
todo-command = `duban { $command }`
todo-part-rectify = Corrections
todo-part-objection = Objections to decide
todo-part-review = Records to review
todo-part-due = Due soon
todo-part-question = Open questions in the plan
