status-title = { $plan }: status
status-sheet = Status
status-nothing = no obligations in this selection
status-none-expected = nothing has fallen due yet
status-summary = { $completed } of { $expected } due items{ $early } completed ({ $rate }{ $change })
status-on-time = { $done } on time ({ $rate })
status-early = {" "}({ $n } reported early)
status-equation = { $expected } due = { $applicable } applicable
status-minus-excused = { " " }- { $n } excused
status-minus-waiting = { " " }- { $n } awaiting instruction
status-minus-not-due = { " " }- { $n } not due yet
status-folded = { $n } { $rows ->
    [task] { $n ->
        [one] task
       *[other] tasks
    }
   *[other] { $n ->
        [one] row
       *[other] rows
    }
} not due yet { $n ->
    [one] is
   *[other] are
} hidden
status-lagging = { $units } { $units ->
    [one] unit
   *[other] units
} behind
status-lagging-hint = {" "}(`duban lagging{ $options }` lists them)
status-next = due next: { $day } { $tasks }
status-next-task = { $task } ({ $units } { $units ->
    [one] unit
   *[other] units
})
status-since = since { $day }:
status-newly-done = newly completed { $n }  { $names }
status-caught-up = completed late { $n }  { $names }
status-newly-overdue = newly overdue { $n }  { $names }
status-newly-returned = newly returned { $n }  { $names }
status-and-more = { ", and more" }
status-no-goal = no goal
status-no-theme = no theme
status-no-area = no area
status-optional = Optional tasks
status-change = , { $by } on last week
status-change-none = , as last week
status-change-since = , { $by } since { $day }
