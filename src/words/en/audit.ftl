audit-title = { $plan }: possible box-ticking, to be checked
audit-none = no signs of box-ticking in this selection
audit-summary = { $n } { $n ->
    [one] finding
   *[other] findings
}: each is only a suspicion and needs checking
audit-group = { $what } ({ $n })
audit-kind-same-photograph = the same photograph for several units or tasks
audit-kind-lookalike = similar photographs from several units
audit-kind-outside-window = photograph taken outside the task's window or after the recorded day
audit-kind-same-note = identical notes from several units
audit-kind-back-dated = recorded long after the day it is for
audit-kind-two-verdicts = two review decisions on one record
audit-kind-two-corrections = several corrections of one record
audit-kind-same-row = one row of a list imported into several stores
audit-kind-no-proof = evidence expected but missing
audit-rule-lookalike = at most { $n } of 64 bits differ (--likeness)
audit-rule-back-dated = more than { $n } days later (--backdated)
audit-rule-two-verdicts = the return counts; remove the wrong decision with `duban undo`
audit-rule-two-corrections = the first one listed counts; `duban correct` settles another amount
audit-rule-same-row = counted once, by the first one listed
audit-distance = { $n } { $n ->
    [one] bit
   *[other] bits
} apart
audit-taken-before = { $file } taken on { $day }, window opens { $opens }
audit-taken-after = { $file } taken on { $day }, after the recorded day { $recorded }
audit-days = { $n } { $n ->
    [one] day
   *[other] days
} later
audit-photograph-absent = {" "}(not on this machine, or cannot be shown)
audit-photographs-more = photographs of { $n } further findings are not shown; narrow it to see them
audit-next = `duban show RECORD` shows the evidence; `duban audit --return FINDING` returns the records, `duban accept RECORD` accepts one
audit-judged = { $n } reviewed { $n ->
    [one] finding
   *[other] findings
} hidden
audit-imported = { $n } late { $n ->
    [one] entry
   *[other] entries
} from file imports hidden
audit-reason = { $what }{ $more }{ $records }
audit-reason-more = {" "}({ $more })
audit-reason-records = , see also { $records }
audit-reason-separator = ; {""}
