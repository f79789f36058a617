board-title = { $plan }  进度一览表
board-units = { $n } 个单位
board-folded = 尚无到期事项的任务收起 { $n } 项  (--all 展开)
