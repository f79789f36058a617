//! Looking: what stands where, as people at a screen see it.

use insta::assert_snapshot;
use unicode_width::UnicodeWidthStr;

use crate::support::{Output, Project, SMALL};

/// The demo in a folder of its own.
fn demo(lang: &str, width: usize) -> Project {
    let mut project = Project::empty().set("DUBAN_LANG", lang).wide(width);
    project.ok("demo d");
    project.enter("d");
    project
}

const LOOKS: &[&str] = &[
    "status",
    "status --by phase --since 2020-06-26",
    "status --by goal",
    "status --by kind --all",
    "status --by unit --area 清江镇 --kind community",
    "lagging --since 6-26",
    "lagging --within 30 --kind village --task 信息",
    "lagging --as-of 2020-11-02 --grace 1",
    "board --kind village",
    "board --as-of 2020-12-31 --phase register --all",
    "board --all --unit 永兴,镇人普办",
    "show 塘坝",
    "show 海报 --kind community",
    "explain 塘坝 海报",
    "explain 洛咖 信息",
    "log -n 4",
    "audit --only no-proof --task 海报",
    "audit --only same-photograph,lookalike,outside-window",
    "todo --as-of 2020-07-27",
    "plan",
    "check --open",
];

#[test]
fn the_demo_in_chinese_at_80_columns() {
    assert_snapshot!(demo("zh-CN", 80).talk(LOOKS));
}

#[test]
fn the_demo_in_english_at_80_columns() {
    assert_snapshot!(demo("en", 80).talk(LOOKS));
}

#[test]
fn a_screen_is_never_overrun() {
    for (lang, width) in [
        ("zh-CN", 60),
        ("en", 60),
        ("zh-CN", 80),
        ("en", 80),
        ("zh-CN", 120),
        ("en", 120),
    ] {
        let project = demo(lang, width);
        for look in LOOKS {
            let output = project.ok(look).stdout;
            for line in output.lines() {
                assert!(
                    line.width() <= width,
                    "{lang} {width} {look}: {} {line}",
                    line.width()
                );
            }
            assert!(
                !output.contains(is_risky),
                "{look}: letters that are wide on some screens and narrow on others"
            );
        }
    }
}

/// Box lines and the letters between Latin and Han whose width depends on the screen; Chinese quotation marks come from the
/// plan's own text.
fn is_risky(c: char) -> bool {
    matches!(c, '\u{2010}'..='\u{2017}' | '\u{2020}'..='\u{206f}' | '\u{2100}'..='\u{2bff}')
}

#[test]
fn the_demo_is_what_a_newcomer_sees() {
    let project = Project::empty().wide(80);
    assert_snapshot!("demo_in_chinese", project.run("demo"));
    let again = project.run("demo");
    assert_eq!(again.code, 2);
    assert_snapshot!("demo_in_a_folder_with_something_in_it", again);
    assert_snapshot!(
        "demo_in_english",
        Project::empty()
            .set("DUBAN_LANG", "en")
            .wide(80)
            .run("demo try")
    );
}

#[test]
fn the_language_is_the_options_then_the_variables_then_the_locales_then_the_plans() {
    let mut project = Project::small();
    project.unset("DUBAN_LANG");
    let says = |project: &Project, line: &str| {
        let text = project.ok(line).stdout;
        if text.contains("应完成") {
            "zh"
        } else {
            "en"
        }
    };
    assert_eq!(says(&project, "status"), "en", "the plan's");
    project.put("LANG", "C");
    assert_eq!(says(&project, "status"), "en", "C says nothing");
    project.put("LANG", "zh_CN.UTF-8");
    assert_eq!(says(&project, "status"), "zh");
    project.put("LC_ALL", "en_GB.UTF-8");
    assert_eq!(says(&project, "status"), "en");
    project.put("DUBAN_LANG", "zh-CN");
    assert_eq!(says(&project, "status"), "zh");
    assert_eq!(says(&project, "status --lang en"), "en");
    assert_eq!(project.run("status --lang fr").code, 2);
}

#[test]
fn a_store_that_was_named_and_is_not_there_is_told() {
    let mut project = Project::small();
    assert_eq!(project.ok("status").stderr, "", "nobody named one");
    assert_snapshot!(project.talk(&[
        "lagging --store nowhere.db --format csv",
        "status --store mysql://office/census",
        "done v1 plan --store mysql://office/census",
    ]));
    project.put("DUBAN_STORE", "duban.db");
    assert!(project.ok("status").stderr.starts_with("warning:"));
    project.ok("done v1 plan");
    assert_eq!(project.ok("status").stderr, "");
}

#[test]
fn names_are_found_by_code_then_whole_then_part_and_narrowed_by_area() {
    let plan = SMALL.replace(
        "code = \"v3\"\nname = \"Cedar\"\nkind = \"village\"\nparent = \"area\"",
        "code = \"south\"\nname = \"South\"\nkind = \"area\"\n\n[[unit]]\ncode = \"v3\"\nname = \"Alder Hill\"\nkind = \"village\"\nparent = \"south\"\n\n\
         [[unit]]\ncode = \"v5\"\nname = \"Birch\"\nkind = \"village\"\nparent = \"south\"",
    );
    let mut project = Project::with_plan(&plan).set("DUBAN_LANG", "en");
    assert_snapshot!(project.talk(&[
        "done Alder plan",
        "done ald plan",
        "done hill plan",
        "done Birch plan",
        "done South/Birch plan",
        "done south/Alder plan",
        "status --unit Birch",
        "status --area West",
        "status --kind vilage",
        "status --task plna",
        "status --task nothing",
        "show nobody",
        "show plna",
        "done v1 st",
        "status --phase p2",
        "status --label x",
        "status --area South --by unit",
    ]));
    project.put("DUBAN_AREA", "South");
    assert_snapshot!(
        "narrowed_by_the_area_of_this_desk",
        project.talk(&["done Birch banner", "lagging"])
    );
}

#[test]
fn a_part_of_a_name_means_the_task_that_is_open_on_the_day() {
    let project = Project::qingjiang();
    for (day, task) in [("2020-06-20", "led"), ("2020-10-20", "month-led")] {
        let mut project = Project::qingjiang();
        project
            .on(day)
            .ok("done 企事业 显示屏 --evidence https://example.invalid/1");
        let log = project.json("log -n 1");
        assert_eq!(log["rows"][0]["task"], task, "{day}");
    }
    let both = project.run("done 企事业 显示屏 --on 2020-07-02");
    assert_eq!(both.code, 2, "neither is open: {both}");
    assert!(
        both.stderr.contains("led LED") && both.stderr.contains("month-led 月LED"),
        "{both}"
    );
}

#[test]
fn a_past_day_and_what_was_known_then() {
    let mut project = Project::small();
    project
        .on("2020-06-20")
        .ok("done v1 plan banner=3 --on 6-18");
    project.on("2020-07-02").ok("done v2 plan --on 6-29");
    project.on("2020-07-03");
    let expected = |line: &str| project.json(line)["total"]["on_time"].as_u64().unwrap();
    assert_eq!(expected("status"), 3);
    assert_eq!(expected("status --as-of 6-18"), 2);
    assert_eq!(expected("status --as-of 6-17"), 0);
    assert_eq!(
        expected("status --as-of 7-1"),
        3,
        "the record acts from its day"
    );
    assert_eq!(
        expected("status --as-of 7-1 --known-by 7-1"),
        2,
        "and was recorded later"
    );
    assert_eq!(expected("status --known-by 6-19"), 0);
    assert_snapshot!(project.talk(&[
        "status --as-of 2020-08-01",
        "status --known-by 2020-08-01",
        "status --since 2020-07-03",
        "status --as-of 7-1 --known-by 7-1",
    ]));
}

#[test]
fn telephone_numbers_are_masked_wherever_somebody_wrote_them() {
    let mut project = Project::small();
    std::fs::write(project.path("13812341234.txt"), "list").unwrap();
    project.ok("done v1 banner --on 6-20 --from 'Ann 13812341234' --note 'call 0827-5225566' --evidence 13812341234.txt");
    project.ok("return v1/banner --reason 'call +86 138 1234 1234'");
    project.ok("commend v2 --reason 'call 138-1234-1234'");
    project.ok("excuse v3 plan --reason 'call 13812341234'");
    project.write(
        "duban.toml",
        project.read("duban.toml").replace(
            "name = \"Birch\"\n",
            "name = \"Birch\"\ncontact = \"Bob 13812341234\"\n",
        ),
    );
    project.ok("apply --reason 'call 13812341234'");
    project.put("DUBAN_ACTOR", "Lee 13812341234");
    project.ok("notice --issue --leave-out v3 --reason 'call 13812341234'");
    project.on("2020-07-05");
    for command in [
        "log -n 50",
        "show v1",
        "show v1/banner",
        "explain v1 banner",
        "audit --all",
        "todo",
        "notice 1",
        "notice --list",
        "lagging",
        "board",
        "remind --dry-run",
        "show v2",
    ] {
        for format in ["table", "json", "html"] {
            if command == "notice 1" && format == "table" {
                continue;
            }
            let output = project.ok(&format!("{command} --format {format}"));
            for digits in ["1234123", "1234-1234", "1234 1234", "5225566"] {
                assert!(!output.stdout.contains(digits), "{command}: {output}");
            }
        }
    }
    let rows = project.json("lagging")["rows"].to_string();
    assert!(rows.contains("Bob 138****1234"), "{rows}");
}
/// Nine thousand units are looked at in parts, on a machine with several cores; those of an area never are.
#[test]
fn many_units_are_told_in_parts_as_they_are_in_one() {
    let mut roster = "code,name,kind,parent,households\n5,第五省,province,,\n".to_string();
    let mut records = "unit,task,date,count\n".to_string();
    for unit in 0..9000 {
        let kind = ["village", "community", "school"][unit / 2000 % 3];
        roster.push_str(&format!("u{unit},单位{unit},{kind},5,{}\n", unit % 40));
        match unit % 9 {
            0..4 if kind != "school" => {
                records.push_str(&format!("u{unit},banner,2020-06-{:02},1\n", 16 + unit % 15))
            }
            4..6 if kind != "community" => {
                records.push_str(&format!("u{unit},visit,2020-07-02,{}\n", 1 + unit % 20));
            }
            _ => {}
        }
    }
    let project = Project::with_plan(MANY);
    project.write("units.csv", roster);
    project.write("records.csv", records);
    project.ok("import records.csv");
    for look in [
        "status --since 2020-06-25",
        "status --by kind",
        "status --by unit",
        "status --by goal",
        "lagging --within 40 --since 2020-06-25",
    ] {
        let (parts, one) = (
            project.json(look),
            project.json(&format!("{look} --area 5")),
        );
        assert_eq!(one["filter"]["area"], "5", "{look}");
        let one = {
            let mut whole = one;
            whole["filter"] = serde_json::Value::Null;
            whole
        };
        assert_eq!(parts, one, "{look}");
    }
}

const MANY: &str = r#"
[plan]
id = "many"
title = "多单位"
issuer = "示例"
issued = 2020-06-16
roster = "units.csv"

[[goal]]
id = "known"
name = "知晓"

[[phase]]
id = "p"
name = "阶段"
from = "2020-06"
to = "2020-09"

[[phase.activity]]
id = "banner"
name = "横幅"
due = "2020-06"
who = ["village", "community"]
goals = ["known"]

[[phase.activity]]
id = "visit"
name = "入户"
milestone = [ { due = "2020-06", share = 0.25 }, { due = "2020-07", share = 0.75 } ]
who = ["village", "school"]
target = { share = 0.5, of = "households", measure = "户" }
"#;

#[test]
fn the_log_has_every_entry_but_on_a_screen() {
    let project = Project::small();
    for _ in 0..60 {
        project.ok("commend v1 --reason 'well done'");
    }
    let entries = project.ok("log --format jsonl").stdout.lines().count();
    let all = project.json("log");
    assert_eq!(all["rows"].as_array().map(Vec::len), Some(entries));
    assert!(entries > 60 && all["more"] == false, "{entries}");
    assert_eq!(
        project.ok("log --format csv").stdout.lines().count(),
        entries + 1
    );
    project.ok("log -o log.txt");
    assert_eq!(project.read("log.txt").matches("well done").count(), 60);
    assert_eq!(project.ok("log").stdout.matches("well done").count(), 50);
    assert_eq!(
        project.json("log -n 3")["rows"].as_array().map(Vec::len),
        Some(3)
    );
    project.ok("log -n 3 -o log.txt");
    assert!(
        !project.read("log.txt").contains("--limit"),
        "a file cannot ask for more"
    );
    assert_eq!(
        project.run("log -n 0").code,
        2,
        "a list of nothing answers nothing"
    );
}

#[test]
fn what_an_answer_is_about_is_said_under_its_title() {
    let project = Project::small();
    project.ok("done v1 banner=3 --on 6-20");
    let filters = "--area North --kind village --unit v1 --task banner --phase First";
    let said = project.ok(&format!("log {filters}")).stdout;
    let scope = said.lines().nth(1).unwrap();
    assert_eq!(
        scope,
        "scope: North; village; phase First; task banner; unit Alder"
    );
    assert_eq!(
        project.json(&format!("log {filters}"))["filter"],
        serde_json::json!({
            "area": "area", "kind": ["village"], "label": [], "phase": ["p1"], "task": ["banner"], "unit": ["v1"],
        })
    );
    assert_eq!(project.json("todo")["filter"], serde_json::Value::Null);
    assert!(!project.ok("log").stdout.contains("scope:"));
}

#[test]
fn every_command_that_can_be_narrowed_says_its_scope_in_every_format() {
    // Points go by units: a score has no task to be about.
    let lines = [
        (
            "todo",
            "--kind village --task banner",
            "village; task banner",
        ),
        (
            "status",
            "--kind village --task banner",
            "village; task banner",
        ),
        (
            "lagging",
            "--kind village --task banner",
            "village; task banner",
        ),
        (
            "board",
            "--kind village --task banner",
            "village; task banner",
        ),
        ("show v1", "--task banner", "task banner"),
        ("show banner", "--kind village", "village"),
        (
            "log",
            "--kind village --task banner",
            "village; task banner",
        ),
        (
            "audit",
            "--kind village --task banner",
            "village; task banner",
        ),
        (
            "remind --dry-run",
            "--kind village --task banner",
            "village; task banner",
        ),
        ("remind --dry-run --by task", "--kind village", "village"),
        ("score", "--kind village", "village"),
        (
            "report",
            "--kind village --task banner",
            "village; task banner",
        ),
        (
            "plan",
            "--kind village --task banner",
            "village; task banner",
        ),
        (
            "calendar",
            "--kind village --task banner",
            "village; task banner",
        ),
    ];
    let assessed = SMALL.to_string() + "\n[assessment]\nbase = 100\n";
    let mut project = Project::with_plan(&assessed).set("DUBAN_LANG", "en");
    project.ok("done v1 banner=3 --on 6-20");
    let help = project.ok("--help").stdout;
    let commands = help.lines().filter_map(|line| line.strip_prefix("  "));
    let commands =
        commands.filter_map(|line| line.split(' ').next().filter(|name| !name.is_empty()));
    let mut narrowed = 0;
    for command in commands.filter(|name| name.chars().all(|c| c.is_ascii_lowercase())) {
        let told = project.run(&format!("{command} --help"));
        // Verdicts are on what they are narrowed to, and tell each.
        let verdict = ["accept", "return"].contains(&command);
        if told.code == 0 && told.stdout.contains("--kind <KIND>") && !verdict {
            narrowed += 1;
            let tried = |(line, ..): &(&str, &str, &str)| line.split(' ').next() == Some(command);
            assert!(lines.iter().any(tried), "{command} is not tried");
        }
    }
    assert!(narrowed > 8, "{help}");
    // What is to be pasted into a chat has its scope beside it.
    let told = |output: &Output| format!("{}{}", output.stdout, output.stderr);
    for (line, filter, scope) in lines {
        for format in ["table", "markdown", "html", "txt"] {
            let whole = told(&project.ok(&format!("{line} --format {format}")));
            assert!(!whole.contains("scope:"), "{line} {format}\n{whole}");
            let part = told(&project.ok(&format!("{line} {filter} --format {format}")));
            assert!(
                part.contains(&format!("scope: {scope}")),
                "{line} {format}\n{part}"
            );
        }
        let whole = project.json(line)["filter"].clone();
        assert_eq!(whole, serde_json::Value::Null, "{line}");
        let part = project.json(&format!("{line} {filter}"))["filter"].clone();
        let kinds = serde_json::json!(["village"]);
        assert_eq!(
            part["kind"] == kinds,
            filter.contains("--kind"),
            "{line}: {part}"
        );
        let area = project.put("DUBAN_AREA", "North").json(line)["filter"].clone();
        assert_eq!(area["area"], "area", "{line}");
        project.unset("DUBAN_AREA");
    }
}

/// A name of forty letters takes two lines on a screen, and stands whole in files.
#[test]
fn a_long_name_does_not_widen_a_screen() {
    let assessment = "[assessment]\nbase = 100\nwho = [\"village\"]\n[[assessment.rule]]\nid = \"overdue\"\non = \"overdue\"\npoints = -1\n[[phase]]";
    let han = "长".repeat(40);
    let names = [
        "Llanfairpwllgwyngyllgogerychwyrndrobwlll",
        &han,
        "Upper Saint Mary under the Long Hill road",
    ];
    let mut plan = SMALL.replacen("[[phase]]", assessment, 1);
    for (short, long) in ["Alder", "Birch", "Cedar"].iter().zip(names) {
        plan = plan.replace(short, long);
    }
    for width in [80, 120] {
        let mut project = Project::with_plan(&plan)
            .set("DUBAN_LANG", "en")
            .wide(width);
        project.on("2020-07-02");
        project.ok("done v1,v2 banner=3 --on 6-20");
        project.ok("return v2/banner --reason blurred --due 7-2");
        project.ok("notice --issue");
        project.on("2020-07-03");
        for look in [
            "board --all",
            "status --by unit",
            "lagging",
            "score",
            "score --detail",
            "todo",
            "log",
            "show v1",
            "show banner",
            "explain v2 banner",
            "audit",
            "notice --list",
            "report",
        ] {
            let said = project.ok(look).stdout;
            for line in said.lines() {
                assert!(line.width() <= width, "{width} {look}: {line}\n{said}");
            }
        }
    }
    let project = Project::with_plan(&plan).set("DUBAN_LANG", "en").wide(80);
    for form in ["markdown", "csv", "html"] {
        let said = project.ok(&format!("board --all --format {form}")).stdout;
        assert!(
            names.iter().all(|name| said.contains(name)),
            "{form}\n{said}"
        );
    }
}
