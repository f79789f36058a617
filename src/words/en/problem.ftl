problem-title = Check
problem-error = error:{" "}
problem-warning = warning:{" "}
problem-note = note:{" "}
problem-hint = { "  " }hint: { $hint }
problem-counts = { $errors } { $errors ->
    [one] error
   *[other] errors
}, { $warnings } { $warnings ->
    [one] warning
   *[other] warnings
}, { $notes } { $notes ->
    [one] note
   *[other] notes
}
problem-none = no problems
problem-open-title = Open questions
problem-open = { $no }. { $name } ({ $clause }): { $question }
problem-open-text = { "   " }text: { $text }
problem-open-none = no open questions
