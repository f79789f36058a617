# Reminders, one line a unit

remind-title = reminders
remind-line = [reminder] { $unit }{ $contact }: { $dues }. Please see to it and report to { $supervisor }.
remind-office = this office
remind-contact = {" "}({ $name })
remind-task = { $task } ({ $facts })
remind-separator = {", "}
remind-due = due { $day }
remind-returned = returned, to be put right by { $day }
remind-amount = { $amount } so far
remind-again = reminder { $n }
