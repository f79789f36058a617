//! An error in one place hides nothing of another.

use super::*;

#[test]
fn an_error_of_the_plan_hides_no_error_of_the_roster_and_no_advice() {
    let broken = |from: &str, to: &str| {
        let text = GOOD
            .replacen(from, to, 1)
            .replacen(
                "parent = \"office\"\ncontact = \"Ash\"",
                "parent = \"ofice\"\ncontact = \"Ash\"",
                1,
            )
            .replacen("due = \"2020-06\"", "due = 2020-06-27", 1);
        ids(&text)
    };
    for (from, to, id) in [
        ("title = \"Small plan\"\n", "", "check-key-missing"),
        ("count = 3", "count = -3", "check-not-positive"),
        ("by = \"friday\"", "by = \"freeday\"", "check-by"),
    ] {
        let ids = broken(from, to);
        assert!(ids.contains(&id), "{id}: {ids:?}");
        assert!(ids.contains(&"check-parent-unknown"), "{id}: {ids:?}");
        assert!(ids.contains(&"check-due-day-off"), "{id}: {ids:?}");
    }
    let ids = broken("nil = true", "nil = 1");
    assert_eq!(
        ids,
        ["check-due-day-off", "check-type", "check-parent-unknown"]
    );
}

#[test]
fn a_head_with_an_error_hides_nothing_of_the_rest() {
    let typed = |text: &str| {
        text.replacen("who = [\"village\"]", "who = [\"village\", \"vilage\"]", 1)
            .replacen("population = 1200", "population = \"some\"", 1)
            .replacen("due = \"2020-06\"", "due = 2020-06-27", 1)
    };
    let whole = ids(&typed(GOOD));
    assert_eq!(whole.len(), 3, "{whole:?}");
    for (from, to, id) in [
        ("id = \"small\"\n", "", "check-key-missing"),
        ("id = \"small\"", "id = \"a b\"", "check-code-character"),
        ("title = \"Small plan\"\n", "", "check-key-missing"),
        ("title = \"Small plan\"", "title = \"\"", "check-empty"),
        ("issued = 2020-06-16\n", "", "check-key-missing"),
        (
            "issued = 2020-06-16",
            "issued = \"someday\"",
            "check-unknown-anchor",
        ),
        ("lang = \"en\"", "timezone = \"+99:00\"", "check-timezone"),
    ] {
        let mut ids = ids(&typed(&GOOD.replacen(from, to, 1)));
        let at = ids.iter().position(|found| *found == id);
        ids.remove(at.unwrap_or_else(|| panic!("{to}: {ids:?}")));
        assert_eq!(ids, whole, "{to}");
    }
}

#[test]
fn an_error_of_the_roster_hides_no_advice_that_it_would_not_explain() {
    let all = [
        "check-who-nobody",
        "check-supervisor-unknown",
        "check-attribute-not-number",
        "check-names-alike",
        "check-no-contact",
        "check-idle",
    ];
    let typed = GOOD
        .replacen("who = [\"village\"]", "who = [\"village\", \"vilage\", \"z9\"]", 1)
        .replacen(
            "[[phase.activity.task]]",
            "[[phase.activity.task]]\nid = \"named\"\nname = \"Name one\"\nby_roster = \"contact\"\n\n[[phase.activity.task]]",
            1,
        )
        .replacen("supervisor = \"office\"", "supervisor = \"the office\"", 1)
        .replacen("population = 1200", "population = \"some\"", 1)
        .replacen("name = \"Birch\"", "name = \"ALDER\"", 1)
        .replacen("contact = \"Elm\"\n", "", 1)
        + "\n[[unit]]\ncode = \"v3\"\nname = \"Elder\"\nkind = \"school\"\n";
    // What is wrong with the last unit, and what that could explain: a unit without a code or a kind may be any.
    for (from, to, id, explains) in [
        ("", "phone = \"1.38E+10\"\n", "check-phone-spoiled", vec![]),
        ("", "since = \"soon\"\n", "check-said-day", vec![]),
        ("", "parent = \"nowhere\"\n", "check-parent-unknown", vec![]),
        (
            "",
            "until = \"2020-01-01\"\nsince = \"2021-01-01\"\n",
            "check-since-after-until",
            vec![],
        ),
        (
            "code = \"v3\"",
            "code = \"v 3\"",
            "check-code-character",
            vec!["check-supervisor-unknown", "check-idle", "z9"],
        ),
        (
            "kind = \"school\"",
            "kind = \"\"",
            "check-cell-empty",
            vec!["check-supervisor-unknown", "check-idle", "z9"],
        ),
    ] {
        let at =
            typed.len() - "[[unit]]\ncode = \"v3\"\nname = \"Elder\"\nkind = \"school\"\n".len();
        let (before, last) = typed.split_at(at);
        let text = match from {
            "" => format!("{typed}{to}"),
            _ => format!("{before}{}", last.replacen(from, to, 1)),
        };
        let problems = problems(&text);
        let found = |id: &str| problems.iter().any(|problem| problem.saying.id == id);
        assert!(found(id), "{to}: {problems:#?}");
        for one in all {
            assert_eq!(
                found(one),
                !explains.contains(&one),
                "{to} {one}: {problems:#?}"
            );
        }
        let words: Vec<_> = problems
            .iter()
            .filter(|problem| problem.saying.id == "check-who-nobody")
            .map(|problem| problem.saying.arg("word").unwrap_or_default())
            .collect();
        let wanted: &[_] = match explains.contains(&"z9") {
            true => &["vilage"],
            false => &["vilage", "z9"],
        };
        assert_eq!(words, wanted, "{to}");
    }
}

#[test]
fn what_a_broken_task_would_have_done_is_not_called_missing() {
    let text = GOOD.replacen(
        "themes = [\"why\"]\ndue = \"first-day + 2d\"",
        "themes = [\"why\"]\ndue = \"frist-day\"",
        1,
    );
    assert_eq!(
        ids(&text),
        ["check-unknown-anchor"],
        "its theme is carried all the same"
    );
    let text = GOOD.replacen("every = \"week\"", "every = \"fortnight\"", 1);
    assert_eq!(ids(&text), ["check-unknown-word"]);
}

#[test]
fn a_plan_with_a_broken_line_still_names_its_roster() {
    let text = "[plan]\nroster = \"units.csv\"\ntitle = \"x\n[[phase]]\nid = \"p\"\n";
    let surveyed = survey("duban.toml", text.as_bytes());
    assert!(surveyed.problems.has_errors());
    assert!(surveyed.file.is_none());
    assert!(
        matches!(surveyed.roster, Some(RosterSource::File { path, .. }) if path == "units.csv")
    );
}

#[test]
fn an_error_has_no_echo_that_would_be_untrue_once_it_is_mended() {
    let rule = "\n[assessment]\nnotice_every = \"month\"\n\n[[assessment.rule]]\nid = \"r\"\non = \"overdue\"\npoints = -1\ntasks = [\"banner\"]\n";
    let plan = format!("{GOOD}{rule}");
    assert_eq!(ids(&plan), [] as [&str; 0]);
    for (from, to, wanted) in [
        (
            "on = \"overdue\"",
            "on = \"overdu\"",
            vec!["check-unknown-word"],
        ),
        (
            "id = \"aware\"",
            "idd = \"aware\"",
            vec!["check-unknown-key"],
        ),
        ("id = \"aware\"\n", "", vec!["check-key-missing"]),
        (
            "name = \"Everybody knows\"\n",
            "",
            vec!["check-key-missing"],
        ),
        ("id = \"why\"", "idd = \"why\"", vec!["check-unknown-key"]),
        (
            "id = \"banner\"",
            "idd = \"banner\"",
            vec!["check-unknown-key"],
        ),
        ("count = 3", "count = \"3\"", vec!["check-type"]),
        ("count = 3", "count = \"many\"", vec!["check-type"]),
        ("share = 0.45", "share = [1]", vec!["check-type"]),
    ] {
        assert_eq!(ids(&plan.replacen(from, to, 1)), wanted, "{to}");
    }
    // What does not depend on an error is still told.
    let typed = plan.replacen("goals = [\"aware\"]\n", "", 1);
    assert_eq!(ids(&typed), ["check-goal-unserved"]);
    for (from, to, id) in [
        ("points = -1", "points = \"x\"", "check-type"),
        ("on = \"overdue\"", "on = \"overdu\"", "check-unknown-word"),
        (
            "[anchor]",
            "[calendar]\noff = [\"2020-06-35\"]\n\n[anchor]",
            "check-no-such-day",
        ),
        (
            "lang = \"en\"",
            "lang = \"en\"\nisuer = \"x\"",
            "check-unknown-key",
        ),
    ] {
        let mut ids = ids(&typed.replacen(from, to, 1));
        ids.sort_unstable();
        let mut wanted = vec!["check-goal-unserved", id];
        wanted.sort_unstable();
        assert_eq!(ids, wanted, "{to}");
    }
}
