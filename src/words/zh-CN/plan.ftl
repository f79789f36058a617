plan-facts = { $issuer }  { $number }  { $issued } 印发，{ $ends ->
    [none] 未定结束日
   *[other] 至 { $ends } 止
}
plan-office = 印发机关：{ $office }
plan-open = 待明确
plan-waiting = 待上级部署
plan-every-day = 每日 { $first }..{ $last }
plan-every-week = 每周 { $first }..{ $last }
plan-every-month = 每月 { $first }..{ $last }
plan-every-quarter = 每季度 { $first }..{ $last }
plan-every-half-year = 每半年 { $first }..{ $last }
plan-every-year = 每年 { $first }..{ $last }
plan-share = { $of }的{ $percent }%
plan-optional = （不作硬性要求）
plan-key-who = 责任单位
plan-key-due = 时限
plan-key-before = 时限（此日之前）
plan-key-from = 起始日
plan-key-to = 截止日
plan-key-every = 期次
plan-key-by = 每期时限
plan-key-milestone = 里程碑
plan-key-on = 启动条件
plan-key-target = 数量
plan-key-counts = 计数方式
plan-key-any_of = 形式
plan-key-nil = 零报告
plan-key-optional = 不作硬性要求
plan-key-by_roster = 以名册为准
plan-key-evidence = 佐证
plan-key-goals = 工作目标
plan-key-themes = 宣传主题
plan-key-name = 名称
plan-key-short = 简称
plan-key-clause = 条款
plan-key-text = 原文
plan-track-key = 起止：= 可办理的期间，+ 时限，| 截至日
