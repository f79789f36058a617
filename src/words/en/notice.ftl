# The notice

notice-title = Notice No. { $n } on the progress of “{ $plan }”
notice-draft = [draft, not issued]
notice-everyone = all units concerned
notice-to = To: { $names }
notice-intro = This notice says how “{ $plan }” stands at the end of { $until }.
notice-section = { $numeral }. { $name }
notice-numeral-1 = 1
notice-numeral-2 = 2
notice-numeral-3 = 3
notice-numeral-4 = 4
notice-numeral-5 = 5
notice-numeral-6 = 6
notice-numeral-7 = 7
notice-numeral-8 = 8
notice-part-before = What became of the last notice
notice-part-overall = The whole
notice-part-overdue = Units that lag
notice-part-returned = Work that was returned
notice-part-late = Work that was completed late
notice-part-commended = Commended
notice-part-points = Points
notice-part-demand = What is asked
notice-before = Notice No. { $n } of { $on } named { $units } { $units ->
    [one] unit
   *[other] units
} for { $items } { $items ->
    [one] item
   *[other] items
}. By { $until }, { $right } { $right ->
    [one] has
   *[other] have
} been put right, { $spared ->
    [0] {""}
   *[other] { $spared } excused, dropped or not due yet,{" "}
}and { $open } { $open ->
    [one] has
   *[other] have
} not.
notice-before-none = Notice No. { $n } of { $on } named no unit for anything overdue or returned.
notice-outcome-gone = no longer owed
notice-outcome-done = done on { $day }
notice-outcome-excused = excused
notice-outcome-righting = being put right, by { $day }
notice-outcome-returned = returned, to be put right by { $day }
notice-outcome-returned-again = returned again, to be put right by { $day }
notice-outcome-overdue = still not done, { $days } { $days ->
    [one] day
   *[other] days
} late
notice-outcome-open = not due yet
notice-outcome-waiting = waits for an instruction
notice-overall = By { $until }, { $completed } of { $expected } obligations that were expected are done ({ $rate }), { $done } of them on time ({ $ontime }). { $overdue } { $overdue ->
    [one] is
   *[other] are
} overdue in { $lagging } { $lagging ->
    [one] unit
   *[other] units
}{ $returned ->
    [0] .
    [one] ; 1 has been returned and is being put right.
   *[other] ; { $returned } have been returned and are being put right.
}
notice-supervisor = The supervisor itself, { $name }, has { $n } overdue: { $dues }.
notice-own-due = { $task } ({ $days } { $days ->
    [one] day
   *[other] days
} late)
notice-overdue-none = No unit is named for lagging.
notice-overdue = { $units } { $units ->
    [one] unit is
   *[other] units are
} named for lagging, with { $items } { $items ->
    [one] obligation
   *[other] obligations
} overdue:
notice-amount = {" "}({ $count } of { $target })
notice-caught-up = Done after the cut-off and before this notice of { $on }: { $names }.
notice-caught-up-item = { $unit } { $task } ({ $day })
notice-late = { $units } { $units ->
    [one] unit
   *[other] units
} completed { $items } { $items ->
    [one] obligation
   *[other] obligations
} after the due day:
notice-returned = Work of { $units } { $units ->
    [one] unit
   *[other] units
} was reviewed and returned:
notice-now-done = put right
notice-now-open = being put right
notice-now-excused = excused
notice-now-overdue = not put right in time
notice-commended = { $unit }: { $reason }.
notice-points = By the rules of assessment this notice books { $points } points for { $units } { $units ->
    [one] unit
   *[other] units
}:
notice-points-none = 0
notice-points-off = -{ $points }
notice-points-added = +{ $points }
notice-sum-overdue = { $n ->
    [0] {""}
   *[other] { $n }{" "}
}overdue { $points }
notice-sum-late = { $n ->
    [0] {""}
   *[other] { $n }{" "}
}late { $points }
notice-sum-returned = { $n ->
    [0] {""}
   *[other] { $n }{" "}
}returned { $points }
notice-sum-commended = { $n ->
    [0] {""}
   *[other] { $n }{" "}
}commended { $points }
notice-demand = The units named are asked to put things right by { $rectify } and to report to { $supervisor }. Objections to the facts or the points are to be made in writing.
notice-copies = Copies: { $names }
notice-head-no = No
notice-head-unit = Unit
notice-head-task = Task
notice-head-clause = Clause
notice-head-due = Due
notice-head-fulfilled = Completed
notice-head-days = Days late
notice-head-reminders = Reminders
notice-head-reason = Why it was returned
notice-head-rectify = Put right by
notice-head-now = Now
notice-head-outcome = What became of it
notice-head-points = Points
notice-head-sum = Made up of
notice-not-after-last = the notice's day { $day } must be after that of notice { $number } ({ $last })
notice-not-after-last-hint = a notice is issued today, or on the day of `--on`, which must be later than the last one's
notice-until-after-issue = the cut-off { $until } is after the day of issue { $day }
notice-until-too-early = the cut-off { $until } is too early; it cannot be before { $first }
notice-until-hint = give `--until` a day from the last cut-off, or the plan's issue, up to the day of issue
notice-rectify-too-early = the day to put things right { $rectify } is before the day of issue { $day }
notice-rectify-hint = give `--rectify` a later day; without it the plan's days count from the issue
notice-list-title = { $plan }: notices
notice-list-empty = no notice has been issued yet
notice-list-left-out = notice { $n } left out { $unit }: { $reason }
notice-list-head-number = No
notice-list-head-on = Issued
notice-list-head-until = Cut-off
notice-list-head-rectify = Put right by
notice-list-head-units = Units
notice-list-head-points = Points
notice-list-head-actor = By
notice-list-head-id = Id
notice-object-before-issue = the objection's day { $day } is before the notice was issued ({ $issued })
notice-heard-before-objection = the day { $day } is before the objection's ({ $objected })
notice-on-hint = give `--on` a later day
