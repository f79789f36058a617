talk-columns-list = Headers that lists may have (a column a line, its name in documents first):
talk-columns-roster = Headers that rosters may have (any other column is an attribute of the units):
talk-error = error:{" "}
talk-warning = warning:{" "}
talk-hint = hint:{" "}
talk-cause = cause:{" "}
talk-applied = applied the plan { $title } ({ $units } { $units ->
    [one] unit
   *[other] units
}, { $tasks } { $tasks ->
    [one] task
   *[other] tasks
})
talk-applied-early = today ({ $today }) is before the day of issue, { $issued }; check DUBAN_TODAY if it is set
talk-changed = the plan or roster file has changed; this answer still uses the applied version (`duban apply` shows the difference and puts it in force)
talk-recorded = recorded { $id }  { $unit } { $task } { $what }
talk-undone-booked = warning: the points that notice { $n } gave for this remain; use `duban object` and `duban reverse` to cancel them
talk-undone = undone: { $commands }, { $n } { $n ->
    [one] entry
   *[other] entries
}  { $id }
talk-corrected = corrected { $old } -> { $id }
talk-excused = excused { $id }  { $unit } { $task }
talk-one-due = {" "}(the one due { $day })
talk-all-open = {" "}({ $n } open { $n ->
    [one] due
   *[other] dues
}: { $days })
talk-commended = commended { $id }  { $unit } { $task }
talk-extended = deadline extended { $id }  { $unit } { $task } to { $day }
talk-instructed = instruction recorded { $id }  { $task } due { $day }
talk-imported = imported { $n } { $n ->
    [one] entry
   *[other] entries
}  { $id }
talk-import-would = would import { $n } { $n ->
    [one] entry
   *[other] entries
}{ $replaced ->
    [0] {""}
   *[other] {" "}in place of { $replaced } of another amount
}
talk-import-skipped = skipped { $n } { $n ->
    [one] row that is
   *[other] rows that are
} recorded already (--again records them once more)
talk-import-corrected = skipped { $n } { $n ->
    [one] row that was
   *[other] rows that were
} corrected after an import; the correction stands (--replace takes the file's amount, --add records both)
talk-import-replaced = replaced { $n } { $n ->
    [one] record whose amount was
   *[other] records whose amounts were
} another
talk-import-partial = skipped { $n } invalid { $n ->
    [one] row
   *[other] rows
}
talk-import-untold = { $n } more { $n ->
    [one] warning
   *[other] warnings
} of this kind not shown
talk-merged = merged { $batches } { $batches ->
    [one] batch
   *[other] batches
}, { $entries } { $entries ->
    [one] entry
   *[other] entries
}
talk-would-merge = would merge { $batches } { $batches ->
    [one] batch
   *[other] batches
}, { $entries } { $entries ->
    [one] entry
   *[other] entries
}
talk-merged-known = { $n } { $n ->
    [one] batch was
   *[other] batches were
} merged before
talk-wrote = wrote { $path }
talk-verifying = verifying
talk-salvaged = { $batches } { $batches ->
    [one] whole batch
   *[other] whole batches
} written
talk-salvage-lost = batch { $batch } is damaged and was left out
talk-importing = importing
talk-init = created { $path }; fill it in following its comments, then run `duban check`
talk-demo-made = the sample is in { $folder } (sample data only)
talk-demo-next = try next:
talk-dry-run = (dry run: nothing was written)
talk-apply-same = the files match what is in force; nothing to apply
talk-apply-first = nothing is in force yet; the plan and the roster would be put in force as they are
talk-apply-title = changes:
talk-apply-units-added = units added: { $names }
talk-apply-units-closed = units ended: { $names }
talk-apply-units-changed = units with other details in the roster: { $names }
talk-apply-obligations = obligations: { $gained } added, { $lost } removed
talk-apply-joined = will join the units behind: { $names }
talk-apply-left = will leave the units behind: { $names }
talk-apply-contacts = contacts: { $named } newly named, { $changed } replaced{ $gone ->
    [0] {""}
   *[other] , { $gone } removed
}
talk-apply-contact = contacts changed: { $names }
talk-apply-done = now completed, { $n } { $n ->
    [one] item
   *[other] items
}: { $names }
talk-apply-undone = no longer completed, { $n } { $n ->
    [one] item
   *[other] items
}: { $names }
talk-apply-order-units = the order of the units has changed
talk-apply-order-tasks = the order of the tasks has changed
talk-apply-other = other content has changed
talk-applied-now = applied { $id }
talk-import-nothing = nothing new to import
talk-import-empty = `{ $file }` contains nothing to import
talk-notice-unsaved = notice { $n } was issued and stored, but the file was not written; write it with `duban notice { $n } -o FILE`
talk-notice-draft = a draft of notice { $n }: nothing was issued or recorded; to issue it, run `duban notice --issue` with the same options
talk-noticed = issued notice { $n }: { $units } { $units ->
    [one] unit
   *[other] units
} named, { $points } points  { $id }
talk-objected = objection recorded { $id }  { $what } against notice { $n } ({ $points } points)
talk-upheld = objection dismissed { $id }  { $what }: the { $points } points of notice { $n } remain
talk-reversed = objection granted { $id }  { $what }: the { $points } points of notice { $n } are cancelled
talk-beyond-end = the due date { $day } is after the plan ends on { $ends }; please check the year
talk-no-store = nothing has been recorded in `{ $path }`; this answer uses the plan and roster only
talk-reminded = reminded { $units } { $units ->
    [one] unit
   *[other] units
} of { $n } { $n ->
    [one] item
   *[other] items
}  { $id }
talk-nobody-to-remind = no one to remind
talk-recorded-untold = recorded, but the answer could not be written; do not record it again
talk-source-gone = `{ $path }` is gone; this answer uses what was applied from it
talk-open-elsewhere = `{ $path }` is open in an office program: open it again there, or saving it there undoes this
talk-progress-period = {"  "}for { $day }
talk-progress-met = {"  "}the part due { $day } is complete;
talk-progress-open = {"  "}{ $count } so far, { $rest } to go
talk-progress-done = {"  "}{ $count }, complete
talk-backed-up = { $files } { $files ->
    [one] file
   *[other] files
} in the backup, proved before it was written
talk-backup-absent = { $n } { $n ->
    [one] evidence file is
   *[other] evidence files are
} not on this machine and not in the archive
talk-export-altered = { $n } { $n ->
    [one] evidence file is
   *[other] evidence files are
} not as recorded and not in the archive
talk-export-unreadable = { $n } { $n ->
    [one] evidence file cannot be read and is
   *[other] evidence files cannot be read and are
} not in the archive
talk-backup-left-out = not in the backup, because it is missing or not below the plan's folder: `{ $name }`
talk-backup-removed = removed `{ $name }`
talk-restored = restored { $files } { $files ->
    [one] file
   *[other] files
} of { $at } to `{ $path }`
talk-import-evidence = { $n } evidence { $n ->
    [one] file
   *[other] files
} taken over
