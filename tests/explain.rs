//! `explain`: what stands first, and why a unit owes nothing.

use crate::support::{Project, SMALL};

/// The small plan with a unit that closed, the one that took it over, and a duty of every week.
fn merged() -> Project {
    let unit = |code: &str, name: &str, more: &str| {
        format!("\n[[unit]]\ncode = \"{code}\"\nname = \"{name}\"\nkind = \"village\"\n{more}\n")
    };
    let plan = SMALL.replace("every = \"month\"", "every = \"week\"")
        + &unit("old", "Dell", "until = 2020-06-20\nparent = \"area\"")
        + &unit(
            "new",
            "Elm",
            "since = 2020-07-05\nwas = [\"old\"]\nparent = \"area\"",
        )
        + &unit("lost", "Fern", "until = 2020-06-20");
    Project::with_plan(&plan).set("DUBAN_LANG", "en")
}

#[test]
fn why_a_closed_unit_owes_nothing_is_said() {
    let mut project = merged();
    for (line, told) in [
        (
            "explain old banner",
            "nothing is owed after 2020-06-20, the unit's last day in the roster (due 2020-06-30), taken over by new North/Elm",
        ),
        (
            "explain old report",
            "nothing is owed after 2020-06-20, the unit's last day in the roster (due 2020-06-21 to 2020-06-30), taken over by new North/Elm",
        ),
        (
            "explain lost banner",
            "nothing is owed after 2020-06-20, the unit's last day in the roster (due 2020-06-30)\n",
        ),
        (
            "explain new plan",
            "nothing is owed before 2020-07-05, the unit's first day in the roster (due 2020-06-30)",
        ),
        (
            "explain old notice",
            "nothing is owed after 2020-06-20, the unit's last day in the roster, taken over by new North/Elm",
        ),
    ] {
        let output = project.ok(line);
        assert!(output.stdout.contains(told), "{line}: {output}");
    }
    for line in [
        "explain v1 banner",
        "explain office own",
        "explain old own",
        "explain new notice",
    ] {
        let output = project.ok(line);
        assert!(
            !output.stdout.contains("nothing is owed"),
            "{line}: {output}"
        );
    }
    let json = project.json("explain old banner");
    assert_eq!(json["until"], "2020-06-20");
    assert_eq!(json["successors"][0]["code"], "new");
    assert_eq!(json["outside"], serde_json::json!(["2020-06-30"]));
    project.put("DUBAN_LANG", "zh-CN");
    let output = project.ok("explain old banner");
    assert!(
        output.stdout.contains(
            "该单位已于 2020-06-20 停用，此后不再承担（时限 2020-06-30），其工作已由下列单位承接"
        ),
        "{output}"
    );
}

#[test]
fn the_verdict_stands_first_and_what_it_rests_on_follows() {
    let plan = SMALL.to_string()
        + "\n[assessment]\n\n[[assessment.rule]]\nid = \"overdue\"\nname = \"Overdue\"\non = \"overdue\"\npoints = -1.0\n";
    let mut project = Project::with_plan(&plan).set("DUBAN_LANG", "en");
    project.on("2020-06-20").ok("done v1 banner=3 --on 6-18");
    project
        .on("2020-06-21")
        .ok("return v1/banner --reason blurred --due 6-28");
    project.on("2020-07-02").ok("notice --issue");
    project.on("2020-07-03");
    project.write("duban.toml", plan.replace("count = 3", "count = 4"));
    project.ok("apply --reason more");
    let told = project.ok("explain v1 banner").stdout;
    let mut rest = told.as_str();
    for part in [
        "Alder Hang banners",
        "overdue 0/4",
        "(due 2020-06-30",
        "clause: 1",
        "owed by: every village",
        "record count 3",
        "returned",
        "named notice 1",
        "more; ",
        "points:",
        "under rule “Overdue”",
    ] {
        let found = rest.find(part);
        assert!(found.is_some(), "{part}: {told}");
        rest = &rest[found.unwrap()..];
    }
}

#[test]
fn a_name_that_several_units_have_is_told_apart_by_what_does() {
    let unit = |code: &str, name: &str, parent: &str| {
        format!(
            "\n[[unit]]\ncode = \"{code}\"\nname = \"{name}\"\nkind = \"village\"\nparent = \"{parent}\"\n"
        )
    };
    let mut plan = SMALL.to_string()
        + "\n[[unit]]\ncode = \"south\"\nname = \"South\"\nkind = \"area\"\n"
        + &unit("s1", "Birch", "south")
        + &unit("s2", "Birchwood", "south");
    for number in 0..12 {
        plan += &unit(&format!("w{number}"), &format!("Willow {number}"), "south");
    }
    let mut project = Project::with_plan(&plan).set("DUBAN_LANG", "en");
    let (area, code) = ("add the area, as in `North/", "hint: use its code");
    for (line, matched, hint) in [
        ("explain Birch plan", 2, area),
        ("explain irc plan", 3, area),
        ("explain South/irc plan", 2, code),
        ("show irc --area South", 2, code),
        ("status --unit irc --area South", 2, code),
        ("done illow plan", 12, code),
    ] {
        let output = project.run(line);
        assert_eq!(output.code, 2, "{line}: {output}");
        let matches = format!("matches {matched} units");
        assert!(output.stderr.contains(&matches), "{line}: {output}");
        assert!(output.stderr.contains(hint), "{line}: {output}");
    }
    for line in [
        "show Birch --area South",
        "status --unit Birch --area South",
    ] {
        assert!(project.ok(line).stdout.contains("Birch"), "{line}");
    }
    project.put("DUBAN_AREA", "South");
    let output = project.run("explain irc plan");
    assert!(output.stderr.contains(code), "{output}");
    assert!(project.ok("explain Birch plan").stdout.contains("Birch"));
}

#[test]
fn what_was_known_at_a_notice_is_the_same_in_every_store() {
    let [mut here, mut there] = [0, 1].map(|_| Project::small());
    here.on("2020-07-01").ok("done v1 plan");
    there.write("first.jsonl", here.ok("export").stdout);
    there.on("2020-07-01").ok("import first.jsonl");
    // Reminded there before the notice, of which that one knows nothing yet.
    there.on("2020-07-03").ok("remind --unit v1");
    here.on("2020-07-08").ok("notice --issue");
    let [ours, theirs] = [&here, &there].map(|project| project.ok("export").stdout);
    here.write("other.jsonl", theirs);
    there.write("other.jsonl", ours);
    let [here, there] = [here, there].map(|mut project| {
        project.on("2020-07-08").ok("import other.jsonl");
        project.json("explain v1 banner")
    });
    assert_eq!(here, there);
    assert_eq!(here["points"][0]["known"]["reminders"], 1);
}
