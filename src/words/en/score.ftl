# Points

score-title = { $plan }: score
score-summary = base { $base }, floor { $floor }; { $notices } { $notices ->
    [one] notice
   *[other] notices
} issued; { $units } { $units ->
    [one] unit
   *[other] units
} assessed
score-head-rank = Rank
score-head-score = Score
score-head-deducted = Deducted
score-head-added = Added
score-head-given-back = Cancelled
score-head-lines = Details
score-separator = {"; "}
score-open = (objection open)
score-upheld = (upheld)
score-reversed = (cancelled)
score-floored = [at the floor]
score-capped = [maximum reached: { $rules }]
