# Points

score-title = { $plan }: score
score-summary = base { $base }, floor { $floor }; { $notices } { $notices ->
    [one] notice
   *[other] notices
} issued; { $units } { $units ->
    [one] unit is
   *[other] units are
} assessed
score-head-rank = Rank
score-head-score = Score
score-head-deducted = Deducted
score-head-added = Added
score-head-given-back = Given back
score-head-lines = Bookings
score-separator = {"; "}
score-open = (objection open)
score-upheld = (objection dismissed)
score-reversed = (given back)
score-floored = [at the floor]
score-capped = [cap reached: { $rules }]
