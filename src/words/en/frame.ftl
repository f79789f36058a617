frame-as-of = as of { $day }
frame-forecast = [forecast]
frame-known-by = counting only what had been recorded by { $day }
frame-amended = note: the plan was amended on { $day }; the amended plan judges every day
