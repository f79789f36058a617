usage-unknown-command = 没有命令 { $arg }
usage-unknown-argument = 没有选项 { $arg }
usage-one-too-many = 多余的参数 { $arg }
usage-missing = 缺少 { $arg }
usage-no-command = 缺少命令
usage-no-value = { $arg } 缺少取值
usage-bad-value = { $arg } 的值无效：{ $value }
usage-conflict = { $arg } 不能与 { $prior } 同时使用
usage-values = { $arg } 的取值个数不符
usage-no-equals = { $arg } 须用等号赋值
usage-utf8 = 参数不是 UTF-8 编码
usage-other = 命令格式有误
usage-near = 是否为：{ $names }
usage-known = 可用：{ $names }
usage-help = duban --help 列出全部命令，duban 命令 --help 说明用法
usage-usage = 用法：
usage-line = duban [选项] <命令>
usage-group-daily = 每天
usage-group-review = 审核通报
usage-group-plan = 方案
usage-group-exchange = 交换
usage-group-upkeep = 维护
usage-more = 示例：
    {"  "}duban done 塘坝 海报=20 --on 6-28 --evidence 海报.jpg
    {"  "}duban status --by area --as-of 2020-06-30
    {"  "}duban notice --issue -o 通报.docx

    duban help 命令 说明用法；duban help 环境变量、duban help 退出码、duban help 日期 说明通用约定
usage-topic-environment = 环境变量

    DUBAN_PLAN      方案文件
    DUBAN_STORE     登记库
    DUBAN_EVIDENCE  佐证文件存放目录
    DUBAN_LANG      提示和表格的语言：zh-CN 或 en；未设时取 LC_ALL、LC_MESSAGES、LANG，再取方案的语言
    DUBAN_AREA      默认地区，等同 --area
    DUBAN_ACTOR     登记人；未设时取 LOGNAME、USER、USERNAME
    DUBAN_TODAY     以该日为今天，用于补跑和重现
    COLUMNS         屏幕宽度
    NO_COLOR        设置后不使用颜色
    CLICOLOR_FORCE  设置后输出不是终端时也使用颜色

    命令行选项优先于环境变量；后两项以 --color 为先。
usage-topic-exit-codes = 退出码

    0  已完成
    1  有进度滞后单位（仅 duban lagging --exit-code）
    2  未能完成，原因见标准错误输出
usage-topic-days = 日期

    2020-06-30  2020/6/30  2020年6月30日   年月日
    6-30  6.30  6月30日                    未写年份：已办事项取最近过去的一天，时限取最近将来的一天，截至日期取最近的一天
    today  yesterday  tomorrow             今天、昨天、明天（也可写中文）
    friday  周五  星期五                   最近的该星期几，方向同上
    -7d  +2w  -7天  +2周                   距今天的天数、周数

    期次（--for）：其中任一日期，或 2020-06、6月、2020-W27。
    “今天”以方案规定的时区为准。
