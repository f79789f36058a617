# The week.
weekly-title = { $plan }: weekly report
weekly-week = Week { $number } of { $year } ({ $days })
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
weekly-unit-in-area = { $unit } ({ $area })
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
weekly-questions = { $n } plan { $n ->
    [one] question
   *[other] questions
}
weekly-coming = Due by { $day }: { $n } { $n ->
    [one] item
   *[other] items
} from { $units } { $units ->
    [one] unit
   *[other] units
}, at most { $most } each{ $names }.
weekly-none-coming = Nothing falls due by { $day }{ $next }.
weekly-then = ; next: { $next }
weekly-next = { $day }, { $tasks }
weekly-due = { $day } { $task } from { $units } { $units ->
    [one] unit
   *[other] units
}
weekly-verdict = { $rate } completed{ $change }.
weekly-verdict-none = {" "}No unit is behind.
weekly-verdict-behind = {" "}{ $units } { $units ->
    [one] unit is
   *[other] units are
} behind with { $n } overdue { $n ->
    [one] item
   *[other] items
}; the worst is { $unit } with { $own }, up to { $days } { $days ->
    [one] day
   *[other] days
}{ $why }.
weekly-verdict-why = , { $why }
weekly-verdict-unreminded = not reminded
weekly-verdict-no-contact = no contact
weekly-pain-corrections = {" "}{ $n } { $n ->
    [one] correction is
   *[other] corrections are
} overdue.
weekly-pain-objections = {" "}{ $n } { $n ->
    [one] objection waits
   *[other] objections wait
} for a decision.
weekly-steps = {" "}Next: { $steps }.
weekly-step-remind = remind { $n } { $n ->
    [one] unit
   *[other] units
}
weekly-step-remind-again = remind { $n } { $n ->
    [one] unit
   *[other] units
} again
weekly-step-contact = get a contact from { $n } { $n ->
    [one] unit
   *[other] units
}
weekly-step-review = review { $n } { $n ->
    [one] record
   *[other] records
}
weekly-was = last week { $was }
weekly-tile-up = ↑ { $by } points
weekly-tile-down = ↓ { $by } points
weekly-tile-same = unchanged
weekly-tile-was = last week { $was }, { $part } of { $whole }
weekly-part = { $part } of { $whole } items
weekly-of-units = of { $units } { $units ->
    [one] unit
   *[other] units
}
weekly-moved = { $joined } new, { $left } no longer
weekly-head-done = Completed
weekly-head-on-time = On time
weekly-head-behind = Units behind
weekly-head-waiting = Awaiting action
weekly-head-who = Who is behind
weekly-head-overdue = Overdue
weekly-head-changes = Changes this week
weekly-head-coming = Due next, and what that asks
weekly-head-tasks = Progress by task
weekly-head-parts = Made up of
weekly-head-days = Day by day
weekly-head-areas = Progress by area
weekly-head-lag = Behind
weekly-head-board = Every unit and task
weekly-head-terms = Notes
weekly-n-days = { $n } { $n ->
    [one] day
   *[other] days
}
weekly-new = new
weekly-not-reminded = never
weekly-more-behind = { $n } more { $n ->
    [one] unit is
   *[other] units are
} behind.
weekly-joined = { $n } { $n ->
    [one] unit
   *[other] units
} newly behind{ $names }
weekly-left = { $n } { $n ->
    [one] unit
   *[other] units
} no longer behind{ $names }
weekly-no-dues = Nothing falls due by { $day }
weekly-next-due = Next: { $next }
weekly-dues = Due by { $day }: { $n } { $n ->
    [one] item
   *[other] items
} from { $units } { $units ->
    [one] unit
   *[other] units
}
weekly-more-dues = and { $n } more
weekly-burden = At most { $most } { $most ->
    [one] item
   *[other] items
} to report for any unit
weekly-notice-due = A notice is due by { $day }
weekly-notice-past = A notice was due by { $day }
weekly-to-settle = { $n } open { $n ->
    [one] question
   *[other] questions
} in the plan to settle
weekly-folded = { $n } { $n ->
    [one] task
   *[other] tasks
} with nothing due yet { $n ->
    [one] is
   *[other] are
} not listed.
weekly-notice = notice { $number }
weekly-heap = { $n } due { $day }
weekly-days-told = From { $from } to { $to }: { $expected } items expected, { $completed } completed, { $short } short.
weekly-terms-rates = Due items are those that have fallen due or were completed early. Completed and on time are shares of these.
weekly-terms-week = A week is Monday to Sunday; last week is as of { $day }.
weekly-terms-whole = Scope: all units, all tasks.
weekly-terms-plan = By { $title } (digest { $digest }).
weekly-index-title = { $plan }: weekly reports
weekly-index-week = Week { $number } of { $year }
weekly-head-week = Week
weekly-head-as-of = As of
weekly-head-part = Done/due
weekly-find = Filter
weekly-grades = Shaded at 100%, from 90%, from 75%, and below.
