log-title = { $plan }: journal
log-sheet = Journal
log-empty = no entries in this selection
log-more = showing the latest { $n } only (raise with --limit)
log-more-file = the latest { $n } only
log-kind-record = record
log-kind-undo = undo
log-kind-accept = accepted
log-kind-return = returned
log-kind-excuse = excused
log-kind-extend = deadline extended
log-kind-instruct = instruction arrived
log-kind-apply = plan applied
log-kind-gain = obligation new or due earlier
log-kind-contact = contact named
log-contact-none = contact removed
log-nil = nil report
log-count = count { $n }
log-total = total { $n }
log-for = for the period to { $day }
log-until = (due { $day })
log-from = from { $name }
log-via-wechat = chat
log-via-phone = phone
log-via-paper = paper
log-via-visit = visit
log-evidence = { $n } { $n ->
    [one] attachment
   *[other] attachments
}
log-undone = [undone]
log-copy = [the same as another entry; not counted]
log-kind-commend = commended
log-kind-remind = reminded
log-kind-notice = notice issued
log-kind-book = named
log-kind-object = objected
log-kind-uphold = objection dismissed, points upheld
log-kind-reverse = objection granted, points cancelled
log-unit-points = points for the unit as such
log-notice = notice { $n }
log-on-overdue = overdue
log-on-late = late
log-on-returned = returned
log-on-commended = commended
log-days = { $n } { $n ->
    [one] day
   *[other] days
}
log-points = { $points } points
log-change-added = task added: { $task }
log-change-closed = task removed: { $task }
log-change-name = name changed: { $task } { $from } -> { $to }
log-change-unit-name = unit renamed: { $from } -> { $to }
log-change-who = owners changed: { $task } { $from } -> { $to }
log-change-due = due date changed: { $task } { $from } -> { $to }
log-change-target = quantity changed: { $task } { $from } -> { $to }
log-change-evidence = evidence rule changed: { $task } { $from } -> { $to }
log-evidence-none = not asked for
log-evidence-expected = expected
log-evidence-required = required
log-change-plan = `{ $key }` of the plan changed: { $from } -> { $to }
log-change-setting = `{ $key }` changed: { $task } { $from } -> { $to }
log-change-separator = {"; "}
log-left-out = left out { $unit } ({ $reason })
