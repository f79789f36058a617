frame-as-of = as of { $day }
frame-forecast = [forecast]
frame-known-by = counting only entries recorded by { $day }
frame-amended = note: the plan was amended on { $day }; all days are judged by the amended plan
