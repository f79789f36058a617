status-title = { $plan }: status
status-nothing = nothing is owed in this selection
status-none-expected = nothing has fallen due yet
status-summary = expected { $expected }, completed { $completed } ({ $rate }), of these { $done } on time ({ $ontime })
status-equation = expected { $expected } = applicable { $applicable }
status-minus-excused = { " " }- excused { $n }
status-minus-waiting = { " " }- awaiting instruction { $n }
status-minus-not-due = { " " }- not due yet { $n }
status-folded = { $n } { $n ->
    [one] row with nothing due yet is folded away
   *[other] rows with nothing due yet are folded away
} (--all shows them)
status-lagging = { $units } { $units ->
    [one] unit lags
   *[other] units lag
} (`duban lagging` names them)
status-next = due next: { $day } { $tasks }
status-next-task = { $task } ({ $units } { $units ->
    [one] unit
   *[other] units
})
status-since = since { $day }:
status-newly-done = newly done { $n }  { $names }
status-caught-up = caught up { $n }  { $names }
status-newly-overdue = newly overdue { $n }  { $names }
status-newly-returned = newly returned { $n }  { $names }
status-and-more = { ", and more" }
