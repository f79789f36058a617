use super::{PlanFile, RosterSource, advise, open_questions, read, uncountable};
use crate::model::due::Schedule;
use crate::model::plan::{Amount, Evidence, Plan};
use crate::model::unit::Unit;
use crate::source::problem::{Problem, Problems, Severity};

/// A plan without a problem and without advice.
const GOOD: &str = r#"[plan]
id = "small"
title = "Small plan"
issued = 2020-06-16
supervisor = "office"
lang = "en"

[anchor]
first-day = 2020-11-02

[[goal]]
id = "aware"
name = "Everybody knows"

[[theme]]
id = "why"
name = "Why it is done"
key = true

[[phase]]
id = "prepare"
name = "Preparation"
from = 2020-06-16
to = "2020-12"

[[phase.activity]]
id = "print"
name = "Print"
clause = "2.1"
due = "2020-06"
goals = ["aware"]
evidence = "expected"
who = ["village"]

[[phase.activity.task]]
id = "banner"
name = "Hang banners"
short = "banner"
target = { count = 3, measure = "pieces" }

[[phase.activity.task]]
id = "poster"
name = "Put up posters"
themes = ["why"]
due = "first-day + 2d"
target = [{ who = ["v1"], count = 1 }, { share = 0.45, of = "population" }]

[[phase.activity]]
id = "news"
name = "Send in news"
who = ["village"]
every = "week"
by = "friday"
nil = true

[[unit]]
code = "office"
name = "The office"
kind = "area"

[[unit]]
code = "v1"
name = "Alder"
kind = "village"
parent = "office"
contact = "Ash"
population = 99

[[unit]]
code = "v2"
name = "Birch"
kind = "village"
parent = "office"
contact = "Elm"
population = 1200
"#;

fn good(text: &str) -> (PlanFile, Vec<Unit>) {
    let (file, problems) = read("duban.toml", text.as_bytes());
    assert!(!problems.has_errors(), "{problems:#?}");
    let file = file.unwrap();
    let RosterSource::Rows(units) = file.roster.clone() else {
        panic!("the units are in the plan");
    };
    (file, units)
}

/// Every problem and every piece of advice of a text.
fn problems(text: &str) -> Problems {
    let (file, mut problems) = read("duban.toml", text.as_bytes());
    if let Some(file) = file
        && let RosterSource::Rows(units) = &file.roster
    {
        problems.extend(uncountable(&file, units));
        problems.extend(advise(&file, units));
    }
    problems
}

/// What a problem marks in its line.
fn marked(problem: &Problem) -> String {
    let place = problem.place.as_ref().unwrap();
    let (at, length) = (place.column.saturating_sub(1) - place.skipped, place.length);
    place.text.chars().skip(at).take(length).collect()
}

/// Changes the good plan once and expects that one problem: severity, id and the text that it marks.
#[track_caller]
fn case(from: &str, to: &str, severity: Severity, id: &str, mark: &str) -> Problem {
    assert!(GOOD.contains(from), "{from}");
    let text = GOOD.replacen(from, to, 1);
    let problems = problems(&text);
    let told: Vec<(&str, String)> = problems
        .iter()
        .map(|problem| (problem.saying.id, marked(problem)))
        .collect();
    assert_eq!(told, [(id, mark.to_string())], "{problems:#?}");
    let problem = problems.into_iter().next().unwrap();
    assert_eq!(problem.severity, severity);
    let line = text
        .lines()
        .nth(problem.place.as_ref().unwrap().line.saturating_sub(1));
    assert!(line.unwrap().contains(mark));
    problem
}

#[track_caller]
fn error(from: &str, to: &str, id: &str, mark: &str) -> Problem {
    case(from, to, Severity::Error, id, mark)
}

#[track_caller]
fn warning(from: &str, to: &str, id: &str, mark: &str) -> Problem {
    case(from, to, Severity::Warning, id, mark)
}

#[track_caller]
fn hinted(problem: &Problem, id: &str, name: Option<&str>) {
    let hint = problem.hint.as_ref().unwrap();
    assert_eq!((hint.id, hint.arg("name")), (id, name));
}

#[test]
fn a_good_plan_has_no_problem_and_means_what_it_says() {
    assert_eq!(problems(GOOD), Problems::new());
    let (PlanFile { plan, .. }, units) = good(GOOD);
    let [banner, poster, news] = plan.tasks.as_slice() else {
        panic!("{:?}", plan.tasks);
    };
    let day = |text: &str| text.parse().unwrap();
    let due = |text: &str| Schedule::Once {
        from: None,
        due: day(text),
    };
    assert_eq!(banner.schedule, due("2020-06-30"), "the activity's own");
    assert_eq!(poster.schedule, due("2020-11-04"), "from an anchor");
    assert_eq!(banner.evidence, Evidence::Expected);
    assert_eq!(news.evidence, Evidence::None);
    assert_eq!(
        (banner.clause.as_str(), banner.short.as_str()),
        ("2.1", "banner")
    );
    assert_eq!(poster.short, "Put up posters");
    assert_eq!(
        banner.goals.len() + poster.goals.len(),
        2,
        "lent by the activity"
    );
    assert_eq!(plan.ends, day("2020-12-31"));
    assert_eq!(plan.timezone, 480);
    let class = |unit: &Unit| unit.class(&plan);
    let need = |unit| poster.need_of(&class(unit)).map(|need| need.amount.clone());
    assert!(matches!(need(&units[1]), Some(Amount::Count(_))));
    assert!(matches!(need(&units[2]), Some(Amount::Share { .. })));
}

#[test]
fn layout_and_comments_change_no_meaning() {
    let (plain, _) = good(GOOD);
    let text = GOOD
        .replace("\n\n", "\n# said at the meeting\n\n")
        .replace(" = ", "=")
        .replace('\n', "\r\n");
    let (other, _) = good(&format!("\u{feff}{text}"));
    assert_eq!(plain.plan.meaning(), other.plan.meaning());
    let json: Plan = serde_json::from_slice(&plain.plan.meaning()).unwrap();
    assert_eq!(json, plain.plan);
}

#[test]
fn days_that_are_none() {
    error(
        "due = \"2020-06\"",
        "due = 2020-02-30",
        "check-no-such-day",
        "2020-02-30",
    );
    error(
        "due = \"2020-06\"",
        "due = \"2020-02-30\"",
        "check-no-such-day",
        "\"2020-02-30\"",
    );
    let problem = error(
        "due = \"2020-06\"",
        "due = \"2020-6-30\"",
        "check-no-day",
        "\"2020-6-30\"",
    );
    hinted(&problem, "hint-did-you-mean", Some("2020-06-30"));
    let problem = error(
        "\"first-day + 2d\"",
        "\"frist-day + 2d\"",
        "check-unknown-anchor",
        "\"frist-day + 2d\"",
    );
    hinted(&problem, "hint-did-you-mean", Some("first-day"));
    error(
        "first-day = 2020-11-02",
        "first-day = \"2020-11\"",
        "check-anchor-not-a-day",
        "\"2020-11\"",
    );
    error(
        "\"first-day + 2d\"",
        "\"2020-06-30 + 2d\"",
        "check-day-offset",
        "\"2020-06-30 + 2d\"",
    );
    error(
        "from = 2020-06-16",
        "from = 2021-06-16",
        "check-from-after-to",
        "2021-06-16",
    );
    error(
        "lang = \"en\"",
        "ends = 2020-01-01\nlang = \"en\"",
        "check-ends-before-issued",
        "2020-01-01",
    );
}

#[test]
fn keys_and_values_of_another_shape() {
    let problem = error(
        "evidence = ",
        "evidnece = ",
        "check-unknown-key",
        "evidnece",
    );
    hinted(&problem, "hint-did-you-mean", Some("evidence"));
    let problem = error(
        "\"expected\"",
        "\"expcted\"",
        "check-unknown-word",
        "\"expcted\"",
    );
    hinted(&problem, "hint-did-you-mean", Some("expected"));
    let problem = error(
        "who = [\"village\"]\nevery",
        "who = \"village\"\nevery",
        "check-type",
        "\"village\"",
    );
    hinted(&problem, "hint-brackets", None);
    error("key = true", "key = \"yes\"", "check-type", "\"yes\"");
    error("nil = true", "nil = 1", "check-type", "1");
    error("title = \"Small plan\"", "title = 7", "check-type", "7");
    error("count = 3", "count = -3", "check-not-positive", "-3");
    error(
        "count = 3",
        "count = 0.0001",
        "check-number-places",
        "0.0001",
    );
    error("count = 3", "count = 1e30", "check-number-range", "1e30");
    error(
        "lang = \"en\"",
        "lang = \"fr\"",
        "check-unknown-word",
        "\"fr\"",
    );
    error(
        "lang = \"en\"",
        "timezone = \"Peking\"",
        "check-timezone",
        "\"Peking\"",
    );
    error(
        "lang = \"en\"",
        "grace = -1\nlang = \"en\"",
        "check-days-range",
        "-1",
    );
    error(
        "title = \"Small plan\"",
        "title = \" \"",
        "check-empty",
        "\" \"",
    );
    error(
        "id = \"small\"",
        "id = \"small plan\"",
        "check-code-character",
        "\"small plan\"",
    );
    error("id = \"small\"", "", "check-key-missing", "plan");
    error(
        "id = \"poster\"",
        "",
        "check-key-missing",
        "[[phase.activity.task]]",
    );
}

#[test]
fn ids_that_clash_or_name_nothing() {
    error(
        "id = \"poster\"",
        "id = \"banner\"",
        "check-id-twice",
        "\"banner\"",
    );
    error(
        "id = \"news\"",
        "id = \"print\"",
        "check-id-twice",
        "\"print\"",
    );
    let problem = error(
        "goals = [\"aware\"]",
        "goals = [\"awre\"]",
        "check-unknown-goal",
        "\"awre\"",
    );
    hinted(&problem, "hint-did-you-mean", Some("aware"));
    error(
        "themes = [\"why\"]",
        "themes = [\"how\"]",
        "check-unknown-theme",
        "\"how\"",
    );
}

#[test]
fn due_groups_that_contradict_themselves() {
    error(
        "every = \"week\"",
        "every = \"week\"\ndue = 2020-07-01",
        "check-due-groups",
        "\"week\"",
    );
    error("by = \"friday\"", "by = 5", "check-by", "5");
    error(
        "by = \"friday\"",
        "by = \"freeday\"",
        "check-by",
        "\"freeday\"",
    );
    error(
        "every = \"week\"\n",
        "",
        "check-by-without-every",
        "\"friday\"",
    );
    error(
        "due = \"2020-06\"",
        "from = 2020-06-20",
        "check-half-window",
        "2020-06-20",
    );
    error(
        "due = \"2020-06\"",
        "milestone = [{ due = 2020-07-01, share = 0.5 }, { due = 2020-06-30, share = 0.8 }]\n",
        "check-milestone-days",
        "2020-06-30",
    );
    error(
        "due = \"first-day + 2d\"",
        "milestone = [{ due = 2020-07-01, share = 0.5 }, { due = 2020-07-31, share = 0.5 }]",
        "check-milestone-shares",
        "0.5",
    );
}

#[test]
fn targets_that_say_too_little_or_too_much() {
    error(
        "{ count = 3, measure = \"pieces\" }",
        "{ measure = \"pieces\" }",
        "check-target-amount",
        "target",
    );
    error(
        "count = 3,",
        "count = 3, share = 0.5, of = \"population\",",
        "check-target-both",
        "0.5",
    );
    error(
        "count = 3,",
        "count = 3, of = \"population\",",
        "check-of-without-share",
        "\"population\"",
    );
    error(
        "share = 0.45, of = \"population\"",
        "share = 0.45",
        "check-share-without-of",
        "{ share = 0.45 }",
    );
    error("share = 0.45", "share = 45", "check-share-range", "45");
    error(
        "[{ who = [\"v1\"], count = 1 }, { share",
        "[{ count = 1 }, { share",
        "check-target-shadows",
        "{ count = 1 }",
    );
}

#[test]
fn a_task_is_owed_by_somebody_or_open() {
    let without = GOOD.replacen("who = [\"village\"]\n\n", "\n", 1);
    let problems = problems(&without);
    let told: Vec<&str> = problems.iter().map(|problem| problem.saying.id).collect();
    assert_eq!(told, ["check-no-who", "check-no-who"]);
    let (file, _) = good(&GOOD.replacen("short = \"banner\"", "open = \"Who?\"", 1));
    assert_eq!(open_questions(&file.plan)[0].question, "Who?");
}

#[test]
fn every_problem_is_told_at_once() {
    let text = GOOD
        .replace("evidence = ", "evidnece = ")
        .replace("\"friday\"", "32")
        .replace("population = 99", "since = \"someday\"")
        .replace("code = \"v2\"", "code = \"v1\"");
    let ids: Vec<&str> = problems(&text)
        .iter()
        .map(|problem| problem.saying.id)
        .collect();
    assert_eq!(
        ids,
        [
            "check-unknown-key",
            "check-by",
            "check-said-day",
            "check-code-twice"
        ]
    );
}

#[test]
fn files_that_are_no_toml() {
    let ids = |bytes: &[u8]| -> Vec<&str> {
        let (file, problems) = read("duban.toml", bytes);
        assert!(file.is_none());
        assert!(problems.has_errors());
        problems.iter().map(|problem| problem.saying.id).collect()
    };
    assert_eq!(ids(b""), ["check-file-empty"]);
    assert_eq!(ids(b" \r\n"), ["check-file-empty"]);
    assert_eq!(ids(b"[plan]\nid = \"a\xff\""), ["check-not-utf8"]);
    let chinese = encoding_rs::GB18030
        .encode("[plan]\ntitle = \"清江镇\"")
        .0
        .into_owned();
    assert_eq!(ids(&chinese), ["check-gb18030"]);
    assert!(ids(b"[plan\nid = \"x\"").contains(&"check-syntax"));
    assert!(ids(&GOOD.as_bytes()[..GOOD.len() / 2]).contains(&"check-syntax"));
    let mut long = b"[plan]\ntitle = \"".to_vec();
    long.resize(10 << 20, b'x');
    let (_, problems) = read("duban.toml", &long);
    let place = problems.iter().next().unwrap().place.as_ref().unwrap();
    assert!(place.text.len() <= 200, "a line of 10 MB is not printed");
}

#[test]
fn units_in_the_plan_are_read_as_a_roster_is() {
    error(
        "code = \"v2\"",
        "code = \"5.11902E+11\"",
        "check-code-spoiled",
        "\"5.11902E+11\"",
    );
    let problem = error(
        "parent = \"office\"",
        "parent = \"ofice\"",
        "check-parent-unknown",
        "\"ofice\"",
    );
    hinted(&problem, "hint-did-you-mean", Some("office"));
    error("name = \"Alder\"", "", "check-cell-empty", "[[unit]]");
    error(
        "code = \"office\"\n",
        "code = \"office\"\nparent = \"v1\"\n",
        "check-parent-loop",
        "\"v1\"",
    );
    error(
        "lang = \"en\"",
        "lang = \"en\"\nroster = \"units.csv\"",
        "check-roster-twice",
        "\"units.csv\"",
    );
    warning(
        "name = \"Alder\"",
        "name = \"Alder\"\nshrot = \"A\"",
        "check-column-like",
        "\"A\"",
    );
}

#[test]
fn advice_on_goals_themes_and_addressees() {
    warning(
        "goals = [\"aware\"]\n",
        "",
        "check-goal-unserved",
        "\"aware\"",
    );
    warning(
        "themes = [\"why\"]\n",
        "",
        "check-theme-uncarried",
        "\"why\"",
    );
    let problem = warning(
        "who = [\"village\"]\nevery",
        "who = [\"village\", \"vilage\"]\nevery",
        "check-who-nobody",
        "\"vilage\"",
    );
    hinted(&problem, "hint-did-you-mean", Some("village"));
    warning(
        "supervisor = \"office\"",
        "supervisor = \"ofice\"",
        "check-supervisor-unknown",
        "\"ofice\"",
    );
    warning(
        "parent = \"office\"\ncontact = \"Elm\"",
        "kind2 = \"\"\nparent = \"v1\"\ncontact = \"\"",
        "check-no-contact",
        "unit",
    );
    let idle = format!("{GOOD}\n[[unit]]\ncode = \"x\"\nname = \"Idle\"\nkind = \"centre\"\n");
    let told: Vec<_> = problems(&idle).into_iter().collect();
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!(
        (told[0].saying.id, told[0].saying.arg("names")),
        ("check-idle", Some("Idle"))
    );
}

#[test]
fn advice_on_days() {
    warning(
        "due = \"2020-06\"",
        "due = 2021-01-01",
        "check-outside-phase",
        "2021-01-01",
    );
    warning(
        "due = \"2020-06\"",
        "due = 2020-06-27",
        "check-due-day-off",
        "2020-06-27",
    );
    let shift = "[calendar]\noff = [\"2020-06-30..2020-07-02\"]\n\n[anchor]";
    warning("[anchor]", shift, "check-due-day-off", "\"2020-06\"");
    let (file, units) = good(&GOOD.replace("issued = 2020-06-16", "issued = 2020-07-01"));
    let ids: Vec<&str> = advise(&file, &units)
        .iter()
        .map(|problem| problem.saying.id)
        .collect();
    assert_eq!(
        ids,
        ["check-phase-before-issued", "check-due-before-issued"]
    );
    warning(
        "name = \"Put up posters\"",
        "name = \"Put up posters weekly\"",
        "check-no-period",
        "[[phase.activity.task]]",
    );
}

#[test]
fn advice_on_targets_doubles_and_rules() {
    let problem = warning(
        "target = { count = 3, measure = \"pieces\" }\n",
        "",
        "check-no-target",
        "\"banner\"",
    );
    hinted(&problem, "hint-target", None);
    let settled = "decided = { target = \"meeting of 17 June\" }\n";
    let text = GOOD.replacen("target = { count = 3, measure = \"pieces\" }\n", settled, 1);
    assert_eq!(problems(&text), Problems::new());
    warning(
        "population = 1200",
        "households = 7",
        "check-attribute-missing",
        "unit",
    );
    error(
        "population = 1200",
        "population = \"many\"",
        "check-attribute-not-number",
        "unit",
    );
    for number in ["1,200", "１２００", "1200人", "一千二百"] {
        let text = GOOD.replacen(
            "population = 1200",
            &format!("population = \"{number}\""),
            1,
        );
        assert_eq!(problems(&text), Problems::new(), "{number}");
    }
    warning(
        "{ share = 0.45, of = \"population\" }",
        "{ who = [\"town\"], count = 9 }",
        "check-no-need",
        "target",
    );
    warning(
        "name = \"Put up posters\"",
        "name = \"Hang banners again\"",
        "check-tasks-alike",
        "\"Hang banners again\"",
    );
    warning(
        "name = \"Put up posters\"",
        "name = \"Posters\"\nshort = \"banner\"",
        "check-task-name-twice",
        "\"Posters\"",
    );
    let rules = "[assessment]\nnotice_every = \"month\"\n[[assessment.rule]]\nid = \"late\"\non = \"late\"\n\n[[goal]]";
    warning(
        "[[goal]]",
        rules,
        "check-rule-without-points",
        "[[assessment.rule]]",
    );
    warning(
        "[[goal]]",
        "[assessment]\nnotice_every = \"month\"\n\n[[goal]]",
        "check-no-rules",
        "assessment",
    );
    let own = rules
        .replace("\nnotice", "\nwho = [\"office\"]\nnotice")
        .replace("on = \"late\"", "on = \"late\"\npoints = -1");
    warning("[[goal]]", &own, "check-supervisor-assessed", "who");
    error(
        "[[goal]]",
        "[assessment]\nbase = 1\nfloor = 2\n\n[[goal]]",
        "check-floor-above-base",
        "2",
    );
}

#[test]
fn advice_that_a_chinese_document_number_lacks_its_number() {
    let text = GOOD.replace("lang = \"en\"", "number = \"清府〔2020〕 号\"");
    let ids: Vec<&str> = problems(&text)
        .iter()
        .map(|problem| problem.saying.id)
        .collect();
    assert_eq!(ids, ["check-document-number"]);
}
