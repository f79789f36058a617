lagging-title = { $plan }: units behind schedule
lagging-sheet = Behind schedule
lagging-soon-sheet = Due soon
lagging-none = no units behind{ $grace ->
    [0] {" "}(no grace period)
    [one] {" "}(grace period { $grace } day)
   *[other] {" "}(grace period { $grace } days)
}
lagging-summary = { $units } { $units ->
    [one] unit
   *[other] units
} behind{ $change }, { $n } { $n ->
    [one] item
   *[other] items
} overdue{ $grace ->
    [0] {" "}(no grace period)
    [one] {" "}(grace period { $grace } day)
   *[other] {" "}(grace period { $grace } days)
}
lagging-days = { $n }d
lagging-days-late = { $n } { $n ->
    [one] day late
   *[other] days late
}
lagging-no-contact = no contact
lagging-returned-mark = {" "}(returned)
lagging-supervisor = the supervisor itself: { $name }, { $n } overdue, longest { $days } { $days ->
    [one] day
   *[other] days
}  { $dues }
lagging-returned = returned for correction (deadline not past, not counted as behind): { $names }
lagging-returned-item = { $unit } { $task } by { $day }
lagging-closed = closed units ({ $units }) left { $n } open, not counted as behind: { $names }
lagging-soon = due within { $days } { $days ->
    [one] day
   *[other] days
}: { $units } { $units ->
    [one] unit
   *[other] units
}
lagging-since = since { $day }: { $joined } added{ $joinednames }, { $left } removed{ $leftnames }
lagging-names = {" "}({ $names })
lagging-periods = { $name } x{ $n } (since { $due })
lagging-opens = {" ("}
lagging-times = { $n ->
    [0] no
   *[other] { $n }x
}
lagging-new = new
lagging-change = {" "}(since last week { $joined } more, { $left } fewer)
