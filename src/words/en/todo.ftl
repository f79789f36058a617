todo-title = { $plan }: to do
todo-none = nothing waits for the office in this selection
todo-rectify = to be put right: { $past } past the day, { $near } soon
todo-past = { $n } { $n ->
    [one] day
   *[other] days
} past
todo-named = named by notice { $number } and still open: { $n }, to be put right by { $day }
todo-named-past = named by notice { $number } and still open: { $n }; they were to be put right by { $day }
todo-objection = objections to hear: { $n } (`duban uphold`, `duban reverse`)
todo-notice = a notice is due by { $day } (`duban notice`)
todo-notice-past = a notice was due by { $day } (`duban notice`)
todo-notice-last = {" "}(the last was notice { $number })
todo-notice-none = {" "}(none has been issued yet)
todo-review = records to review: { $n }, oldest { $day } (`duban accept`, `duban return`)
todo-suspected = suspected, to be verified: { $n } (`duban audit`)
todo-due = due within { $days } days{ $grace ->
    [0] {""}
   *[other] {" "}or still within grace
}: { $n }
todo-question = questions that the plan leaves open: { $n } (`duban check --open`)
todo-not-audited = so many records are not audited in passing; `duban audit` does it
