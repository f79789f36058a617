frame-as-of = as of { $day }
frame-scope = scope: { $scope }
frame-scope-separator = {"; "}
frame-scope-label = label { $names }
frame-scope-phase = phase { $names }
frame-scope-task = task { $names }
frame-scope-unit = unit { $names }
frame-forecast = [forecast]
frame-known-by = counting only entries recorded by { $day }
frame-amended = note: the plan was amended on { $day }; all days are judged by the amended plan
frame-all = {" "}(--all)
frame-omitted = { $n } more { $n ->
    [one] row
   *[other] rows
} not listed (-n)
