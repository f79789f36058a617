talk-columns-list = Headers that lists may have (a column a line, its name in documents first):
talk-columns-roster = Headers that rosters may have (any other column is an attribute of the units):
talk-error = error:
talk-warning = warning:
talk-hint = hint:
talk-cause = cause:
talk-applied = applied the plan { $title } ({ $units } { $units ->
    [one] unit
   *[other] units
}, { $tasks } { $tasks ->
    [one] task
   *[other] tasks
})
talk-changed = the plan or roster file has changed; this answer is by the applied plan (`duban apply` shows the difference and puts it in force)
talk-recorded = recorded { $id }  { $unit } { $task } { $what }
talk-undone-booked = warning: the points that notice { $n } booked for it stay; `duban object` and `duban reverse` give them back
talk-undone = undid { $n } { $n ->
    [one] entry
   *[other] entries
}  { $id }
talk-corrected = corrected { $old } -> { $id }
talk-excused = excused { $id }  { $unit } { $task }
talk-commended = commended { $id }  { $unit } { $task }
talk-extended = extended { $id }  { $unit } { $task } to { $day }
talk-instructed = instructed { $id }  { $task } by { $day }
talk-imported = imported { $n } { $n ->
    [one] entry
   *[other] entries
}  { $id }
talk-import-skipped = skipped { $n } that { $n ->
    [one] stands
   *[other] stand
} already (--again keeps them)
talk-import-partial = { $n } bad { $n ->
    [one] row was
   *[other] rows were
} left out
talk-import-untold = and { $n } more such { $n ->
    [one] remark
   *[other] remarks
}
talk-import-again = this file has been imported before; nothing new
talk-merged = merged { $batches } { $batches ->
    [one] batch
   *[other] batches
}, { $entries } { $entries ->
    [one] entry
   *[other] entries
}
talk-merged-known = { $n } { $n ->
    [one] batch was
   *[other] batches were
} here already
talk-wrote = wrote { $path }
talk-importing = importing
talk-init = wrote { $path }; fill it in as its comments say, then run `duban check`
talk-demo-made = the sample is in { $folder } (sample data, nothing real)
talk-demo-next = now try:
talk-dry-run = (dry run: nothing was written)
talk-apply-same = the files mean what is in force; nothing to apply
talk-apply-title = what changes:
talk-apply-tasks-added = tasks added: { $names }
talk-apply-tasks-closed = tasks closed: { $names }
talk-apply-due-moved = due moved: { $task } { $from } -> { $to }
talk-apply-units-added = units added: { $names }
talk-apply-units-closed = units closed: { $names }
talk-apply-obligations = obligations: { $gained } gained, { $lost } lost
talk-apply-joined = will join the lagging list: { $names }
talk-apply-left = will leave the lagging list: { $names }
talk-apply-contacts = contacts: { $named } newly named, { $changed } replaced{ $gone ->
    [0] {""}
   *[other] , { $gone } named no more
}
talk-apply-other = other parts have changed
talk-applied-now = applied { $id }
talk-import-nothing = nothing new to import
talk-import-empty = `{ $file }` has nothing to import
talk-notice-unsaved = notice { $n } is issued and kept, but the file was not written; `duban notice { $n } -o FILE` writes it
talk-noticed = issued notice { $n }: { $units } { $units ->
    [one] unit
   *[other] units
} named, { $points } points booked  { $id }
talk-objected = objection recorded { $id }  { $what } against notice { $n } ({ $points } points)
talk-upheld = objection dismissed { $id }  { $what }: the { $points } points of notice { $n } stay
talk-reversed = objection granted { $id }  { $what }: the { $points } points of notice { $n } are given back
talk-beyond-end = the due day { $day } is after the plan ends on { $ends }: is its year right?
talk-no-store = nothing has been recorded in `{ $path }`; this answer is by the plan and roster alone
talk-reminded = reminded { $units } { $units ->
    [one] unit
   *[other] units
} of { $n } { $n ->
    [one] obligation
   *[other] obligations
}  { $id }
talk-nobody-to-remind = there is nobody to remind
