//! The week: what a leader sees in thirty seconds.

use insta::assert_snapshot;
use serde_json::Value;
use unicode_width::UnicodeWidthStr;

use crate::support::{Project, SMALL};

/// A project in which everything happened that a week tells of, in the week of 29 June to 5 July.
fn eventful() -> Project {
    let mut project =
        Project::with_plan(&SMALL.replacen("[plan]\n", "[plan]\nshort = \"Small\"\n", 1)).wide(80);
    project.on("2020-06-24").ok("done v1,v2 banner=3 plan");
    project.ok("return v1/banner --reason 'one only' --due 7-1");
    project.on("2020-07-02").ok("done v3 plan");
    project.ok("done v1,v2 report --nil --on 6-30");
    project.ok("remind --unit v1");
    project
}

#[test]
fn the_week_in_five_sentences() {
    for lang in ["en", "zh-CN"] {
        let mut project = eventful().set("DUBAN_LANG", lang);
        project.on("2020-07-03");
        assert_snapshot!(
            format!("report_{lang}"),
            project.talk(&[
                "report",
                "report --week 2020-06-24",
                "report --week 6-1",
                "report --as-of 7-2",
                "report --unit v1",
                "report --area North --task notice",
                "report --week 2020-05-01",
                "report --week 2020-07-08",
                "report --as-of 2020-07-04",
                "report --week 7-1 --as-of 7-2",
                "report -n 3",
            ])
        );
    }
}

#[test]
fn the_sentences_fit_a_page_wherever_they_go() {
    let widest = |told: &str| told.lines().map(UnicodeWidthStr::width).max();
    for lang in ["en", "zh-CN"] {
        let mut wide = eventful().wide(170).set("DUBAN_LANG", lang);
        let on_a_wide_screen = wide.on("2020-07-03").ok("report").stdout;
        let mut piped = Project::empty().set("DUBAN_LANG", lang);
        let looked = piped.ok("demo").stdout;
        let mailed = piped.enter("duban-demo").ok("report").stdout;
        for told in [on_a_wide_screen, looked, mailed] {
            assert!(widest(&told).is_some_and(|width| width <= 80), "{told}");
        }
    }
}

#[test]
fn every_figure_is_another_answer_s_own() {
    let mut project = eventful();
    for (day, since, within) in [
        ("2020-07-03", "2020-06-28", 9),
        ("2020-07-05", "2020-06-28", 7),
    ] {
        project.on(day);
        let report = project.json("report");
        assert_eq!(report["week"]["from"], "2020-06-29");
        assert_eq!(report["week"]["to"], "2020-07-05");
        let same = |key: &str, line: &str| {
            assert_eq!(report[key], project.json(line), "{key} on {day}");
        };
        same("status", &format!("status --since {since}"));
        same(
            "lagging",
            &format!("lagging --since {since} --within {within}"),
        );
        same("todo", "todo");
        same("board", "board");
        let then = project.json(&format!("status --as-of {since}"));
        assert_eq!(report["before"]["total"], then["total"]);
        let then = project.json(&format!("lagging --as-of {since}"));
        assert_eq!(report["before"]["lagging"], then["units"]);
        let last = report["series"].as_array().unwrap().last().unwrap();
        assert_eq!(last["day"], day);
        for key in ["expected", "completed"] {
            assert_eq!(last[key], report["status"]["total"][key]);
            let rows = report["rows"].as_array().unwrap().iter();
            let sum: u64 = rows.map(|row| row[key].as_u64().unwrap()).sum();
            assert_eq!(Some(sum), last[key].as_u64(), "{key}");
        }
        assert_eq!(report["filter"], Value::Null);
    }
    let narrowed = project.json("report --area North --kind village");
    assert_eq!(narrowed["filter"]["kind"][0], "village");
    assert_eq!(
        narrowed["status"]["total"],
        project.json("status --area North --kind village")["total"]
    );
}

#[test]
fn a_week_of_another_day_is_told_as_of_its_sunday() {
    let project = eventful().set("DUBAN_TODAY", "2020-07-20");
    let of = |line: &str| project.json(line)["as_of"].clone();
    assert_eq!(of("report"), "2020-07-20");
    assert_eq!(of("report --week 7-1"), "2020-07-05");
    assert_eq!(of("report --week 2020-06-01"), "2020-06-07");
    assert_eq!(of("report --week 7-20"), "2020-07-20");
}

/// A roster of that many villages in that many towns, for the small plan's tasks.
fn many(units: usize, towns: usize) -> Project {
    let (plan, _) = SMALL.split_at(SMALL.find("[[unit]]").unwrap());
    let plan = plan.replacen(
        "lang = \"en\"\n",
        "lang = \"en\"\nroster = \"units.csv\"\n",
        1,
    );
    let project = Project::with_plan(&plan.replace("supervisor = \"office\"\n", ""));
    let mut roster = String::from("code,name,kind,parent\nc,County,county,\n");
    for town in 0..towns {
        roster += &format!("t{town},Town {town},town,c\n");
    }
    for unit in 0..units {
        roster += &format!("v{unit},Village {unit},village,t{}\n", unit % towns);
    }
    project.write("units.csv", roster);
    let mut records = String::from("unit,task,on,count\n");
    for unit in (0..units).filter(|unit| unit % 3 > 0) {
        records += &format!("v{unit},banner,2020-06-20,3\nv{unit},plan,2020-06-20,\n");
    }
    project.write("records.csv", records);
    project.ok("import records.csv");
    project.set("DUBAN_LANG", "en")
}

#[test]
fn the_page_says_what_matters_first() {
    let project = eventful()
        .set("DUBAN_TODAY", "2020-07-03")
        .set("DUBAN_LANG", "en");
    project.ok("report -o week.html");
    let page = project.read("week.html");
    let order = [
        "Small: weekly report</span></h1>",
        "60.0% completed",
        "Awaiting action",
        "Who is behind",
        "Changes this week",
        "Due next",
        "Progress by task",
        "<svg class=\"chart\"",
        "Every unit and task",
        "10 due = 13 applicable",
    ];
    let places: Vec<Option<usize>> = order.iter().map(|part| page.find(part)).collect();
    assert!(places.iter().all(Option::is_some), "{places:?}\n{page}");
    assert!(places.is_sorted(), "{places:?}");
    assert!(!page.contains("--all"), "a page needs no hints of commands");
    project.ok("report -o again.html");
    assert_eq!(
        page,
        project.read("again.html"),
        "the same day, the same bytes"
    );
    for ending in ["md", "docx", "csv", "jsonl"] {
        project.ok(&format!("report -o week.{ending}"));
    }
    assert!(project.read("week.md").contains("Cedar"));
    assert_eq!(
        project.ok("report --format jsonl").stdout.lines().count(),
        4
    );
}

#[test]
fn names_of_every_kind_break_no_page() {
    let long = "A".repeat(40);
    let plan = SMALL
        .replace("\"Alder\"", "\"<script>alert(1)</script>\"")
        .replace("\"Birch\"", &format!("\"{long}\""))
        .replace("\"Cedar\"", "\"\u{202e}radeC\"");
    let tasks: String = (0..60)
        .map(|at| format!("\n[[phase.activity.task]]\nid = \"t{at}\"\nname = \"Task {at}\"\n"))
        .collect();
    let at = plan.find("\n[[unit]]").unwrap();
    let project = Project::with_plan(&format!("{}{tasks}{}", &plan[..at], &plan[at..]));
    project.ok("report -o week.html");
    let page = project.read("week.html");
    assert!(!page.contains("<script>alert"));
    assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
    assert!(!page.contains('\u{202e}'));
    assert!(page.contains(&long) && page.contains("Task 59"));
    let text = project.ok("report").stdout;
    assert!(!text.contains('\u{202e}'), "{text}");
}

#[test]
fn a_page_of_many_units_is_about_areas_and_each_may_have_a_page() {
    let project = many(240, 6);
    project.ok("report -o week.html --split area");
    let page = project.read("week.html");
    assert!(!page.contains("Every unit and task"));
    assert!(page.contains("<a href=\"week-t3.html\">Town 3</a>"));
    assert_eq!(
        page.matches("class=\"length overdue\"").count(),
        30,
        "the worst"
    );
    assert!(page.contains("210 more units are behind"));
    let report = project.json("report");
    assert_eq!(report["rows"].as_array().unwrap().len(), 240);
    assert_eq!(report["board"], Value::Null);
    let areas = report["areas"].as_array().unwrap();
    let sum = |key: &str| {
        areas
            .iter()
            .map(|area| area[key].as_u64().unwrap())
            .sum::<u64>()
    };
    assert_eq!(Some(sum("units")), Some(240));
    assert_eq!(Some(sum("lagging")), report["lagging"]["units"].as_u64());
    assert_eq!(
        Some(sum("completed")),
        report["status"]["total"]["completed"].as_u64()
    );
    let own = project.read("week-t3.html");
    assert!(
        own.contains("Every unit and task") && own.contains("scope: Town 3"),
        "{own}"
    );
    assert_eq!(
        project.run("report --split area").code,
        2,
        "pages need a file"
    );
    assert_eq!(project.run("report -o week.xyz --split area").code, 2);
}

#[test]
fn weeks_are_archived_with_an_index_and_only_where_something_changed() {
    let mut project = eventful().set("DUBAN_LANG", "en");
    project.on("2020-06-28");
    let archive = "report --archive weeks --if-changed";
    assert_eq!(project.ok(archive).stdout, "weeks/2020-W26\n");
    project.on("2020-07-03");
    assert_eq!(project.ok(archive).stdout, "weeks/2020-W27\n");
    let index = project.read("weeks/index.html");
    let (new, old) = (
        index.find("2020-W27/report.html"),
        index.find("2020-W26/report.html"),
    );
    assert!(new.is_some() && new < old, "{index}");
    assert_eq!(index.matches("<svg class=\"curve\"").count(), 2);
    assert!(
        index.contains("75.0%") && index.contains("60.0%"),
        "{index}"
    );
    let again = project.ok(archive);
    assert_eq!((again.stdout.as_str(), again.stderr.as_str()), ("", ""));
    assert_eq!(index, project.read("weeks/index.html"));
    project.write("weeks/other/report.json", "{}");
    std::fs::remove_file(project.path("weeks/2020-W26/report.html")).unwrap();
    project.ok("done v3 banner=3");
    assert_eq!(project.ok(archive).stdout, "weeks/2020-W27\n");
    let text = project.read("weeks/2020-W27/report.txt");
    assert!(
        text.contains("- As of 3 July") && !text.contains("Who is behind"),
        "{text}"
    );
    assert_eq!(project.run("report --archive duban.toml").code, 2);
    let whole = project.ok("report --archive weeks").stdout;
    assert_eq!(
        whole, "weeks/2020-W27\n",
        "without the option it is written anyway"
    );
}

#[cfg(unix)]
#[test]
fn a_folder_that_takes_no_files_is_told_and_nothing_is_left_behind() {
    let project = many(210, 3);
    std::fs::create_dir(project.path("closed")).unwrap();
    project.write("closed/week-t1.html/keep", "");
    let output = project.run("report -o closed/week.html --split area");
    assert_eq!(output.code, 2, "{output}");
    assert!(output.stderr.contains("week-t1.html"), "{output}");
    assert!(!project.path("closed/week.html").exists());
    assert_eq!(project.run("report -o nowhere/week.html").code, 2);
}
