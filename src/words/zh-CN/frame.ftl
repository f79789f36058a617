frame-as-of = 截至{ $day }
frame-forecast = [预测]
frame-known-by = 仅计 { $day } 及以前登记的内容
frame-amended = 注意：方案于 { $day } 修订，以下按修订后的方案判定
