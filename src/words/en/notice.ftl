# The notice

notice-title = { $issuer }: notice on the progress of “{ $plan }”
notice-draft = [draft, not issued]
notice-everyone = all units concerned
notice-to = To: { $names }
notice-intro = This notice reports progress on “{ $plan }” as of { $until }.
notice-section = { $numeral }. { $name }
notice-numeral-1 = 1
notice-numeral-2 = 2
notice-numeral-3 = 3
notice-numeral-4 = 4
notice-numeral-5 = 5
notice-numeral-6 = 6
notice-numeral-7 = 7
notice-numeral-8 = 8
notice-part-before = Follow-up to the previous notice
notice-part-overall = Overall progress
notice-part-overdue = Units behind schedule
notice-part-returned = Work returned for correction
notice-part-late = Work completed late
notice-part-commended = Commendations
notice-part-points = Points
notice-part-demand = Action required
notice-before = Notice No. { $n } of { $on } named { $units } { $units ->
    [one] unit
   *[other] units
} for { $items } { $items ->
    [one] item
   *[other] items
}. As of { $until }, { $right } { $right ->
    [one] item was
   *[other] items were
} resolved, { $reversed ->
    [0] {""}
   *[other] { $reversed } withdrawn as named in error,{" "}
}{ $spared ->
    [0] {""}
   *[other] { $spared } excused, no longer owed or not due yet,{" "}
}and { $open } { $open ->
    [one] remains
   *[other] remain
} open.
notice-before-none = Notice No. { $n } of { $on } named no units for overdue or returned items.
notice-outcome-reversed = named in error, withdrawn
notice-outcome-gone = no longer owed
notice-outcome-done = completed on { $day }
notice-outcome-excused = excused
notice-outcome-righting = being corrected, due { $day }
notice-outcome-returned = returned, to be corrected by { $day }
notice-outcome-returned-again = returned again, to be corrected by { $day }
notice-outcome-overdue = still open, { $days } { $days ->
    [one] day
   *[other] days
} late
notice-outcome-open = not due yet
notice-outcome-waiting = awaiting instruction
notice-overall = As of { $until }, { $completed } of { $expected } due items were completed ({ $rate }), { $done } of them on time ({ $ontime }). { $overdue } { $overdue ->
    [one] item is
   *[other] items are
} overdue in { $lagging } { $lagging ->
    [one] unit
   *[other] units
}{ $returned ->
    [0] .
    [one] ; 1 item has been returned and is being corrected.
   *[other] ; { $returned } items have been returned and are being corrected.
}
notice-supervisor = The supervisor itself, { $name }, has { $n } overdue { $n ->
    [one] item
   *[other] items
}: { $dues }.
notice-unnamed = Not named in this notice: { $items } overdue { $items ->
    [one] item
   *[other] items
} of { $units } { $units ->
    [one] unit
   *[other] units
}.
notice-own-due = { $task } ({ $days } { $days ->
    [one] day
   *[other] days
} late)
notice-overdue-none = No units are behind schedule.
notice-overdue = The following { $units ->
    [one] unit is
   *[other] { $units } units are
} behind schedule, with { $items } overdue { $items ->
    [one] item
   *[other] items
}:
notice-amount = {" "}({ $count } of { $target })
notice-caught-up = Completed after the cut-off and before this notice was issued on { $on }: { $names }.
notice-caught-up-item = { $unit } { $task } ({ $day })
notice-late = The following { $units ->
    [one] unit
   *[other] { $units } units
} completed { $items } { $items ->
    [one] item
   *[other] items
} late:
notice-returned = Work reported by the following { $units ->
    [one] unit
   *[other] { $units } units
} was reviewed and returned:
notice-now-done = corrected
notice-now-open = being corrected
notice-now-excused = excused
notice-now-overdue = not corrected in time
notice-commended = { $unit }: { $reason }.
notice-points-taken = Under the assessment rules { $taken } { $taken ->
    [one] point is
   *[other] points are
} deducted from { $off } { $off ->
    [one] unit
   *[other] units
}:
notice-points-given = Under the assessment rules { $given } { $given ->
    [one] point is
   *[other] points are
} awarded to { $up } { $up ->
    [one] unit
   *[other] units
}:
notice-points-both = Under the assessment rules { $taken } { $taken ->
    [one] point is
   *[other] points are
} deducted from { $off } { $off ->
    [one] unit
   *[other] units
} and { $given } awarded to { $up }:
notice-points-nothing = Under the assessment rules no further points are deducted:
notice-points-none = 0
notice-points-off = -{ $points }
notice-points-added = +{ $points }
notice-sum-rule = { $name }{ $n ->
    [0] {""}
   *[other] {" "}{ $n }x
} { $points }
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
notice-demand = The units named above must resolve these items by { $rectify } and report to { $supervisor }.
notice-objections = Objections to the facts or the points must be submitted to { $supervisor } in writing within { $days } working { $days ->
    [one] day
   *[other] days
} of receiving this notice.
notice-copies = Copies: { $names }
notice-stands-on = Journal check code: { $hash }
notice-printed = { $office }, printed on { $day }
notice-head-no = No
notice-head-unit = Unit
notice-head-task = Task
notice-head-clause = Clause
notice-head-due = Due
notice-head-fulfilled = Completed
notice-head-days = Days late
notice-head-reminders = Reminders
notice-head-reason = Reason for return
notice-head-rectify = Correct by
notice-head-now = Status
notice-head-outcome = Outcome
notice-head-points = Points
notice-head-sum = Breakdown
notice-not-after-last = the notice date { $day } must be after that of notice { $number } ({ $last })
notice-not-after-last-hint = the issue date is today or the day given with `--on`; it must be later than the previous notice's; to print that again: `duban notice { $number }`
notice-until-after-issue = the cut-off { $until } is after the issue date { $day }
notice-until-too-early = the cut-off { $until } is too early; it cannot be before { $first }
notice-until-hint = give `--until` a day no later than the issue date and no earlier than the previous cut-off and the plan's issue date
notice-rectify-too-early = the correction deadline { $rectify } is before the issue date { $day }
notice-rectify-hint = give a later `--rectify`; without it the plan's number of days counts from the issue date
notice-list-title = { $plan }: notices
notice-list-empty = no notices issued yet
notice-list-left-out = notice { $n } left out { $unit }: { $reason }
notice-list-head-number = No
notice-list-head-on = Issued
notice-list-head-until = Cut-off
notice-list-head-rectify = Correct by
notice-list-head-units = Units
notice-list-head-points = Points
notice-list-head-actor = By
notice-list-head-id = Id
notice-object-before-issue = the objection date { $day } is before the notice was issued ({ $issued })
notice-heard-before-objection = the decision date { $day } is before the objection ({ $objected })
notice-on-hint = give a later `--on`
