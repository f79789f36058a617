# 应办事项的状态：全称与一览表上的字。
standing-done = 按期完成
standing-done-letter = 完
standing-late = 逾期完成
standing-late-letter = 迟
standing-overdue = 逾期未完成
standing-overdue-letter = 欠
standing-due-soon = 即将到期
standing-due-soon-letter = 即
standing-pending = 未到期
standing-pending-letter = { "." }
standing-returned = 退回整改
standing-returned-letter = 退
standing-excused = 免办
standing-excused-letter = 免
standing-waiting = 待上级部署
standing-waiting-letter = 待
