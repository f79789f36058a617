//! Keys, values, ids and files of a wrong shape.

use super::*;

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
    let problem = error(
        "target = { count = 3, measure = \"pieces\" }",
        "target = 30",
        "check-type",
        "30",
    );
    hinted(&problem, "hint-target", None);
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
    for (wrong, mark, plain) in [
        ("title = “清江镇”", "“", "\""),
        ("who = [\"村\"，\"学校\"]", "，", ","),
        ("title ＝ \"清江镇\"", "＝", "="),
    ] {
        let text = format!("[plan]\n{wrong}\n");
        let (_, problems) = read("duban.toml", text.as_bytes());
        let first = problems.iter().next().unwrap();
        assert_eq!(first.saying.id, "check-full-width", "{wrong}");
        assert_eq!(first.saying.arg("mark"), Some(mark));
        assert_eq!(first.saying.arg("plain"), Some(plain));
        assert_eq!(first.place.as_ref().unwrap().line, 2);
    }
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
    let problem = error(
        "lang = \"en\"",
        "lang = \"en\"\nroster = \"units.csv\"",
        "check-roster-twice",
        "\"units.csv\"",
    );
    hinted(&problem, "hint-roster-twice", None);
    let problem = error(
        "due = \"2020-06\"",
        "due = [2020-06-18, 2020-06-30]",
        "check-type",
        "[2020-06-18, 2020-06-30]",
    );
    hinted(&problem, "hint-milestone", None);
    warning(
        "name = \"Alder\"",
        "name = \"Alder\"\nshrot = \"A\"",
        "check-column-like",
        "\"A\"",
    );
}
