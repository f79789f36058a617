board-title = { $plan }: board
board-sheet = Board
board-units = { $n } { $n ->
    [one] unit
   *[other] units
}
board-folded = { $n } { $n ->
    [one] task not due yet is hidden
   *[other] tasks not due yet are hidden
}
