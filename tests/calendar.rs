//! Due days for programs that keep calendars.

use std::collections::{BTreeMap, BTreeSet};

use insta::assert_snapshot;

use crate::support::{Project, SMALL};

/// The events of a calendar by id, each with its properties.
fn events(file: &str) -> BTreeMap<String, BTreeMap<String, String>> {
    let whole = file.replace("\r\n ", "");
    let mut events = BTreeMap::new();
    for event in whole.split("BEGIN:VEVENT\r\n").skip(1) {
        let lines = event.split("\r\n").take_while(|line| *line != "END:VEVENT");
        let parts = lines.map(|line| line.split_once(':').unwrap());
        let parts = parts.map(|(key, value)| (key.split(';').next().unwrap().into(), value.into()));
        let event: BTreeMap<String, String> = parts.collect();
        assert!(events.insert(event["UID"].clone(), event).is_none());
    }
    events
}

fn project() -> Project {
    let mut project = Project::small();
    project.on("2020-06-24").ok("done v1 banner=3 plan");
    project.ok("done v2 banner=1");
    project
}

#[test]
fn due_days_on_a_screen_and_in_a_calendar() {
    for lang in ["en", "zh-CN"] {
        let project = project().set("DUBAN_LANG", lang);
        assert_snapshot!(
            format!("calendar_{lang}"),
            project.talk(&[
                "calendar",
                "calendar --unit v2",
                "calendar --within 10 --area North --task banner,plan",
                "calendar --unit v2 --within 10 --format ics",
                "calendar --within 10 --format ics",
                "calendar --within 0",
                "calendar -o days.ics",
                "status -o status.ics",
            ])
        );
    }
}

#[test]
fn telling_it_again_changes_what_stands_and_adds_nothing() {
    let mut project = project();
    let before = events(&project.ok("calendar --unit v2 --format ics").stdout);
    let same = project.ok("calendar --unit v2 --format ics").stdout;
    assert_eq!(before, events(&same));
    project.ok("done v2 plan");
    project.ok("extend v2 banner --due 7-15 --reason flood");
    let after = events(&project.ok("calendar --unit v2 --format ics").stdout);
    let ids = |events: &BTreeMap<String, _>| events.keys().cloned().collect::<BTreeSet<String>>();
    assert_eq!(ids(&before), ids(&after));
    let (banner, plan) = ("banner.unit=v2@small.duban", "plan.unit=v2@small.duban");
    assert_eq!(before[banner]["DTSTART"], "20200630");
    assert_eq!(after[banner]["DTSTART"], "20200715");
    assert_eq!(before[plan]["TRIGGER"], "-PT159H");
    assert!(!after[plan].contains_key("TRIGGER"));
    let edition = |event: &BTreeMap<String, String>| event["SEQUENCE"].parse::<u64>().unwrap();
    assert!(edition(&after[plan]) > edition(&before[plan]));
    // The next day something may have become overdue without anybody writing.
    project.on("2020-06-25");
    let later = events(&project.ok("calendar --unit v2 --format ics").stdout);
    assert!(edition(&later[plan]) > edition(&after[plan]));
    // Among all units those whose day moved are a day of their own.
    let all = events(&project.ok("calendar --format ics").stdout);
    assert_eq!(all["banner@small.duban"]["DTSTART"], "20200630");
    assert_eq!(all["banner.2020-07-15@small.duban"]["DTSTART"], "20200715");
}

#[test]
fn what_is_in_the_calendar_is_what_stands() {
    let project = project();
    let rows = project.json("calendar")["rows"].clone();
    let units = |key: &str| -> u64 {
        let rows = rows.as_array().unwrap().iter();
        rows.map(|row| row[key].as_u64().unwrap()).sum()
    };
    let total = project.json("status")["total"].clone();
    let applicable = total["applicable"].as_u64().unwrap() - total["waiting"].as_u64().unwrap();
    assert_eq!(units("units"), applicable);
    assert_eq!(Some(units("completed")), total["completed"].as_u64());
    assert_eq!(Some(units("excused")), total["excused"].as_u64());
}

#[test]
fn hostile_words_stay_words() {
    let plan = SMALL.replace("Hang banners", "a,b;c\\\\nEND:VCALENDAR\\u0007\\r\\nX:1");
    let mut project = Project::with_plan(&plan);
    project.on("2020-06-24");
    let file = project.ok("calendar --task banner --format ics").stdout;
    assert_eq!(file.matches("\r\nEND:VCALENDAR\r\n").count(), 1, "{file}");
    assert!(!file.contains("\nX:1") && !file.contains('\u{7}'), "{file}");
}
