# Reminders, one line a unit

remind-title = Reminders
remind-line = [reminder] { $unit }{ $contact }: { $dues }. Please complete this and report to { $supervisor }.
remind-office = this office
remind-contact = {" "}({ $name })
remind-task = { $task } ({ $facts })
remind-separator = {", "}
remind-due = due { $day }
remind-returned = returned, to be corrected by { $day }
remind-amount = { $amount } so far
remind-again = reminder { $n }
remind-due-separator = {"; "}
remind-group = [reminder] { $task }: { $n } { $n ->
    [one] unit
   *[other] units
} still to complete it: { $units }. Please complete this and report to { $supervisor }.
