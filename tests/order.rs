//! Lists in other orders and cut short; what an answer is compared with; what the eye finds on a screen.

use serde_json::Value;

use crate::support::Project;

fn demo() -> Project {
    let mut project = Project::empty().set("DUBAN_LANG", "en").wide(80);
    project.ok("demo d");
    project.enter("d");
    project
}

fn rows(answer: &Value) -> &[Value] {
    answer["rows"].as_array().unwrap()
}

fn names(answer: &Value) -> Vec<&str> {
    let names = rows(answer).iter().map(|row| row["name"].as_str().unwrap());
    names.collect()
}

#[test]
fn what_was_a_week_ago_is_what_that_day_says() {
    let project = demo();
    for day in ["2020-06-22", "2020-06-28", "2020-07-03", "2020-07-13"] {
        for filter in ["", " --kind village", " --task 海报"] {
            let now = project.json(&format!("status --as-of {day}{filter}"));
            let before = &now["before"];
            let then = before["as_of"].as_str().unwrap();
            let told = project.json(&format!("status --as-of {then}{filter}"));
            for (key, figure) in told["total"].as_object().unwrap() {
                assert_eq!(before[key], *figure, "{day}{filter} {key}");
            }
            let [now, told] =
                [day, then].map(|day| project.json(&format!("lagging --as-of {day}{filter}")));
            let before = &now["before"];
            assert_eq!(before["as_of"], then);
            for row in rows(&now) {
                let lagged = names(&told).contains(&row["name"].as_str().unwrap());
                assert_eq!(row["joined"], !lagged, "{day}{filter} {row}");
            }
            let gone = names(&told)
                .into_iter()
                .filter(|name| !names(&now).contains(name));
            // The supervisor has no row among the others.
            let own = |answer: &Value| u64::from(!answer["supervisor"].is_null());
            let left = gone.count() as u64 + own(&told).saturating_sub(own(&now));
            assert_eq!(before["left"], left, "{day}{filter}");
        }
    }
    // The week of the issue has none before it.
    assert!(project.json("status --as-of 2020-06-17")["before"].is_null());
    let lagging = project.json("lagging --as-of 2020-06-17");
    assert!(lagging["before"].is_null());
    // Whoever asks for a day is told of that day.
    let since = project.json("status --since 6-26");
    assert_eq!(since["before"]["as_of"], "2020-06-26");
}

#[test]
fn a_list_stands_in_the_order_that_was_asked_for() {
    let project = demo();
    #[track_caller]
    fn ordered(project: &Project, line: &str, key: impl Fn(&Value) -> i64) {
        let answer = project.json(line);
        let keys: Vec<i64> = rows(&answer).iter().map(key).collect();
        assert!(keys.len() > 2 && keys.is_sorted(), "{line}: {keys:?}");
    }
    let of = |key: &'static str| {
        // Points may have a fraction.
        move |row: &Value| (row[key].as_f64().unwrap() * 1000.0) as i64
    };
    let most = |key: &'static str| move |row: &Value| -of(key)(row);
    let rate = |row: &Value| {
        let [completed, expected] = ["completed", "expected"].map(|key| row[key].as_i64().unwrap());
        (completed * 1_000_000)
            .checked_div(expected)
            .unwrap_or(i64::MAX)
    };
    ordered(&project, "status --by unit --sort overdue", most("overdue"));
    ordered(
        &project,
        "status --by unit --sort expected",
        most("expected"),
    );
    ordered(&project, "status --by unit --sort rate", rate);
    ordered(&project, "lagging", most("days"));
    ordered(&project, "lagging --sort count", most("overdue"));
    ordered(&project, "board --sort overdue", most("overdue"));
    ordered(&project, "board --sort rate", rate);
    let days = project.json("status --by due --sort due");
    let days: Vec<&str> = rows(&days)
        .iter()
        .filter_map(|row| row["due"].as_str())
        .collect();
    assert!(days.len() > 2 && days.is_sorted(), "{days:?}");
    ordered(&project, "score", of("rank"));
    project.ok("notice --issue");
    ordered(&project, "score --sort deducted", of("deducted"));
    let roster = names(&project.json("board")).join(" ");
    for line in ["score --sort roster", "lagging --sort roster"] {
        let answer = project.json(line);
        let mut places = names(&answer)
            .into_iter()
            .map(|name| roster.find(name).unwrap());
        assert!(places.by_ref().is_sorted(), "{line}");
    }
    let entry = |line: &str| project.json(line)["rows"][0]["id"].clone();
    assert_eq!(
        entry("log -n 3 --sort oldest"),
        project.json("log -n 3")["rows"][2]["id"]
    );
}

#[test]
fn a_list_that_is_cut_short_says_so_in_every_form() {
    let project = demo();
    project.ok("notice --issue");
    for list in ["status --by unit", "lagging", "board", "score", "audit"] {
        let all = rows(&project.json(list)).len();
        let cut = project.json(&format!("{list} -n 1"));
        assert_eq!(rows(&cut).len(), 1, "{list}");
        assert_eq!(cut["omitted"], all - 1, "{list}");
        assert_eq!(project.json(list)["omitted"], 0, "{list}");
        let lines = project.ok(&format!("{list} -n 1 --format jsonl")).stdout;
        assert_eq!(lines.lines().count(), 1, "{list}");
        for form in ["table", "txt", "markdown", "html"] {
            let told = project
                .ok(&format!("{list} -n 1 --format {form} --lang zh-CN"))
                .stdout;
            assert!(told.contains("行未列出"), "{list} {form}: {told}");
            let whole = project
                .ok(&format!("{list} -n {all} --format {form}"))
                .stdout;
            assert!(!whole.contains("not listed"), "{list} {form}: {whole}");
        }
    }
    assert_eq!(project.run("lagging -n 0").code, 2);
}

#[test]
fn what_is_owed_is_found_without_reading() {
    let project = demo();
    let board = project.ok("board --color always --lang zh-CN").stdout;
    let reversed = |text: &str| board.contains(&format!("\u{1b}[7m\u{1b}[31m{text}\u{1b}[0m"));
    assert!(reversed("欠"), "{board}");
    assert!(!reversed("完"), "{board}");
    assert!(!project.ok("board").stdout.contains('\u{1b}'));
    let lagging = project.ok("lagging --color always --lang zh-CN").stdout;
    assert!(lagging.contains("\u{1b}[31m未催\u{1b}[0m"), "{lagging}");
    project.ok("remind");
    let lagging = project.ok("lagging --lang zh-CN").stdout;
    assert!(
        lagging.contains("1次") && !lagging.contains("未催"),
        "{lagging}"
    );
}
