//! What every answer says of itself, and figures that are counted a second time from what is printed.

use serde_json::Value;
use unicode_width::UnicodeWidthStr;

use crate::support::{Project, SMALL};

/// The demo in a folder of its own, in English.
fn demo() -> Project {
    let mut project = Project::empty().set("DUBAN_LANG", "en");
    project.ok("demo d");
    project.enter("d");
    project
}

fn number(value: &Value) -> u64 {
    value
        .as_u64()
        .unwrap_or_else(|| panic!("no count: {value}"))
}

/// `81` of `91` in thousandths, half up, by long division.
fn thousandths(part: u64, whole: u64) -> u64 {
    let (down, rest) = (part * 1000 / whole, part * 1000 % whole);
    down + u64::from(rest * 2 >= whole)
}

fn names(rows: &Value) -> Vec<String> {
    let rows = rows.as_array().unwrap().iter();
    rows.map(|row| row["name"].as_str().unwrap().to_string())
        .collect()
}

#[test]
fn printed_rates_are_the_two_counts_rounded_once() {
    let project = demo();
    for by in ["task", "due", "unit", "kind", "phase", "goal", "theme"] {
        let line = format!("status --all --by {by}");
        let text = project.ok(&line).stdout;
        let status = project.json(&line);
        let rows = status["rows"].as_array().unwrap();
        assert!(!rows.is_empty(), "{by}");
        for row in rows.iter().chain([&status["total"]]) {
            let of = |key: &str| number(&row[key]);
            assert_eq!(of("completed"), of("on_time") + of("late"));
            assert_eq!(
                of("expected"),
                of("completed") + of("returned") + of("overdue")
            );
            assert!(of("early") <= of("on_time"));
            for (rate, part) in [
                ("completion_rate", "completed"),
                ("on_time_rate", "on_time"),
            ] {
                let whole = of("expected");
                if whole == 0 {
                    assert!(row[rate].is_null());
                    continue;
                }
                let exact = of(part) as f64 / whole as f64;
                let told = row[rate].as_f64().unwrap();
                assert!((told - exact).abs() <= 0.000_050_1, "{row}");
            }
        }
        let total = &status["total"];
        let rate = thousandths(number(&total["completed"]), number(&total["expected"]));
        let on_time = thousandths(number(&total["on_time"]), number(&total["expected"]));
        let told = |rate: u64| format!("{}.{}%", rate / 10, rate % 10);
        let first = text
            .lines()
            .find(|line| line.contains(" completed ("))
            .unwrap();
        let before = &status["before"];
        let then = thousandths(number(&before["completed"]), number(&before["expected"]));
        let change = i64::try_from(rate).unwrap() - i64::try_from(then).unwrap();
        assert!(change != 0, "{before}");
        let sign = if change < 0 { '-' } else { '+' };
        let (whole, tenth) = (change.abs() / 10, change.abs() % 10);
        let change = format!("({}, {sign}{whole}.{tenth} on last week)", told(rate));
        assert!(first.contains(&change), "{first}");
        let on_time = format!(" on time ({})", told(on_time));
        assert!(text.contains(&on_time), "{text}");
    }
}

#[test]
fn seventy_nine_of_ninety_three_is_eighty_four_point_nine() {
    let units: String = (0..93)
        .map(|n| format!("\n[[unit]]\ncode = \"u{n}\"\nname = \"Unit {n}\"\nkind = \"village\"\nparent = \"area\"\n"))
        .collect();
    let plan = SMALL.split("[[unit]]\ncode = \"v1\"").next().unwrap();
    let project = Project::with_plan(&format!(
        "{plan}{units}\n[[unit]]\ncode = \"office\"\nname = \"Office\"\nkind = \"office\"\n"
    ))
    .set("DUBAN_LANG", "en");
    let done: Vec<String> = (0..79).map(|n| format!("u{n}")).collect();
    project.ok(&format!("done {} plan --on 6-30", done.join(",")));
    let status = project.ok("status --task plan").stdout;
    assert!(
        status.contains("79 of 93 due items completed (84.9%)\n79 on time (84.9%)\n"),
        "{status}"
    );
    assert!(!status.contains("85.0%"), "{status}");
}

#[test]
fn what_was_reported_early_is_told() {
    let mut project = Project::small();
    project.on("2020-06-20").ok("done v1 plan");
    let total = project.json("status")["total"].clone();
    assert_eq!(number(&total["early"]), 1);
    let text = project.ok("status").stdout;
    assert!(
        text.contains("due items (1 reported early) completed"),
        "{text}"
    );
    let text = project.ok("status --lang zh-CN").stdout;
    assert!(text.contains("件（含提前完成 1 件），已完成"), "{text}");
}

#[test]
fn an_answer_about_less_than_the_whole_says_so_and_its_hint_asks_for_the_same() {
    let project = demo();
    let filter = "--kind village --task 海报";
    for command in ["status", "lagging", "board", "plan"] {
        assert!(project.json(command)["filter"].is_null(), "{command}");
        let answer = project.json(&format!("{command} {filter}"));
        assert_eq!(answer["filter"]["kind"][0], "village", "{command}");
        assert_eq!(answer["filter"]["task"][0], "poster", "{command}");
        assert!(answer["filter"]["area"].is_null(), "{command}");
        for format in ["table", "markdown", "html", "txt"] {
            let told = project
                .ok(&format!(
                    "{command} {filter} --format {format} --lang zh-CN"
                ))
                .stdout;
            assert!(
                told.contains("范围：村；任务：海报"),
                "{command} {format}\n{told}"
            );
        }
        let told = project.ok(&format!("{command} --lang zh-CN")).stdout;
        assert!(!told.contains("范围："), "{command}\n{told}");
    }
    let status = project.ok(&format!("status {filter}")).stdout;
    let hint = status.split('`').nth(1).unwrap();
    assert_eq!(hint, "duban lagging --kind village --task poster");
    let then = project
        .ok(&format!(
            "status {filter} --as-of 2020-07-02 --known-by 7-03"
        ))
        .stdout;
    let days = "--as-of 2020-07-02 --known-by 2020-07-03";
    assert_eq!(then.split('`').nth(1), Some(&*format!("{hint} {days}")));
    let asked = project.json(hint.strip_prefix("duban ").unwrap());
    assert_eq!(
        asked["units"],
        project.json(&format!("status {filter}"))["lagging"]
    );
}

#[test]
fn every_list_follows_the_roster() {
    let project = demo();
    let file = "d/units.csv";
    let roster = project.read(file);
    let mut lines = roster.lines();
    let head = lines.next().unwrap();
    let turned: Vec<&str> = [head].into_iter().chain(lines.rev()).collect();
    project.write(file, turned.join("\n") + "\n");
    project.ok("apply --reason turned");
    let order = names(&project.json("board")["rows"]);
    let follows = |list: &[String]| {
        let places = list
            .iter()
            .map(|name| order.iter().position(|known| known == name));
        places.collect::<Vec<_>>().is_sorted()
    };
    assert!(follows(&names(
        &project.json("status --by unit --all")["rows"]
    )));
    let soon = project.json("lagging --within 40");
    assert!(soon["soon"].as_array().unwrap().len() > 5);
    assert!(follows(&names(&soon["soon"])));
    let since = &project.json("lagging --since 2020-06-20")["since"];
    for list in ["joined", "left"] {
        let list = since[list].as_array().unwrap().iter();
        let list: Vec<String> = list
            .map(|name| name.as_str().unwrap().to_string())
            .collect();
        assert!(follows(&list), "{list:?}");
    }
    // The longest overdue come first, then the most; only among equals does the roster decide.
    let lagging = project.json("lagging");
    let rows = lagging["rows"].as_array().unwrap();
    for pair in rows.windows(2) {
        let key = |row: &Value| (row["days"].as_i64(), row["overdue"].as_i64());
        assert!(key(&pair[0]) >= key(&pair[1]));
        if key(&pair[0]) == key(&pair[1]) {
            assert!(follows(&names(&Value::from(pair.to_vec()))));
        }
    }
    let kinds = project.json("status --by kind --all");
    let kinds = kinds["rows"].as_array().unwrap().iter();
    let kinds: Vec<&str> = kinds.map(|row| row["code"].as_str().unwrap()).collect();
    let board = project.json("board");
    let mut first: Vec<&str> = Vec::new();
    for row in board["rows"].as_array().unwrap() {
        let kind = row["kind"].as_str().unwrap();
        if !first.contains(&kind) {
            first.push(kind);
        }
    }
    assert_eq!(kinds, first);
}

#[test]
fn what_is_soon_or_returned_is_not_called_overdue() {
    let mut project = Project::small();
    project.on("2020-06-20");
    project.ok("done v1 banner=3");
    let log = project.json("log");
    let id = log["rows"].as_array().unwrap().iter();
    let mut id = id
        .filter(|row| row["kind"] == "record")
        .map(|row| row["id"].as_str().unwrap());
    project.ok(&format!("return {} --reason bad", id.next_back().unwrap()));
    let lagging = project.json("lagging --within 11");
    assert_eq!(
        (&lagging["units"], &lagging["obligations"]),
        (&0.into(), &0.into())
    );
    for list in ["soon", "returned"] {
        let row = &lagging[list][0];
        assert!(row["name"].is_string() && row["dues"].is_array());
        assert!(
            row.get("overdue").is_none() && row.get("days").is_none(),
            "{row}"
        );
    }
}

#[test]
fn the_lagging_list_counts_what_it_lists() {
    let project = Project::small();
    let lagging = project.json("lagging");
    let mut listed = lagging["rows"].as_array().unwrap().clone();
    assert!(lagging["supervisor"].is_object(), "the office lags itself");
    listed.push(lagging["supervisor"].clone());
    assert_eq!(number(&lagging["units"]), listed.len() as u64);
    let overdue: u64 = listed.iter().map(|row| number(&row["overdue"])).sum();
    assert_eq!(number(&lagging["obligations"]), overdue);
    let dues: usize = listed
        .iter()
        .map(|row| row["dues"].as_array().unwrap().len())
        .sum();
    assert_eq!(overdue, dues as u64);
}

#[test]
fn a_task_with_several_dues_has_a_row_for_each_where_they_are_asked_for() {
    let project = demo();
    let by_task = project.json("status --all");
    let by_due = project.json("status --all --by due");
    assert_eq!(by_task["total"], by_due["total"]);
    let dues = by_due["rows"].as_array().unwrap();
    let mut several = 0;
    for task in by_task["rows"].as_array().unwrap() {
        let own: Vec<&Value> = dues
            .iter()
            .filter(|row| row["code"] == task["code"])
            .collect();
        for key in [
            "applicable",
            "expected",
            "on_time",
            "late",
            "overdue",
            "pending",
        ] {
            let sum: u64 = own.iter().map(|row| number(&row[key])).sum();
            assert_eq!(number(&task[key]), sum, "{} {key}", task["name"]);
        }
        if own.len() > 1 {
            several += 1;
            for key in ["due", "count", "capped", "target", "measure", "attainment"] {
                assert!(task[key].is_null(), "{task}");
            }
            assert!(own.iter().all(|row| row["due"].is_string()));
        } else {
            assert_eq!(task["due"], own[0]["due"]);
            assert_eq!(task["count"], own[0]["count"]);
        }
    }
    assert!(several > 0);
}

#[test]
fn one_units_surplus_hides_no_others_lack() {
    let project = Project::small();
    project.ok("done v1 banner=20 --on 6-30");
    project.ok("done v2 banner=1 --on 6-30");
    let status = project.json("status --task banner");
    let row = &status["rows"][0];
    let figure = |key: &str| row[key].as_f64().unwrap();
    assert_eq!(
        (figure("count"), figure("capped"), figure("target")),
        (21.0, 4.0, 9.0)
    );
    assert_eq!(figure("attainment"), 2.3333);
    let text = project.ok("status --task banner").stdout;
    assert!(text.contains("Hang banners 4/9 pcs"), "{text}");
}

#[test]
fn what_serves_no_goal_and_no_theme_has_a_row() {
    let project = Project::small();
    for (by, told) in [("goal", "no goal"), ("theme", "no theme")] {
        let status = project.json(&format!("status --by {by}"));
        let row = &status["rows"][0];
        assert_eq!((&row["code"], &row["name"]), (&"".into(), &"-".into()));
        assert_eq!(row["applicable"], status["total"]["applicable"]);
        let text = project.ok(&format!("status --by {by}")).stdout;
        assert!(text.contains(told), "{text}");
    }
    let demo = demo();
    let themes = demo.json("status --by theme --all");
    let rows = themes["rows"].as_array().unwrap();
    assert!(rows.len() > 1 && rows[0]["code"] != "", "{rows:?}");
}

#[test]
fn who_asks_what_was_known_before_an_amendment_is_told_of_it() {
    let mut project = Project::small();
    project.on("2020-06-10").ok("done v1 plan");
    project.write("duban.toml", SMALL.replace("count = 3", "count = 4"));
    project.on("2020-06-20").ok("apply --reason more");
    project.on("2020-06-30");
    for (view, amended) in [
        ("", Value::Null),
        ("--known-by 6-20", Value::Null),
        ("--known-by 6-19", "2020-06-20".into()),
        ("--as-of 6-19", "2020-06-20".into()),
    ] {
        for command in [
            "status",
            "lagging",
            "board",
            "show v1",
            "explain v1 banner",
            "plan",
        ] {
            let line = format!("{command} {view}");
            assert_eq!(project.json(&line)["amended"], amended, "{line}");
            let text = project.ok(&line).stdout;
            assert_eq!(
                text.contains("was amended on 2020-06-20"),
                !amended.is_null(),
                "{line}"
            );
        }
    }
}

#[test]
fn a_file_holds_all_rows_and_no_hints_for_a_screen() {
    let project = demo();
    for command in ["status", "board", "show 塘坝", "todo"] {
        for ending in ["md", "html", "txt"] {
            project.ok(&format!("{command} -o answer.{ending} --lang zh-CN"));
            let file = project.read(&format!("d/answer.{ending}"));
            assert!(
                !file.contains("--all") && !file.contains("duban "),
                "{command} {ending}\n{file}"
            );
        }
    }
    let status = project.json("status");
    let count = |list: &str| status[list].as_array().unwrap().len();
    project.ok("status -o status.md");
    let table = project.read("d/status.md");
    let table = table.lines().filter(|line| line.starts_with('|')).count();
    assert_eq!(
        table,
        count("rows") + 3 + count("optional") + 2,
        "two heads, two rules, every row and the total"
    );
}

#[test]
fn periods_to_come_stand_in_one_row_on_a_screen_alone() {
    let plan = SMALL.replace(
        "every = \"month\"\n",
        "every = \"month\"\nfrom = 2020-06-01\nto = 2020-08-31\n",
    );
    let project = Project::with_plan(&plan).set("DUBAN_LANG", "en");
    let rows = project.json("show v1");
    let months = rows["rows"].as_array().unwrap().iter();
    assert_eq!(months.filter(|row| row["code"] == "report").count(), 3);
    let screen = project.ok("show v1").stdout;
    assert!(
        screen.contains("07-31 to 08-31") && screen.contains("2 periods"),
        "{screen}"
    );
    project.ok("show v1 -o v1.txt");
    let file = project.read("v1.txt");
    assert!(
        !file.contains("07-31 to 08-31") && file.contains("07-31"),
        "{file}"
    );
}

#[test]
fn windows_and_milestones_are_printed_as_they_are() {
    let plan = SMALL.replace(
        "short = \"plan\"\n",
        "short = \"plan\"\nfrom = 2020-06-10\nto = 2020-06-25\n",
    );
    let plan = plan.replace(
        "target = { count = 3, measure = \"pcs\" }\n",
        "target = { count = 20, measure = \"pcs\" }\nmilestone = [ { due = 2020-06-30, share = 0.25 }, { due = 2020-07-31, share = 1 } ]\n",
    );
    let project = Project::with_plan(&plan).set("DUBAN_LANG", "en");
    let outline = project.ok("plan").stdout;
    assert!(outline.contains("06-10..06-25"), "{outline}");
    assert!(outline.contains("06-30 25%, 07-31 100%"), "{outline}");
    let task = project.ok("show banner").stdout;
    assert!(task.contains("2020-06-30 Tue 25%"), "{task}");
    let unit = project.ok("show v1").stdout;
    assert!(
        unit.contains("06-30 25%") && unit.contains("06-10..06-25"),
        "{unit}"
    );
    let row = project.json("explain v1 banner")["rows"][0].clone();
    assert_eq!((&row["share"], &row["opens"]), (&0.25.into(), &Value::Null));
    let task = project.json("show banner");
    assert_eq!(task["dues"][0]["share"], 0.25);
    let task = project.json("show plan");
    assert_eq!(task["dues"][0]["opens"], "2020-06-10");
}

#[test]
fn optional_tasks_stand_in_a_block_of_their_own() {
    let plan = SMALL.replace(
        "short = \"banner\"\n",
        "short = \"banner\"\noptional = true\n",
    );
    let project = Project::with_plan(&plan).set("DUBAN_LANG", "en");
    project.ok("done v1 banner=2 --on 6-25");
    project.ok("done v1 banner=3 --on 6-26");
    project.ok("done v2 banner=4 --on 6-27");
    project.ok("done v3 banner=9 --on 6-28");
    project.ok("undo");
    let block = |line: &str| {
        let row = project.json(line)["optional"][0].clone();
        ["units", "records", "sum"].map(|key| row[key].as_f64().unwrap())
    };
    assert_eq!(block("status"), [2.0, 3.0, 9.0]);
    assert_eq!(block("status --as-of 6-26"), [1.0, 2.0, 5.0]);
    assert_eq!(block("status --unit v2"), [1.0, 1.0, 4.0]);
    assert_eq!(block("show banner"), [2.0, 3.0, 9.0]);
    assert_eq!(block("show v1"), [1.0, 2.0, 5.0]);
    assert_eq!(block("status --unit v3"), [0.0, 0.0, 0.0]);
    assert!(
        project.json("show v3")["optional"]
            .as_array()
            .unwrap()
            .is_empty()
    );
    let codes = project.json("status --all");
    assert!(
        codes["rows"]
            .as_array()
            .unwrap()
            .iter()
            .all(|row| row["code"] != "banner")
    );
    let text = project.ok("status").stdout;
    assert!(
        text.contains("Optional tasks") && text.contains("9 pcs"),
        "{text}"
    );
    let id = project.json("log")["rows"]
        .as_array()
        .unwrap()
        .iter()
        .rev()
        .find(|row| row["kind"] == "record")
        .unwrap()["id"]
        .clone();
    project.ok(&format!("return {} --reason blurred", id.as_str().unwrap()));
    assert_eq!(block("status"), [2.0, 2.0, 7.0]);
}

#[test]
fn plain_text_files_fit_a_page() {
    let project = demo();
    for lang in ["zh-CN", "en"] {
        for command in [
            "status",
            "status --by unit",
            "lagging --within 30",
            "board",
            "show 塘坝",
            "show 海报",
            "plan",
        ] {
            project.ok(&format!("{command} --lang {lang} -o page.txt"));
            let page = project.read("d/page.txt");
            for line in page.lines() {
                assert!(
                    UnicodeWidthStr::width(line) <= 80,
                    "{command} {lang}: {line}"
                );
            }
        }
    }
}

#[test]
fn pages_have_the_marks_of_their_language() {
    let project = demo();
    for format in ["markdown", "html", "txt"] {
        let page = project
            .ok(&format!("lagging --format {format} --lang zh-CN"))
            .stdout;
        assert!(
            page.contains("海报（06-30）") && page.contains("LED(06-30)"),
            "{format}\n{page}"
        );
        let page = project.ok(&format!("lagging --format {format}")).stdout;
        assert!(page.contains("海报 (06-30)"), "{format}");
    }
}

#[test]
fn the_key_of_the_board_stands_above_it() {
    let board = demo().ok("board").stdout;
    let key = board.find("D=done on time").unwrap();
    assert!(key < board.find("塘坝").unwrap(), "{board}");
}
