//! Assessment rules.

use super::*;

fn with(rules: &str) -> String {
    let assessment = format!("[assessment]\nnotice_every = \"quarter\"\n{rules}\n[[goal]]");
    GOOD.replacen("[[goal]]", &assessment, 1)
}

fn rule(id: &str, keys: &str) -> String {
    format!("[[assessment.rule]]\nid = \"{id}\"\non = \"overdue\"\npoints = -1\n{keys}\n")
}

#[test]
fn a_rule_has_a_name_and_may_be_for_some_tasks() {
    let text = with(
        &(rule("all", "name = \"逾期未完成\"") + &rule("own", "tasks = [\"banner\", \"news\"]")),
    );
    assert_eq!(problems(&text), Problems::new());
    let (file, _) = good(&text);
    let assessment = file.plan.assessment.unwrap();
    let [all, own] = assessment.rules.as_slice() else {
        panic!("{:?}", assessment.rules);
    };
    assert_eq!((all.title(), own.title()), ("逾期未完成", "own"));
    let task = |code: &str| {
        file.plan
            .tasks
            .iter()
            .find(|task| task.code == *code)
            .map(|task| &task.code)
    };
    let fits = |rule, code| assessment.is_for(rule, task(code));
    assert_eq!((fits(all, "banner"), fits(own, "banner")), (false, true));
    assert_eq!((fits(all, "poster"), fits(own, "poster")), (true, false));
    assert!(assessment.is_for(all, None) && !assessment.is_for(own, None));
}

#[test]
fn tasks_that_a_rule_names_are_there() {
    let case = |keys: &str| ids(&with(&rule("own", keys)));
    assert_eq!(case("tasks = [\"baner\"]"), ["check-unknown-task"]);
    assert_eq!(case("tasks = []"), ["check-empty"]);
    assert_eq!(case("name = \" \""), ["check-empty"]);
    assert_eq!(case("tasks = \"banner\""), ["check-type"]);
    assert_eq!(
        case("tasks = [\"print\"]"),
        ["check-unknown-task"],
        "an activity with tasks is none"
    );
    let problems = problems(&with(&rule("own", "tasks = [\"baner\"]")));
    hinted(
        problems.iter().next().unwrap(),
        "hint-did-you-mean",
        Some("banner"),
    );
}

#[test]
fn two_rules_on_one_trigger_and_task_are_told() {
    let case = |one: &str, other: &str| ids(&with(&(rule("one", one) + &rule("other", other))));
    assert_eq!(case("", ""), ["check-rules-double"]);
    assert_eq!(case("", "per = \"day\""), ["check-rules-double"]);
    assert_eq!(
        case("tasks = [\"banner\"]", "tasks = [\"news\", \"banner\"]"),
        ["check-rules-double"]
    );
    assert_eq!(
        case("", "tasks = [\"banner\"]"),
        Vec::<&str>::new(),
        "the more particular books alone"
    );
    assert_eq!(
        case("tasks = [\"poster\"]", "tasks = [\"banner\"]"),
        Vec::<&str>::new()
    );
}
