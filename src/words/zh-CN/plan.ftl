plan-facts = { $issuer }  { $number }  { $issued }印发,至{ $ends }止
plan-open = 待明确
plan-waiting = 待上级部署
plan-every-day = 每日 { $first }..{ $last }
plan-every-week = 每周 { $first }..{ $last }
plan-every-month = 每月 { $first }..{ $last }
plan-optional = (不作硬性要求)
