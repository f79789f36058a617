verify-title = Verification of the store
verify-sound = everything is as it was recorded
verify-found = { $n } { $n ->
    [one] place is
   *[other] places are
} not as recorded; the first is at the top
verify-walked = walked { $batches } { $batches ->
    [one] batch
   *[other] batches
}, { $entries } { $entries ->
    [one] entry
   *[other] entries
}
verify-chain = journal check code: { $hash }
verify-notice = notice { $number } stands on { $hash }
verify-evidence = evidence files: { $present } intact, { $absent } not on this machine, { $altered } altered or unreadable
verify-more = and { $n } more
verify-not-compared = what derives from the journal (pages, labels) was not compared with it: correct the above first, or record something if the store is of an older version
verify-wrong-changed = changed
verify-wrong-missing = removed
verify-wrong-inserted = inserted
verify-wrong-moved = does not follow what is before it
verify-wrong-derived = not what the journal gives
verify-wrong-unreadable = cannot be read
verify-table-batch = batch
verify-table-entry = entry
verify-table-unit = unit
verify-table-task = task
verify-table-class = class of units
verify-table-rule = rule of points
verify-table-in_force = plan put in force
verify-table-document = document of a notice
verify-table-piece = piece of a document
verify-table-page = page
verify-table-brief = label
verify-table-dangling = waiting entry
verify-table-head = head
verify-table-meta = store
verify-table-file = file
verify-table-evidence = evidence
verify-table-line = line
verify-repaired = rebuilt from the journal; { $n } { $n ->
    [one] place was
   *[other] places were
} not what it gives
verify-nothing-to-repair = nothing to repair: everything is what the journal gives
