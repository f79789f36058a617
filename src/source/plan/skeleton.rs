//! The commented plan that `init` writes: it asks what every plan's text leaves open, and `check` accepts it but for that.

use crate::model::day::{Day, last_of_month};

/// The skeleton in that language (`zh-CN`, else English), its days counted from `today`.
pub(crate) fn skeleton(lang: &str, today: Day) -> String {
    let text = if lang == "zh-CN" {
        include_str!("skeleton/zh-CN.toml")
    } else {
        include_str!("skeleton/en.toml")
    };
    let months = |ahead: u32| {
        let (year, month, _) = today.ymd();
        let month = month + ahead;
        let year = year + (month > 12) as i32;
        last_of_month(year, (month - 1) % 12 + 1)
    };
    let days = [
        ("1000-01-01", today),
        ("1000-01-02", months(1)),
        ("1000-01-03", months(2)),
        ("1000-01-04", months(3)),
    ];
    days.iter().fold(text.to_string(), |text, (mark, day)| {
        text.replace(mark, &day.to_string())
    })
}

#[cfg(test)]
mod tests {
    use super::skeleton;
    use crate::source::plan::{RosterSource, advise, open_questions, read};

    #[test]
    fn a_skeleton_is_accepted_but_for_its_open_questions() {
        for (lang, day) in [
            ("zh-CN", "2026-12-31"),
            ("en", "2026-01-01"),
            ("en", "2027-10-15"),
        ] {
            let text = skeleton(lang, day.parse().unwrap());
            let (file, problems) = read("duban.toml", text.as_bytes());
            assert!(problems.is_empty(), "{lang}: {problems:?}");
            let file = file.unwrap();
            assert_eq!(file.plan.lang, lang);
            let Some(RosterSource::Rows(roster)) = &file.roster else {
                panic!("a skeleton holds its own units");
            };
            let advice = advise(&file, Some(roster));
            let ids: Vec<&str> = advice.iter().map(|problem| problem.saying.id).collect();
            // What depends on the day on which it is made.
            let by_chance = ["check-due-day-off", "check-period-cut"];
            let days_off = ids.iter().filter(|id| !by_chance.contains(id));
            assert_eq!(
                days_off.collect::<Vec<_>>(),
                [&"check-open"],
                "{lang}: {advice:?}"
            );
            assert!(open_questions(&file.plan).len() >= 2);
            assert_eq!(
                text.matches(if lang == "en" { "QUESTION " } else { "【问" })
                    .count()
                    - usize::from(lang == "zh-CN"),
                11
            );
        }
    }
}
