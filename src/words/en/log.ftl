log-title = { $plan }: journal
log-empty = no entries in this selection
log-more = only the latest { $n } are listed (--limit lists more)
log-kind-record = record
log-kind-undo = undo
log-kind-accept = accepted
log-kind-return = returned
log-kind-excuse = excused
log-kind-extend = extended
log-kind-instruct = instructed
log-kind-apply = plan applied
log-kind-gain = newly owed
log-kind-contact = contact named
log-contact-none = contact no longer named
log-nil = nil report
log-count = count { $n }
log-total = total { $n }
log-for = for the period to { $day }
log-until = by { $day }
log-from = from { $name }
log-via-wechat = chat
log-via-phone = phone
log-via-paper = paper
log-via-visit = visit
log-evidence = { $n } { $n ->
    [one] proof
   *[other] proofs
}
log-undone = [undone]
log-kind-commend = commended
log-kind-remind = reminded
log-kind-notice = notice issued
log-kind-book = named
log-kind-object = objected
log-kind-uphold = objection dismissed, points stay
log-kind-reverse = objection granted, points given back
log-notice = notice { $n }
log-on-overdue = overdue
log-on-late = late
log-on-returned = returned
log-on-commended = commended
log-days = { $n } { $n ->
    [one] day
   *[other] days
}
log-points = { $rule } { $points } points
