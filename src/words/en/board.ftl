board-title = { $plan }: board
board-units = { $n } { $n ->
    [one] unit
   *[other] units
}
board-folded = { $n } { $n ->
    [one] task of which nothing has come yet is folded away
   *[other] tasks of which nothing has come yet are folded away
} (--all shows them)
