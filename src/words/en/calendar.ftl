# Due days for calendars

calendar-title = { $plan }: due days
calendar-title-scope = { $name } ({ $scope })
calendar-sheet = Due days
calendar-none = nothing falls due
calendar-within = due by { $to }
calendar-all = { $task }: { $done } of { $units } done
calendar-one = [{ $standing }] { $task }
calendar-amount = Done so far: { $amount }
calendar-unit = Unit: { $unit }
calendar-open = Not completed yet: { $names }{ $n ->
    [0] {""}
   *[other] {" "}and { $n } more
}
calendar-clause = Clause: { $clause }
calendar-head-open = Open
calendar-head-remind = Reminder
