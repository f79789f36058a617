# The week.
weekly-title = { $plan }: the week
weekly-week = week { $number } of { $year } ({ $days })
weekly-office = , { $office }
weekly-days = { $from } to { $to }
weekly-days-of-month = { $first } to { $last } { $month }
weekly-none-expected = Nothing has fallen due yet.
weekly-progress = As of { $day }, { $completed } of { $expected } due { $expected ->
    [one] item is
   *[other] items are
} completed: { $rate }{ $change }; on time { $ontime }{ $ontimechange }.
weekly-same = , unchanged
weekly-up = , up { $by } points on last week
weekly-down = , down { $by } points on last week
weekly-no-changes = This week nothing was completed, returned or newly overdue.
weekly-changes = This week: { $changes }.
weekly-newly-done = { $n } newly completed{ $names }
weekly-caught-up = { $n } completed late{ $names }
weekly-newly-overdue = { $n } newly overdue{ $names }
weekly-newly-returned = { $n } returned{ $names }
weekly-unit-task = { $unit } { $task }
weekly-names = {" "}({ $names }{ $more ->
    [more] {" "}and more
   *[all] {""}
})
weekly-none-behind = No unit is behind.
weekly-behind = { $units } { $units ->
    [one] unit is
   *[other] units are
} behind with { $n } overdue { $n ->
    [one] item
   *[other] items
}{ $names }{ $neglected }.
weekly-neglected = ; { $parts }
weekly-unreminded = { $units } not reminded
weekly-no-contact = { $units } without a contact
weekly-lagging-unit = { $unit } { $n } for up to { $days } { $days ->
    [one] day
   *[other] days
}
weekly-none-waiting = Nothing waits for this office.
weekly-waiting = { $n } { $n ->
    [one] thing waits
   *[other] things wait
} for this office: { $parts }.
weekly-corrections = { $n } overdue { $n ->
    [one] correction
   *[other] corrections
}
weekly-objections = { $n } { $n ->
    [one] objection
   *[other] objections
} to decide
weekly-review = { $n } { $n ->
    [one] record
   *[other] records
} to review
weekly-suspected = { $n } possible box-ticking
weekly-questions = { $n } open { $n ->
    [one] question
   *[other] questions
} in the plan
weekly-coming = Due from { $days }: { $n } { $n ->
    [one] item
   *[other] items
} from { $units } { $units ->
    [one] unit
   *[other] units
}, at most { $most } each{ $names }.
weekly-none-coming = Nothing falls due from { $days }{ $next }.
weekly-next = ; next: { $day }, { $tasks }
weekly-due = { $day } { $task } from { $units } { $units ->
    [one] unit
   *[other] units
}
