# 考核评分

score-title = { $plan }  考核评分
score-sheet = 考核评分
score-summary = 基础分 { $base }，最低分 { $floor }；已印发通报 { $notices } 期；考核单位 { $units } 个
score-head-rank = 名次
score-head-score = 得分
score-head-deducted = 扣分
score-head-added = 加分
score-head-given-back = 撤销扣分
score-head-lines = 明细
score-open = （申诉待处理）
score-upheld = （申诉后维持）
score-reversed = （已撤销）
score-floored = 合计{ $sum }，按最低分计
score-capped = 已达扣分上限：{ $rules }
score-head-base = 基础分
score-head-notes = 备注
score-head-notice = 通报
score-head-rule = 规则
score-head-points = 分值
score-head-objection = 申诉
score-listed = 列出 { $units } 个，名次为全部考核单位中的名次
