plan-facts = { $issuer }  { $number }  issued { $issued }, { $ends ->
    [none] without an end
   *[other] ends { $ends }
}
plan-office = printed and sent by { $office }
plan-open = open question
plan-waiting = on instruction
plan-every-day = daily { $first }..{ $last }
plan-every-week = weekly { $first }..{ $last }
plan-every-month = monthly { $first }..{ $last }
plan-every-quarter = quarterly { $first }..{ $last }
plan-every-half-year = half-yearly { $first }..{ $last }
plan-every-year = yearly { $first }..{ $last }
plan-share = { $percent }% of { $of }
plan-optional = {" "}(optional)
plan-key-who = who
plan-key-due = due date
plan-key-before = day before which it is due
plan-key-from = start date
plan-key-to = end date
plan-key-every = period
plan-key-by = due within the period
plan-key-milestone = milestones
plan-key-on = trigger
plan-key-target = quantity
plan-key-counts = counting
plan-key-any_of = forms
plan-key-nil = nil reports
plan-key-optional = optional
plan-key-by_roster = fulfilled by the roster
plan-key-evidence = evidence
plan-key-goals = goals
plan-key-themes = themes
plan-key-name = name
plan-key-short = short name
plan-key-clause = clause
plan-key-text = text
plan-track-key = window: = open, + due, | report date
