# Points

score-title = { $plan }: score
score-sheet = Score
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
score-open = (objection open)
score-upheld = (upheld)
score-reversed = (cancelled)
score-floored = sum { $sum }, held at the floor
score-capped = maximum reached: { $rules }
score-head-base = Base
score-head-notes = Notes
score-head-notice = Notice
score-head-rule = Rule
score-head-points = Points
score-head-objection = Objection
score-listed = { $units } listed; ranks are among all units assessed
