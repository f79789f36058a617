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
        assert_eq!(
            ids.contains(&"check-due-day-off"),
            id != "check-key-missing",
            "{ids:?}"
        );
    }
    let ids = broken("nil = true", "nil = 1");
    assert_eq!(
        ids,
        ["check-due-day-off", "check-type", "check-parent-unknown"]
    );
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
