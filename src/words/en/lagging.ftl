lagging-title = { $plan }: lagging units
lagging-none = no unit lags (grace { $grace } { $grace ->
    [one] day
   *[other] days
})
lagging-summary = { $units } { $units ->
    [one] unit lags
   *[other] units lag
}, { $n } overdue, grace { $grace } { $grace ->
    [one] day
   *[other] days
}
lagging-days = { $n }d
lagging-days-late = { $n } { $n ->
    [one] day late
   *[other] days late
}
lagging-no-contact = none named
lagging-returned-mark = {" "}(returned)
lagging-supervisor = the supervisor itself: { $name }, { $n } overdue, longest { $days } { $days ->
    [one] day
   *[other] days
}  { $dues }
lagging-returned = returned, to be put right (not lagging yet): { $names }
lagging-returned-item = { $unit } { $task } by { $day }
lagging-closed = closed units ({ $units }) left { $n } open, not counted as behind: { $names }
lagging-soon = due within { $days } { $days ->
    [one] day
   *[other] days
}: { $units } { $units ->
    [one] unit
   *[other] units
}
lagging-since = since { $day }: { $joined } joined{ $joinednames }, { $left } left{ $leftnames }
lagging-periods = { $name } x{ $n } (since { $due })
lagging-times = { $n }x
