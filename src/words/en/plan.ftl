plan-facts = { $issuer }  { $number }  issued { $issued }, ends { $ends }
plan-open = open question
plan-waiting = on instruction
plan-every-day = daily { $first }..{ $last }
plan-every-week = weekly { $first }..{ $last }
plan-every-month = monthly { $first }..{ $last }
plan-optional = {" "}(optional)
