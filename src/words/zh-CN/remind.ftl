# 催办：每个单位一行

remind-title = 催办
remind-line = 【催办】{ $unit }{ $contact }：{ $dues }。请抓紧办理并报{ $supervisor }。
remind-office = 本办公室
remind-contact = （{ $name }）
remind-task = { $task }（{ $facts }）
remind-separator = ，
remind-due = 时限{ $day }
remind-returned = 已退回，整改期限{ $day }
remind-amount = 已报{ $amount }
remind-again = 第{ $n }次催办
remind-due-separator = ；
remind-group = 【催办】{ $task }：尚有{ $n }个单位未完成：{ $units }。请抓紧办理并报{ $supervisor }。
