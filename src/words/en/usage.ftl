usage-unknown-command = unknown command `{ $arg }`
usage-unknown-argument = unknown option `{ $arg }`
usage-one-too-many = unexpected argument `{ $arg }`
usage-missing = missing: { $arg }
usage-no-command = missing command
usage-no-value = `{ $arg }` needs a value
usage-bad-value = `{ $value }` is not a valid value for `{ $arg }`
usage-conflict = `{ $arg }` cannot be used with `{ $prior }`
usage-values = `{ $arg }` has the wrong number of values
usage-no-equals = `{ $arg }` takes its value after an equals sign
usage-utf8 = an argument is not valid UTF-8
usage-other = invalid command line
usage-near = did you mean: { $names }
usage-known = one of: { $names }
usage-help = `duban --help` lists all commands, `duban COMMAND --help` explains one
usage-usage = Usage:{" "}
usage-line = duban [OPTIONS] <COMMAND>
usage-group-daily = Daily work
usage-group-review = Review and notices
usage-group-plan = Plan
usage-group-exchange = Exchange
usage-group-upkeep = Upkeep
usage-more = Examples:
    {"  "}duban done alder banner=3 --on 6-28 --evidence banner.jpg
    {"  "}duban status --by area --as-of 2020-06-30
    {"  "}duban notice --issue -o notice.docx

    `duban help COMMAND` explains a command; `duban help environment`, `duban help exit-codes` and `duban help days` explain what all share.
usage-topic-environment = Environment variables

    DUBAN_PLAN      plan file
    DUBAN_STORE     store
    DUBAN_EVIDENCE  folder for evidence files
    DUBAN_LANG      language of messages and tables: zh-CN or en; else LC_ALL, LC_MESSAGES or LANG, else the plan's
    DUBAN_AREA      default area, as with --area
    DUBAN_ACTOR     who records; else LOGNAME, USER or USERNAME
    DUBAN_TODAY     the date to take as today, for repeated runs
    COLUMNS         screen width
    NO_COLOR        if set, no colour
    CLICOLOR_FORCE  if set, colour also where the output is not a terminal

    Options on the command line take precedence; `--color` over the last two.
usage-topic-exit-codes = Exit codes

    0  done
    1  units are behind (only with `duban lagging --exit-code`)
    2  failed; standard error says why
usage-topic-days = Dates

    2020-06-30  2020/6/30  2020年6月30日   full date
    6-30  6.30  6月30日                    no year: the latest past one for work done, the next one for deadlines, the nearest for report dates
    today  yesterday  tomorrow             also in Chinese
    friday  周五  星期五                   the nearest such weekday, past or future as above
    -7d  +2w  -7天  +2周                   days or weeks from today

    Periods (--for): any date in the period, or 2020-06, 6月, 2020-W27.
    “Today” is in the plan's time zone.
