//! What a plan file means.

use super::*;
use crate::model::due::Schedule;
use crate::model::plan::{Amount, Evidence, Plan};
use crate::model::zone::Zone;

#[test]
fn a_good_plan_has_no_problem_and_means_what_it_says() {
    assert_eq!(problems(GOOD), Problems::new());
    let (PlanFile { plan, .. }, Roster { units, .. }) = good(GOOD);
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
    assert_eq!(plan.ends, None, "days late count on");
    assert_eq!(plan.last_day(), day("2020-12-31"));
    assert_eq!(plan.timezone, Zone::Offset(480));
    let class = |unit: &crate::model::unit::Unit| unit.class(&plan);
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
