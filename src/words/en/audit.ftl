audit-title = { $plan }: suspected, to be verified
audit-none = nothing looks perfunctory in this selection
audit-summary = { $n } { $n ->
    [one] finding
   *[other] findings
}, all of them suspected only: somebody has to verify each
audit-group = { $what } ({ $n })
audit-kind-same-photograph = the same photograph for several units or tasks
audit-kind-lookalike = photographs of several units that look alike
audit-kind-outside-window = a photograph taken outside the task's window or after the day recorded
audit-kind-same-note = the same note from several units
audit-kind-back-dated = recorded long after its day
audit-kind-two-verdicts = two verdicts on one record
audit-kind-no-proof = no proof where it is expected
audit-rule-lookalike = they differ in at most { $n } of 64 bits (--likeness)
audit-rule-back-dated = more than { $n } days (--backdated)
audit-rule-two-verdicts = the return counts; `duban undo` the verdict that is wrong
audit-distance = { $n } { $n ->
    [one] bit
   *[other] bits
} apart
audit-taken-before = { $file } taken { $day }, window from { $opens }
audit-taken-after = { $file } taken { $day }, after the day recorded, { $recorded }
audit-days = { $n } { $n ->
    [one] day
   *[other] days
} later
audit-next = `duban show RECORD` shows the proof; `duban audit --return FINDING` sends back, `duban accept RECORD` settles it
audit-judged = { $n } { $n ->
    [one] finding is
   *[other] findings are
} left out because every record behind has a verdict (--all)
audit-imported = { $n } recorded late by the import of a file { $n ->
    [one] is
   *[other] are
} left out (--all)
audit-reason = { $what }{ $more }{ $records }
audit-reason-more = {" "}({ $more })
audit-reason-records = , behind it { $records }
audit-reason-separator = ; {""}
