board-title = { $plan }  进度一览表
board-sheet = 进度一览
board-units = { $n } 个单位
board-folded = 另有 { $n } 项任务未到期，未列出
