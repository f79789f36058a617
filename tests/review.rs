//! Review: `accept` and `return`, and what becomes of what was returned.

use insta::assert_snapshot;

use crate::support::Project;

const CIRCLE: &[&str] = &[
    "done v1,v2 banner=3 --on 6-28 --note 'three at the gate'",
    "done v1 plan --on 6-20",
    "accept v1/banner",
    "return v2/banner --reason 'the photograph shows one only'",
    "status",
    "lagging",
    "show v2/banner",
    "explain v2 banner",
    "lagging --as-of 2020-07-09",
    "done v2 banner=3 --note 'all three now'",
    "explain v2 banner",
    "accept v2/banner",
    "show 947c0a67.2",
    "show v2/banner",
    "show v2",
    "status --format csv",
];

#[test]
fn what_was_returned_is_open_until_a_new_record_closes_it() {
    assert_snapshot!(Project::small().talk(CIRCLE));
}

#[test]
fn the_same_in_chinese() {
    assert_snapshot!(Project::small().set("DUBAN_LANG", "zh-CN").talk(CIRCLE));
}

#[test]
fn a_review_is_refused_as_a_whole_with_every_reason() {
    for lang in ["en", "zh-CN"] {
        let project = Project::small().set("DUBAN_LANG", lang);
        assert_snapshot!(
            format!("refused_{lang}"),
            project.talk(&[
                "accept v1/banner",
                "done v1 banner=3 plan --on 6-28",
                "done v2 banner=3 --on 7-2",
                "done v3 banner=3 --on 7-1",
                "undo v3/banner",
                "log --format csv",
                "return v1/banner",
                "return v1/banner --reason ' '",
                "accept v1/plan",
                "undo",
                "return v1/plan --reason 'not legible'",
                "accept v1/banner v1/plan v2/banner v3/plan nothing --on 7-1",
                "accept 71b56e93",
                "return v1/banner --reason why --on 7-4",
                "return v1/banner --reason why --on 6-27",
                "return v1/banner --reason why --due 7-2",
                "return v1/banner --reason why --due 7-3 --dry-run",
                "return v1/banner --reason why --on 7-1 --due 2020-06-30",
                "accept",
                "accept v1/banner --task plan",
                "accept --task nothing",
                "status --format csv",
            ])
        );
    }
}

#[test]
fn a_filter_selects_what_waits() {
    let project = Project::small();
    assert_snapshot!(project.talk(&[
        "accept --task banner",
        "done v3,v1 banner=3 plan --on 6-28",
        "done v2 banner=3 --on 7-2",
        "accept v1/plan",
        "accept --since 7-1 --on 7-1 --dry-run",
        "return --task plan --reason 'no signature' --dry-run",
        "return --task plan --reason 'no signature' --due 7-6",
        "accept --area North --kind village",
        "accept --unit v1,v3",
        "status",
        "log -n 6",
    ]));
}

#[test]
fn a_day_to_come_selects_nothing() {
    let project = Project::small();
    project.ok("done v1 banner --on 6-20");
    for day in ["7-9", "2020-07-09", "2019-07-09"] {
        let output = project.run(&format!("accept --since {day}"));
        assert_eq!((output.code, output.stdout.as_str()), (2, ""), "{output}");
    }
    project.ok("accept --since -7d");
    let log = project.json("log");
    assert_eq!(log["rows"][0]["kind"], "accept");
}

#[test]
fn praise_has_a_reason_and_shows() {
    for lang in ["en", "zh-CN"] {
        let project = Project::small().set("DUBAN_LANG", lang);
        assert_snapshot!(
            format!("praise_{lang}"),
            project.talk(&[
                "commend v1",
                "commend v1 --reason ' '",
                "commend v1 own --reason 'not theirs'",
                "commend v9 --reason why",
                "commend v1 --reason why --on 2020-07-04",
                "commend v1 --reason 'helped its neighbours' --on 7-1",
                "commend v1 banner --reason 'hung them in one day'",
                "show v1",
                "explain v1 banner",
                "explain v1 plan",
                "log",
                "undo",
                "log -n 2",
            ])
        );
    }
}
