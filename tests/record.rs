//! Recording: `done`, `correct`, `undo`, `excuse`, `extend`, `instruct`, `apply`, as somebody types them.

use insta::assert_snapshot;

use crate::support::{Project, SMALL};

#[test]
fn done_records_units_and_tasks_together() {
    let project = Project::small();
    assert_snapshot!(project.talk(&[
        "done v1,Birch banner=2 plan --on 6-20 --note 'seen on the spot' --via visit --from Ann",
        "done Alder banner --on 2020-06-25",
        "done v1 banner --on 2020-06-25",
        "done Cedar report --nil --on 6-30",
        "done Cedar report --nil --for 2020-06 --on today",
        "done office 'own plan' --on yesterday --evidence https://example.invalid/plan",
        "status",
        "log",
    ]));
}

#[test]
fn done_refuses_everything_with_every_reason() {
    let project = Project::small();
    assert_snapshot!(project.talk(&[
        "done v1,office banner=0 plan=2 --on 2020-07-04",
        "done v1 banner=-1",
        "done v1 banner=1000000000000",
        "done v1 banner=two",
        "done v1 banner=0.0001",
        "done v1 banner=1 --total 3",
        "done v1 plan --nil",
        "done v1 plan --for 2020-06",
        "done v1 report --for 2020-12",
        "done v1 banner --form poster",
        "done v1 plan --on 2020-02-30",
        "done v1 plan --on someday",
        "done v1 plan --on 1990-01-01",
        "done Adler plan",
        "done v1 baner",
        "done e plan",
        "done v1 plan --evidence nowhere.jpg",
        "done v1",
        "done",
    ]));
    assert!(
        !project.path("duban.db").exists(),
        "what was refused wrote nothing"
    );
}

#[test]
fn done_warns_where_the_record_is_true_all_the_same() {
    let mut project = Project::small();
    assert_snapshot!(project.talk(&[
        "done v1 plan --on 2020-05-20",
        "extend v1 plan --due 6-1 --reason flood",
        "done v1 notice --on 6-20",
        "done v1 banner=3 --on 6-20",
        "done v1 banner=3 --on 6-20",
        "done v1 banner=500 --on 6-21",
        "done v1 report --on 2020-09-10",
    ]));
    project.on("2020-09-10");
    assert_snapshot!(
        "after_the_last_period",
        project.talk(&["done v1 report", "status --by unit"])
    );
}

#[test]
fn a_record_before_its_window_opens_is_kept_and_fulfils_nothing() {
    let mut project = Project::qingjiang().set("DUBAN_LANG", "en");
    project.on("2020-10-05");
    assert_snapshot!(project.talk(&[
        "done 中小学 小手 --on 9-20",
        "explain 中小学 小手",
        "done 中小学 小手 --on 10-4",
        "explain 中小学 小手",
    ]));
}

#[test]
fn correct_and_undo_leave_the_journal_whole() {
    let project = Project::small();
    assert_snapshot!(project.talk(&[
        "done v1 banner=2 --on 6-20",
        "correct v1/banner --count 3",
        "show v1/banner",
        "undo",
        "undo",
        "undo",
        "undo v1/banner",
        "undo nothing",
        "correct v1/banner --count -3",
        "log --format csv",
    ]));
}

#[test]
fn exceptions_need_a_reason_and_move_what_is_due() {
    let project = Project::small();
    assert_snapshot!(project.talk(&[
        "excuse v1 plan",
        "excuse v1 plan --reason ' '",
        "excuse v1 plan --reason 'merged with v2'",
        "extend v2 banner --due 2020-06-20 --reason flood",
        "extend v2 banner --due 7-10 --reason flood",
        "extend v2 report --due 7-10 --for 2020-06 --reason flood",
        "instruct plan --due 7-31 --reason 'order 7'",
        "instruct notice --due 7-31 --reason 'order 7'",
        "instruct notice --due 8-10 --reason 'order 8'",
        "excuse office banner --reason why",
        "board",
        "explain v2 banner",
        "explain v1 plan",
        "undo",
        "show notice",
        "log --limit 3",
    ]));
}

#[test]
fn what_falls_due_next_knows_of_extensions_and_orders() {
    let project = Project::small();
    let next = |project: &Project| {
        let status = project.json("status");
        let first = &status["next"][0];
        (
            first["task"].clone(),
            first["due"].clone(),
            first["units"].clone(),
        )
    };
    project.ok("instruct notice --due 7-20 --reason 'order 7'");
    assert_eq!(
        next(&project),
        ("notice".into(), "2020-07-20".into(), 3.into())
    );
    project.ok("extend v2 banner --due 7-10 --reason flood");
    assert_eq!(
        next(&project),
        ("banner".into(), "2020-07-10".into(), 1.into())
    );
    project.ok("done v2 banner=3");
    assert_eq!(
        next(&project),
        ("notice".into(), "2020-07-20".into(), 3.into())
    );
}

#[test]
fn whatever_an_amendment_changes_of_the_figures_leaves_a_trace() {
    let rules = "[assessment]\nbase = 100\n[[assessment.rule]]\nid = \"late\"\non = \"overdue\"\npoints = -1\n";
    let plan = SMALL.replacen("[plan]\n", "[plan]\ngrace = 0\n", 1) + rules;
    for (from, to, told) in [
        (
            "grace = 0",
            "grace = 5",
            "`grace` of the plan changed: 0 -> 5",
        ),
        (
            "grace = 0",
            "grace = 0\nrectify = 9",
            "`rectify` of the plan changed: 5 -> 9",
        ),
        (
            "grace = 0",
            "grace = 0\nends = 2020-08-31",
            "`ends` of the plan changed: - -> 2020-08-31",
        ),
        (
            "points = -1",
            "points = -3\ncap = 9",
            "`rule late` of the plan changed: overdue -1 -> overdue -3, cap 9",
        ),
        (
            "base = 100",
            "base = 90",
            "`base` of the plan changed: 100 -> 90",
        ),
        (
            "nil = true",
            "nil = false",
            "`nil` changed: report true -> false",
        ),
        (
            "short = \"banner\"",
            "short = \"banner\"\noptional = true",
            "`optional` changed: banner false -> true",
        ),
        (
            "short = \"banner\"",
            "short = \"banner\"\ncounts = \"total\"",
            "`counts` changed: banner - -> total",
        ),
    ] {
        assert!(plan.contains(from), "{from}");
        let mut project = Project::with_plan(&plan).set("DUBAN_LANG", "en");
        project.ok("apply");
        project
            .on("2020-07-03")
            .write("duban.toml", plan.replacen(from, to, 1));
        for line in ["apply --dry-run", "apply", "log"] {
            let output = project.ok(line);
            assert!(output.stdout.contains(told), "{told}\n{line}\n{output}");
        }
    }
}

#[test]
fn the_first_apply_has_nothing_to_compare_with() {
    assert_snapshot!(Project::small().talk(&["apply --dry-run", "apply"]));
}

#[test]
fn a_changed_plan_is_applied_and_says_what_it_changes() {
    let mut project = Project::small();
    project.on("2020-06-20").ok("done v1 banner=3 plan");
    let text = project.read("duban.toml");
    project.write(
        "duban.toml",
        text.replace(
            "title = \"Small plan\"",
            "title = \"Small plan\" # a comment",
        ),
    );
    assert_snapshot!(
        "a_comment_is_no_change",
        project.talk(&["status", "apply", "done v2 plan"])
    );
    let changed = text
        .replace("due = 2020-06-30", "due = 2020-06-24")
        .replace("count = 3", "count = 4")
        .replace(
            "id = \"plan\"\nname = \"Write a plan\"",
            "id = \"scheme\"\nname = \"Write a scheme\"",
        )
        .replace(
            "name = \"Birch\"\n",
            "name = \"Birch\"\ncontact = \"Bob\"\nuntil = 2020-06-22\n",
        )
        + "\n[[unit]]\ncode = \"v4\"\nname = \"Dogwood\"\nkind = \"village\"\nparent = \"area\"\nwas = [\"v2\"]\n";
    project.write("duban.toml", &changed);
    project.on("2020-07-03");
    assert_snapshot!(project.talk(&[
        "status",
        "done v3 banner",
        "apply --dry-run",
        "apply --reason 'meeting of 1 July'",
        "apply",
        "lagging",
        "show v2",
        "explain v3 banner",
        "log --format csv",
    ]));
    project.write(
        "duban.toml",
        changed.replace("code = \"v1\"", "code = \"v9\""),
    );
    assert_snapshot!("a_unit_with_entries_stays", project.talk(&["apply"]));
    project.write(
        "duban.toml",
        changed.replace("id = \"small\"", "id = \"other\""),
    );
    assert_snapshot!(
        "another_plan",
        project.talk(&["status", "apply", "done v1 plan"])
    );
}

#[test]
fn naming_a_contact_is_a_duty_and_who_was_contact_stays_in_the_history() {
    let task = "\n[[phase.activity.task]]\nid = \"contact\"\nname = \"Name a contact\"\nshort = \"contact\"\nwho = [\"village\"]\n\
                by_roster = \"contact\"\ndue = 2020-06-24\n";
    let before = "\n[[phase.activity.task]]\nid = \"notice\"";
    let small = SMALL;
    let text = small.replacen(before, &format!("{task}{before}"), 1);
    assert_ne!(text, small);
    let mut project = Project::with_plan(&text).set("DUBAN_LANG", "en").wide(80);
    project.on("2020-06-20");
    project.ok("done v3 banner --on 6-19");
    project.on("2020-07-01");
    let named = |contact: &str| {
        let row = format!("name = \"Birch\"\n{contact}");
        text.replacen("name = \"Birch\"\n", &row, 1)
    };
    project.write(
        "duban.toml",
        named("contact = \"Bob\"\nphone = \"13811112222\"\n"),
    );
    project.ok("apply --reason named");
    project.on("2020-07-05");
    project.write(
        "duban.toml",
        named("contact = \"Bea\"\nphone = \"13933334444\"\n"),
    );
    project.ok("apply --reason replaced");
    assert_snapshot!(project.talk(&[
        "done v2 contact",
        "show v2",
        "explain v2 contact --as-of 6-30",
        "explain v2 contact",
        "explain v3 contact",
        "lagging --task contact",
    ]));
    assert!(
        project
            .ok("show v2 --show-phone")
            .stdout
            .contains("13933334444")
    );

    project.on("2020-07-09");
    project.write("duban.toml", &text);
    assert_snapshot!(
        "a_contact_that_is_named_no_more",
        project.talk(&[
            "apply --reason left",
            "show v2",
            "explain v2 contact",
            "log --unit v2",
            "log --unit v2 --lang zh-CN",
        ])
    );
}

#[test]
fn two_runs_in_one_process_know_nothing_of_each_other() {
    let english = Project::small();
    let chinese = Project::small().set("DUBAN_LANG", "zh-CN");
    let first = english.ok("done v1 plan");
    let second = chinese.ok("done v1 plan");
    assert!(first.stderr.contains("recorded"), "{first}");
    assert!(second.stderr.contains("已登记"), "{second}");
    let records = english.ok("log --format csv").stdout;
    assert_eq!(records.matches(",record,").count(), 1, "{records}");
}

#[test]
fn a_day_without_its_year_is_never_one_that_nobody_meant() {
    let project = Project::small();
    for (day, said) in [
        ("7-4", "in the future"),
        ("8月25日", "in the future"),
        ("4日", "in the future"),
        ("5-31", "write the year"),
        ("5月1日", "write the year"),
    ] {
        let refused = project.run(&format!("done v1 plan --on {day}"));
        assert_eq!(refused.code, 2, "{day}");
        assert!(refused.stderr.contains(said), "{day}: {}", refused.stderr);
    }
    assert!(!project.path("duban.db").exists());
    for (day, found) in [
        ("28日", "2020-06-28"),
        ("前天", "2020-07-01"),
        ("上周五", "2020-06-26"),
        ("６．２９", "2020-06-29"),
        ("2020-06-30T23:30:00Z", "2020-06-30"),
    ] {
        let done = project.ok(&format!("done v1 banner --on {day}"));
        assert!(done.stderr.contains(found), "{day}: {}", done.stderr);
    }
}

#[test]
fn an_amendment_says_what_it_changed_and_the_journal_keeps_it() {
    let mut project = Project::small().wide(80);
    project.on("2020-06-20");
    project.ok("done v1 banner=3 plan");
    project.ok("done v2 banner=2");
    let plan = project.read("duban.toml");
    let amended = plan
        .replacen("count = 3", "count = 2", 1)
        .replacen(
            "name = \"Write a plan\"",
            "name = \"Write a scheme\"\nevidence = \"required\"\ndue = 2020-07-10",
            1,
        )
        .replacen("contact = \"Ann\"", "contact = \"Ben\"", 1);
    project.write("duban.toml", &amended);
    project.on("2020-07-03");
    assert_snapshot!(project.talk(&[
        "apply --reason 'meeting of 1 July'",
        "log -n 1 --as-of 7-3 --actor 王干事 --unit v1",
        "explain v2 banner",
        "explain v2 plan",
    ]));
    let log = project.json("log");
    let rows = log["rows"].as_array().unwrap();
    let apply = rows
        .iter()
        .find(|row| row["kind"] == "apply" && row["note"] == "meeting of 1 July")
        .unwrap();
    let changes = apply["changes"].as_array().unwrap();
    let told: Vec<(&str, &str, &str)> = changes
        .iter()
        .map(|change| {
            let text = |key: &str| change[key].as_str().unwrap_or_default();
            (text("what"), text("from"), text("to"))
        })
        .collect();
    assert_eq!(
        told,
        [
            ("target", "3 pcs", "2 pcs"),
            ("name", "Write a plan", "Write a scheme"),
            ("due", "2020-06-30", "2020-07-10"),
            ("evidence", "none", "required"),
        ]
    );
    // Before the amendment nobody knew of it.
    let before = project.json("explain v2 banner --known-by 7-2").to_string();
    assert!(!before.contains("2 pcs"), "{before}");
    // Another store that takes the journal over tells the same.
    let mut other = Project::with_plan(&plan).set("DUBAN_LANG", "en");
    other.on("2020-07-03");
    other.write("journal.jsonl", project.ok("export").stdout);
    other.ok("import journal.jsonl");
    let rows = other.json("log");
    assert!(rows.to_string().contains("\"what\":\"target\""), "{rows}");
}

#[test]
fn contacts_named_before_the_apply_count_from_the_day_that_is_given() {
    let task = "\n[[phase.activity.task]]\nid = \"contact\"\nname = \"Name a contact\"\nby_roster = \"contact\"\ndue = 2020-06-24\n";
    let before = "\n[[phase.activity.task]]\nid = \"notice\"";
    let plan = SMALL.replacen(before, &format!("{task}{before}"), 1);
    let mut project = Project::with_plan(&plan).set("DUBAN_LANG", "en");
    project.on("2020-06-20").ok("done v1 plan");
    let named = plan.replacen("name = \"Birch\"", "name = \"Birch\"\ncontact = \"Bob\"", 1);
    project.write("duban.toml", named);
    project.on("2020-07-03");
    let said = project
        .ok("apply --on 6-22 --reason 'named by telephone' --dry-run")
        .stdout;
    assert!(said.contains("Birch no contact -> Bob"), "{said}");
    assert!(
        said.contains("now completed, 1 item: Birch Name a contact"),
        "{said}"
    );
    project.ok("apply --on 6-22 --reason 'named by telephone'");
    let standing = |unit: &str| {
        project.json(&format!("show {unit}"))["rows"]
            .as_array()
            .unwrap()
            .iter()
            .find(|row| row["code"] == "contact")
            .unwrap()["standing"]
            .clone()
    };
    assert_eq!(standing("v2"), "done", "by 22 June, before it was due");
    assert_eq!(standing("v3"), "overdue");
    assert_eq!(project.run("apply --on 7-9").code, 2, "not in the future");
}

#[test]
fn the_first_apply_can_date_its_contacts_too() {
    let task = "\n[[phase.activity.task]]\nid = \"contact\"\nname = \"Name a contact\"\nby_roster = \"contact\"\ndue = 2020-06-24\n";
    let before = "\n[[phase.activity.task]]\nid = \"notice\"";
    let plan = SMALL.replacen(before, &format!("{task}{before}"), 1);
    let project = Project::with_plan(&plan).set("DUBAN_LANG", "en");
    project.ok("apply --on 6-20");
    let shown = project.json("show v1");
    let row = shown["rows"]
        .as_array()
        .unwrap()
        .iter()
        .find(|row| row["code"] == "contact")
        .unwrap();
    assert_eq!(row["standing"], "done");
}

fn merged() -> Project {
    let unit = |code: &str, name: &str, more: &str| {
        format!("\n[[unit]]\ncode = \"{code}\"\nname = \"{name}\"\nkind = \"village\"\n{more}\n")
    };
    let plan = SMALL.to_string()
        + &unit("old", "Dell", "until = 2020-06-20")
        + &unit("new", "Elm", "since = 2020-06-10\nwas = [\"old\"]")
        + &unit("lost", "Fern", "until = 2020-06-20");
    Project::with_plan(&plan).set("DUBAN_LANG", "en")
}

#[test]
fn a_day_outside_a_unit_s_own_is_refused_with_its_successor() {
    let project = merged();
    project.ok("done old plan --on 6-20");
    project.ok("done new plan --on 6-10");
    let too_late = "2020-06-21 is after the unit's last day in the roster, 2020-06-20";
    let too_early = "2020-06-09 is before the unit's first day in the roster, 2020-06-10";
    let hint = "hint: taken over by new Elm";
    for (line, why, hinted) in [
        ("done old plan --on 6-21", too_late, true),
        ("done Dell banner=3 --on 6-21", too_late, true),
        ("done lost plan --on 6-21", too_late, false),
        ("done new plan --on 6-9", too_early, false),
        ("correct old/plan --on 6-21", too_late, true),
        ("correct new/plan --on 6-9", too_early, false),
    ] {
        let output = project.run(line);
        assert_eq!(output.code, 2, "{line}: {output}");
        assert!(output.stderr.contains(why), "{line}: {output}");
        assert_eq!(output.stderr.contains(hint), hinted, "{line}: {output}");
    }
    for (unit, day, why, hinted) in [
        ("old", "2020-06-21", too_late, true),
        ("Dell", "2020-06-21", too_late, true),
        ("lost", "2020-06-21", too_late, false),
        ("new", "2020-06-09", too_early, false),
    ] {
        project.write(
            "l.csv",
            format!("unit,task,on,count\n{unit},banner,{day},3\n"),
        );
        let output = project.run("import l.csv");
        assert_eq!(output.code, 2, "{unit}: {output}");
        assert!(output.stderr.contains(why), "{unit}: {output}");
        assert_eq!(
            output.stderr.contains("taken over by new Elm"),
            hinted,
            "{unit}: {output}"
        );
    }
    assert_eq!(
        project
            .ok("log --format csv")
            .stdout
            .matches(",record,")
            .count(),
        2
    );
}

#[test]
fn the_answer_says_for_which_period_it_counted_and_what_stays_open() {
    let project = Project::small();
    for (line, wanted) in [
        ("done v1 banner=1 --on 6-20", "1/3 pcs so far, 2 to go"),
        (
            "done v1 banner=1.5 --on 6-21",
            "2.5/3 pcs so far, 0.5 to go",
        ),
        ("done v1 banner=4 --on 6-22", "6.5/3 pcs, complete"),
        ("done v1 report --on 6-22", "for 2020-06-30"),
        ("done v1 report --on 7-2 --for 2020-06", "for 2020-06-30"),
        ("correct v1/report --on 6-23", "for 2020-06-30"),
        ("correct v1/banner --count 2", "4.5/3 pcs, complete"),
    ] {
        let output = project.ok(line);
        let first = output
            .stderr
            .lines()
            .find(|line| line.contains("->") || line.starts_with("recorded"));
        assert!(first.unwrap().ends_with(wanted), "{line}: {output}");
    }
    let plain = project.ok("done v2 plan --on 6-20").stderr;
    assert!(
        plain.trim_end().ends_with("2020-06-20"),
        "nothing to add: {plain}"
    );
    let project = Project::qingjiang();
    let output = project.ok("done 塘坝 海报=12 --on 6-20");
    assert!(output.stderr.contains("累计 12/20张，还差 8"), "{output}");
}

#[test]
fn a_record_that_puts_a_returned_one_right_is_not_too_many() {
    let project = Project::small();
    project.ok("done v1 plan --on 6-20");
    let again = "already completed on 2020-06-20";
    assert!(project.ok("done v1 plan --on 6-21").stderr.contains(again));
    project.ok("undo");
    project.ok("return v1/plan --reason blurred --on 6-22");
    let output = project.ok("done v1 plan --on 6-25");
    assert!(!output.stderr.contains("already completed"), "{output}");
    // That one stands now.
    assert!(
        project
            .ok("done v1 plan --on 6-26")
            .stderr
            .contains("already completed on 2020-06-25")
    );
    // Another copy of it is not, until the first is returned: it may have another proof.
    for (line, hints) in [
        ("done v2 banner=3 --on 6-20", false),
        ("done v2 banner=3 --on 6-20", true),
        ("done v3 report --nil --on 6-20", false),
        ("done v3 report --nil --on 6-20", true),
    ] {
        let output = project.ok(line);
        assert_eq!(output.stderr.contains("identical"), hints, "{output}");
    }
    // Another form, remark or proof makes it another record.
    project.write("proof.txt", "seen");
    for line in [
        "done v2 banner=3 --on 6-20 --note north",
        "done v2 banner=3 --on 6-20 --evidence proof.txt",
        "done v3 report --nil --on 6-20 --note nothing",
    ] {
        let output = project.ok(line);
        assert!(!output.stderr.contains("identical"), "{output}");
        let output = project.ok(line);
        assert!(output.stderr.contains("identical"), "{output}");
        project.ok("undo");
        project.ok("undo");
    }
    for line in ["undo", "undo v2/banner"] {
        project.ok(line);
    }
    for (first, again) in [
        ("done v2 plan --on 6-20", "done v2 plan --on 6-20"),
        ("done v2 banner=3 --on 6-21", "done v2 banner=3 --on 6-21"),
        (
            "done v2 report --nil --on 6-20",
            "done v2 report --nil --on 6-20",
        ),
    ] {
        let id = project.ok(first).stdout;
        project.ok(&format!("return {} --reason blurred", id.trim()));
        let output = project.ok(again);
        assert!(!output.stderr.contains("identical"), "{output}");
    }
}

#[test]
fn done_and_import_refuse_and_advise_in_the_same_words() {
    let project = Project::small();
    for (command, header, row) in [
        (
            "done v1 plan --form poster --on 6-20",
            "form",
            "plan,2020-06-20,poster",
        ),
        (
            "done v1 plan --for 2020-06 --on 6-20",
            "for",
            "plan,2020-06-20,2020-06",
        ),
        (
            "done v1 office-plan --note x --on 6-20",
            "note",
            "office-plan,2020-06-20,x",
        ),
        (
            "done v1 banner=3 --nil --on 6-20",
            "count,nil",
            "banner,2020-06-20,3,yes",
        ),
        (
            "done v1 banner='3 t' --on 6-20",
            "count",
            "banner,2020-06-20,3 t",
        ),
    ] {
        let done = project.run(command);
        assert_eq!(done.code, 2, "{command}: {done}");
        project.write("l.csv", format!("unit,task,on,{header}\nv1,{row}\n"));
        let import = project.run("import l.csv");
        for line in done
            .stderr
            .lines()
            .filter(|line| line.contains("v1") || line.contains("Alder"))
        {
            let why = line.rsplit_once(": ").unwrap().1;
            assert!(import.stderr.contains(why), "{command}: {done}{import}");
        }
    }
    let done = project.ok("done v1 banner=500 --on 6-20").stderr;
    project.write("l.csv", "unit,task,on,count\nv2,banner,2020-06-20,500\n");
    let import = project.ok("import l.csv").stderr;
    let warning = "far above the target of 3";
    assert!(
        done.contains(warning) && import.contains(warning),
        "{done}{import}"
    );
    let project = Project::qingjiang().set("DUBAN_LANG", "en");
    project.write("l.csv", "unit,task,on,count\n大排村,海报,2020-06-20,20\n");
    for line in ["done 塘坝 海报=20 --on 6-20", "import l.csv"] {
        let output = project.ok(line);
        assert!(
            output.stderr.contains("evidence is expected"),
            "{line}: {output}"
        );
    }
}

#[test]
fn a_running_total_where_counts_add_up_records_what_is_missing_to_it() {
    let project = Project::small();
    for (line, wanted) in [
        (
            "done v1 banner --total 2 --on 6-20",
            "banner 2 pcs 2020-06-20  2/3 pcs so far, 1 to go",
        ),
        (
            "done v1 banner --total 3pcs --on 6-25",
            "banner 1 pcs 2020-06-25  3/3 pcs, complete",
        ),
        // By an earlier day there was less.
        (
            "done v1 banner --total 2.5 --on 6-22",
            "banner 0.5 pcs 2020-06-22  3.5/3 pcs, complete",
        ),
        (
            "done v1 banner --total 10",
            "banner 6.5 pcs 2020-07-03  10/3 pcs, complete",
        ),
        ("correct v1/banner --total 4", "4/3 pcs, complete"),
        (
            "done v2,v3 banner --total 2 --on 6-20",
            "2/3 pcs so far, 1 to go",
        ),
        (
            "done v1 report --total 5 --on 6-20",
            "report 5 2020-06-20  for 2020-06-30",
        ),
        (
            "done v1 report --total 6 --on 7-2 --for 2020-06",
            "report 2020-07-02  for 2020-06-30",
        ),
    ] {
        let output = project.ok(line);
        let told = output.stderr.lines().any(|line| line.ends_with(wanted));
        assert!(told, "{line}: {wanted}\n{output}");
    }
    // What was returned or undone is missing again.
    project.ok("return v2/banner --reason blurred");
    let output = project.ok("done v2 banner --total 3 --on 6-26");
    assert!(output.stderr.contains("banner 3 pcs"), "{output}");
    project.ok("undo v2/banner");
    let output = project.ok("done v2 banner --total 1 --on 6-27");
    assert!(output.stderr.contains("banner 1 pcs"), "{output}");
}

#[test]
fn a_running_total_to_which_nothing_is_missing_is_refused() {
    let project = Project::small();
    project.ok("done v1 banner=3 --on 6-20");
    let before = project.ok("log --format csv").stdout;
    for (line, en, zh) in [
        (
            "done v1 banner --total 3 --on 6-22",
            "the records up to 2020-06-22 add up to 3 already; a running total of 3 adds nothing",
            "截至 2020-06-22 已登记 3，累计 3 没有新增",
        ),
        (
            "done v1 banner --total 2 --on 6-22",
            "the running total 2 is less than the 3 that the records up to 2020-06-22 add up to",
            "累计 2 少于截至 2020-06-22 已登记的 3",
        ),
        (
            "done v1 banner --total 0",
            "must be greater than zero",
            "须大于零",
        ),
        (
            "done v1 banner --total 2000000000",
            "far too large",
            "明显过大",
        ),
        ("done v1 banner=1 --total 9", "not both", "只填一项"),
        (
            "correct v1/banner --count 1 --total 9",
            "not both",
            "只填一项",
        ),
        // The second of the order has nothing left to record.
        (
            "done v2 banner banner --total 2",
            "add up to 2 already",
            "已登记 2",
        ),
        ("done v1 office-plan --total 2", "does not assign", "未要求"),
    ] {
        for (lang, why) in [("en", en), ("zh-CN", zh)] {
            let output = project.run(&format!("{line} --lang {lang}"));
            assert_eq!(output.code, 2, "{line}: {output}");
            assert!(output.stderr.contains(why), "{line}: {why}\n{output}");
            assert!(!output.stderr.contains("of each row"), "{output}");
        }
    }
    // What is missing to a total of a list would depend on when it is imported: its rows would be others each time.
    project.write("l.csv", "unit,task,on,total\nv2,banner,2020-06-20,3\n");
    let output = project.run("import l.csv");
    assert_eq!(output.code, 2, "{output}");
    assert!(output.stderr.contains("the count of each row"), "{output}");
    assert_eq!(project.ok("log --format csv").stdout, before);
}

#[test]
fn a_correction_that_corrects_nothing_is_refused() {
    let project = Project::small();
    let id = project.ok("done v1 banner=2 --on 6-20 --from Ann").stdout;
    let id = id.trim();
    let before = project.ok("log --format csv").stdout;
    for line in [
        format!("correct {id}"),
        String::from("correct v1/banner"),
        format!("correct {id} --count 2"),
        format!("correct {id} --total 2"),
        format!("correct {id} --on 6-20 --from Ann --unit Alder --task banner"),
    ] {
        let output = project.run(&line);
        assert_eq!(output.code, 2, "{line}: {output}");
        assert!(
            output.stderr.contains("nothing to correct"),
            "{line}: {output}"
        );
        let output = project.run(&format!("{line} --lang zh-CN"));
        assert!(output.stderr.contains("没有更正"), "{line}: {output}");
    }
    assert_eq!(project.ok("log --format csv").stdout, before);
    project.ok(&format!("correct {id} --note 'at the gate'"));
}

#[test]
fn all_who_have_taken_over_are_named() {
    let unit = |code: &str, name: &str, more: &str| {
        format!("\n[[unit]]\ncode = \"{code}\"\nname = \"{name}\"\nkind = \"village\"\n{more}\n")
    };
    let plan = SMALL.to_string()
        + &unit("old", "Dell", "until = 2020-06-20")
        + &unit("new", "Elm", "since = 2020-06-10\nwas = [\"old\"]")
        + &unit(
            "newer",
            "Fig",
            "since = 2020-06-10\nparent = \"area\"\nwas = [\"old\"]",
        );
    let project = Project::with_plan(&plan).set("DUBAN_LANG", "en");
    let (en, zh) = (
        "taken over by new Elm, newer North/Fig",
        "new Elm、newer North/Fig",
    );
    project.write("l.csv", "unit,task,on,count\nold,banner,2020-06-25,3\n");
    for line in ["done old plan --on 6-25", "import l.csv"] {
        for (lang, wanted) in [("en", en), ("zh-CN", zh)] {
            let output = project.run(&format!("{line} --lang {lang}"));
            assert_eq!(output.code, 2, "{line}: {output}");
            assert!(output.stderr.contains(wanted), "{line}: {output}");
        }
    }
    for (lang, wanted) in [("en", en), ("zh-CN", zh)] {
        let told = project
            .ok(&format!("explain old plan --lang {lang}"))
            .stdout;
        assert!(told.contains(wanted), "{told}");
    }
    let told = project.json("explain old plan");
    let codes = told["successors"].as_array().unwrap().iter();
    let codes: Vec<&str> = codes.map(|one| one["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["new", "newer"]);
}

#[test]
fn an_amendment_that_only_puts_things_in_another_order_says_so() {
    let project = Project::small();
    project.ok("done v1 plan --on 6-20");
    let plan = project.read("duban.toml");
    let (rest, office) = plan.split_at(plan.rfind("[[unit]]").unwrap());
    let first = rest.find("[[unit]]").unwrap();
    let moved = format!("{}{office}\n{}", &rest[..first], &rest[first..]);
    project.write("duban.toml", &moved);
    let told = project.ok("apply --dry-run").stdout;
    assert_eq!(told, "changes:\nthe order of the units has changed\n");
    let told = project.ok("apply --dry-run --lang zh-CN").stdout;
    assert!(told.contains("单位的排列顺序有变化"), "{told}");
    let at = |text: &str| {
        plan.find(&format!("[[phase.activity.task]]\nid = \"{text}\""))
            .unwrap()
    };
    let (banner, write, report) = (at("banner"), at("plan"), at("report"));
    let moved = [
        &plan[..banner],
        &plan[write..report],
        &plan[banner..write],
        &plan[report..],
    ]
    .concat();
    project.write("duban.toml", &moved);
    let told = project.ok("apply --reason order").stdout;
    assert!(
        told.contains("the order of the tasks has changed") && !told.contains("other"),
        "{told}"
    );
    project.write(
        "duban.toml",
        moved.replacen("clause = \"1\"", "clause = \"1a\"", 1),
    );
    let told = project.ok("apply --dry-run").stdout;
    assert!(
        told.contains("other content") && !told.contains("order of"),
        "{told}"
    );
}

#[test]
fn an_amendment_of_the_roster_says_which_work_it_completes() {
    let plan = SMALL
        .replacen(
            "{ count = 3, measure = \"pcs\" }",
            "{ share = 0.5, of = \"households\", measure = \"pcs\" }",
            1,
        )
        .replace("kind = \"village\"", "kind = \"village\"\nhouseholds = 10");
    let project = Project::with_plan(&plan).set("DUBAN_LANG", "en");
    project.ok("done v1 banner=3 --on 6-20");
    project.ok("done v2 banner=5 --on 6-20");
    let counted = plan
        .replacen("households = 10", "households = 6", 1)
        .replacen("households = 10", "households = 12", 1);
    project.write("duban.toml", counted);
    let told = project.ok("apply --dry-run").stdout;
    for wanted in [
        "units with other details in the roster: Alder, Birch",
        "now completed, 1 item: Alder banner",
        "no longer completed, 1 item: Birch banner",
    ] {
        assert!(told.contains(wanted), "{wanted}\n{told}");
    }
    assert!(!told.contains("other content"), "{told}");
}

#[test]
fn what_names_several_periods_names_none_of_them() {
    let plan = SMALL.to_string()
        + "\n[[phase.activity]]\nid = \"weekly\"\nname = \"weekly\"\nevery = \"week\"\nwho = [\"village\"]\n";
    let project = Project::with_plan(&plan).set("DUBAN_LANG", "en");
    for line in [
        "excuse v1 weekly --for 2020-06 --reason flood",
        "extend v1 weekly --for 2020-06 --due 7-20 --reason flood",
        "done v1 weekly --for 2020-06 --on 6-20",
    ] {
        let told = project.run(line);
        assert_eq!(told.code, 2, "{line}: {told}");
        assert!(
            told.stderr.contains("2020-06-07, 2020-06-14"),
            "{line}: {told}"
        );
    }
    let told = project.ok("excuse v1 weekly --for 2020-W25 --reason flood");
    assert!(told.stderr.contains("2020-06-21"), "{told}");
    project.write("l.csv", "unit,task,on,for\nv1,weekly,2020-06-20,2020-06\n");
    assert_eq!(project.run("import l.csv").code, 2);
    // A month names the one month of a monthly task, and a day its week.
    project.ok("done v1 report --nil --for 2020-06 --on 6-20");
    project.ok("done v1 weekly --for 6-10 --on 6-20");
}

#[test]
fn a_plan_that_is_put_in_force_before_its_day_of_issue_is_told() {
    let mut project = Project::small();
    let told = project.on("2020-05-01").ok("apply").stderr;
    assert!(
        told.contains("2020-05-01") && told.contains("2020-06-01"),
        "{told}"
    );
    let mut project = Project::small();
    let told = project.on("2020-06-01").ok("apply").stderr;
    assert!(!told.contains("warning"), "{told}");
}

#[test]
fn what_is_typed_where_nothing_belongs_is_no_option() {
    let project = Project::small();
    for (line, said) in [
        ("correct v1/banner 18", "unexpected argument `18`"),
        ("lagging North", "unexpected argument `North`"),
        ("lagging --north", "unknown option `--north`"),
        ("done v1 banner 20", "TASK=AMOUNT"),
        ("status -o none/status.html", "make the folder first"),
    ] {
        let told = project.run(line);
        assert_eq!(told.code, 2, "{line}: {told}");
        assert!(told.stderr.contains(said), "{line}: {told}");
    }
    project.ok("done v1 banner --on 6-20 --via 微信");
}
