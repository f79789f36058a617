//! Advice that stops nobody.

use super::*;

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
    let (file, roster) = good(&GOOD.replace("issued = 2020-06-16", "issued = 2020-07-01"));
    let ids: Vec<&str> = advise(&file, Some(&roster))
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
fn advice_that_the_roster_may_say_who_the_contact_is() {
    for name in ["Name a Contact", "确定责任人", "确定联系人"] {
        let text = GOOD.replace("Put up posters", name);
        let found: Vec<_> = problems(&text).into_iter().collect();
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].saying.id, "check-contact-by-hand");
        hinted(&found[0], "hint-by-roster", None);
    }
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
    error(
        "population = 1200",
        "population = -5",
        "check-attribute-not-number",
        "unit",
    );
    warning(
        "population = 1200",
        "population = 0",
        "check-attribute-zero",
        "unit",
    );
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
        &own.replace("who = [\"office\"]\n", "base = 1\nfloor = 2\n"),
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
