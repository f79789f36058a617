review-line = { $what }: { $why }
review-unknown = no such record
review-no-record = not a record
review-undone = undone already
review-accepted = accepted already by { $actor } on { $day } ({ $id })
review-returned = returned already by { $actor } on { $day } ({ $id })
review-judged-hint = a record has one verdict; `duban undo { $id }` takes that one back
review-before-record = the record is of { $day }, after the verdict's day { $on }
review-before-record-hint = a verdict acts from the record's day at the earliest
review-talk-accepted = accepted { $id }  { $unit } { $task } { $day } { $record }
review-talk-returned = returned { $id }  { $unit } { $task } { $day } { $record }, to be put right by { $due }
review-talk-count-accepted = { $n } { $n ->
    [one] record
   *[other] records
} without a verdict to accept:
review-talk-count-returned = { $n } { $n ->
    [one] record
   *[other] records
} without a verdict to return:
review-talk-none = no record in this selection waits for review
review-talk-would = - { $unit } { $task } { $day } { $record }
review-waiting = waits for review
review-is-accepted = accepted
review-is-returned = returned, to be put right by { $day }
review-again = returned, to be put right by { $day }; recorded again: { $ids }
