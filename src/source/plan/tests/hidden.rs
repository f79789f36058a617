//! `check` hides nothing, and invents nothing.

use super::*;

#[test]
fn every_milestone_before_the_issue_is_named() {
    let steps = "milestone = [{ due = 2020-04-30, share = 0.2 }, { due = 2020-05-29, share = 0.4 }, { due = 2020-06-30, share = 1 }]";
    let text = GOOD.replacen("due = \"first-day + 2d\"", steps, 1);
    let early = problems(&text);
    let early = early
        .iter()
        .filter(|problem| problem.saying.id == "check-due-before-issued");
    assert_eq!(
        early.map(marked).collect::<Vec<_>>(),
        ["2020-04-30", "2020-05-29"]
    );
}

#[test]
fn tasks_ask_for_the_same_thing_with_the_same_owners_words_and_time_alone() {
    let case = |name: &str, due: &str| {
        let text = GOOD
            .replacen(
                "name = \"Put up posters\"",
                &format!("name = \"{name}\""),
                1,
            )
            .replacen("due = \"first-day + 2d\"", due, 1);
        ids(&text)
    };
    let none: [&str; 0] = [];
    assert_eq!(
        case("Hang banners again", "due = 2020-07-31"),
        ["check-tasks-alike"]
    );
    assert_eq!(
        case("“Hang” BANNERS twice", "due = 2020-07-31"),
        ["check-tasks-alike"]
    );
    assert_eq!(case("Hang lanterns", "due = 2020-07-31"), none);
    assert_eq!(
        case("Hang banners again", "from = 2020-07-01\nto = 2020-07-31"),
        none,
        "another time"
    );
    assert_eq!(
        case("Hang banners again", "due = 2020-07-31\nwho = [\"v1\"]"),
        none,
        "other owners"
    );
    let quarters = GOOD
        .replacen(
            "name = \"Hang banners\"",
            "name = \"上报一季度工作总结\"",
            1,
        )
        .replacen(
            "name = \"Put up posters\"",
            "name = \"上报二季度工作总结\"",
            1,
        );
    assert_eq!(ids(&quarters), none, "quarters");
}

#[test]
fn contacts_are_missed_where_a_task_asks_for_one() {
    let nobody = GOOD.replacen("contact = \"Elm\"\n", "", 1);
    assert_eq!(problems(&nobody), Problems::new(), "no task asks for one");
    let asked = |text: &str| text.replacen("nil = true", "by_roster = \"contact\"", 1);
    let told = problems(&asked(&nobody));
    let told: Vec<_> = told
        .iter()
        .map(|problem| (problem.saying.id, problem.saying.arg("names")))
        .collect();
    assert_eq!(told, [("check-no-contact", Some("Birch"))]);
    assert_eq!(problems(&asked(GOOD)), Problems::new());
}

#[test]
fn a_name_where_a_code_is_wanted_is_an_error_with_the_code() {
    let problem = error(
        "who = [\"village\"]\nevery",
        "who = [\"Alder\"]\nevery",
        "check-who-name",
        "\"Alder\"",
    );
    assert_eq!(
        problem
            .saying
            .hint
            .as_ref()
            .map(|hint| (hint.id, hint.arg("code"))),
        Some(("hint-who-code", Some("v1")))
    );
    let short = GOOD
        .replacen(
            "name = \"Birch\"",
            "name = \"Birch village\"\nshort = \"Ｂirch\"",
            1,
        )
        .replacen(
            "who = [\"village\"]\nevery",
            "who = [\"village\", \"Birch\"]\nevery",
            1,
        );
    assert_eq!(ids(&short), ["check-who-name"], "in another width too");
    let assessed = "[assessment]\nwho = [\"Alder\"]\nnotice_every = \"week\"\n[[assessment.rule]]\nid = \"a\"\non = \"late\"\npoints = -1\n\n[[goal]]";
    error("[[goal]]", assessed, "check-who-name", "\"Alder\"");
    let both = GOOD.replacen("name = \"Alder\"", "name = \"village\"", 1);
    assert_eq!(
        problems(&both),
        Problems::new(),
        "a kind is a kind, whoever is called so"
    );
}

#[test]
fn names_that_look_alike_are_told() {
    let case = |one: &str, other: &str| {
        let text = GOOD
            .replacen("name = \"Alder\"", &format!("name = \"{one}\""), 1)
            .replacen("name = \"Birch\"", &format!("name = \"{other}\""), 1);
        ids(&text)
    };
    let none: [&str; 0] = [];
    assert_eq!(case("水井村", "⽔井村"), ["check-names-alike"]);
    assert_eq!(case("石柱村（新）", "石柱村(新)"), ["check-names-alike"]);
    assert_eq!(case("二九〇场", "二九０场"), ["check-names-alike"]);
    assert_eq!(case("水井村", "水并村"), none);
    assert_eq!(case("石柱村", "石柱村(新)"), none);
    let apart = GOOD
        .replacen("name = \"Alder\"", "name = \"水井村\"", 1)
        .replacen(
            "name = \"Birch\"\nkind = \"village\"\nparent = \"office\"",
            "name = \"⽔井村\"\nkind = \"village\"\nparent = \"v1\"",
            1,
        );
    assert_eq!(ids(&apart), none, "under another area");
}

#[test]
fn periods_that_the_window_cuts_and_that_fall_on_days_off() {
    let news = |keys: &str| ids(&GOOD.replacen("every = \"week\"\nby = \"friday\"", keys, 1));
    let none: [&str; 0] = [];
    assert_eq!(
        news("every = \"month\"\nfrom = 2020-06-20"),
        ["check-period-cut"]
    );
    assert_eq!(
        news("every = \"month\"\nto = 2020-12-10"),
        ["check-period-cut"]
    );
    assert_eq!(
        news("every = \"month\"\nfrom = 2020-06-20\nto = 2020-12-10"),
        ["check-period-cut"; 2]
    );
    assert_eq!(
        news("every = \"month\"\nto = 2020-12-16"),
        none,
        "half of it is left"
    );
    assert_eq!(
        news("every = \"quarter\"\nfrom = 2020-08-20"),
        ["check-period-cut"]
    );
    assert_eq!(news("every = \"day\""), none);
    let off = "[calendar]\noff = [\"2020-10-01..2020-10-08\"]\n\n[anchor]";
    let holiday = problems(&GOOD.replacen("[anchor]", off, 1));
    let days: Vec<_> = holiday
        .iter()
        .map(|problem| (problem.saying.id, problem.saying.arg("days")))
        .collect();
    assert_eq!(days, [("check-dues-days-off", Some("2020-10-02"))]);
}

#[test]
fn a_share_in_percent_is_explained_once() {
    for share in ["45%", "\"45%\"", "100%", "\"１００％\""] {
        let text = GOOD.replacen("share = 0.45", &format!("share = {share}"), 1);
        let told = problems(&text);
        let shares = told
            .iter()
            .filter(|problem| problem.saying.id == "check-percent");
        assert_eq!(shares.count(), 1, "{share}: {told:#?}");
        assert_eq!(told.count(Severity::Error), 1, "{share}: {told:#?}");
    }
}
