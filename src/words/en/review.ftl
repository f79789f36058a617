review-line = { $what }: { $why }
review-unknown = no such record
review-no-record = not a record
review-undone = already undone
review-accepted = already accepted by { $actor } on { $day } ({ $id })
review-returned = already returned by { $actor } on { $day } ({ $id })
review-judged-hint = a record has one review decision; undo that one with `duban undo { $id }`
review-before-record = the record's date { $day } is after the review date { $on }
review-before-record-hint = a review cannot take effect before the record's date
review-talk-accepted = accepted { $id }  { $unit } { $task } { $day } { $record }
review-talk-returned = returned { $id }  { $unit } { $task } { $day } { $record }, to be corrected by { $due }
review-talk-count-accepted = { $n } { $n ->
    [one] record
   *[other] records
} to accept:
review-talk-count-returned = { $n } { $n ->
    [one] record
   *[other] records
} to return:
review-talk-none = no records to review in this selection
review-talk-would = - { $unit } { $task } { $day } { $record }
review-waiting = to be reviewed
review-is-accepted = accepted
review-is-returned = returned, to be corrected by { $day }
review-again = returned, to be corrected by { $day }; reported again: { $ids }
