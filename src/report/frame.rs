//! What every report says of itself: which plan, which day, and what was known by then.

use serde::Serialize;

use crate::document::{Block, Text, Tone};
use crate::model::board::View;
use crate::model::day::Day;
use crate::model::plan::Plan;
use crate::words::Words;

/// Which plan a report is about.
#[derive(Clone, Debug, Serialize)]
pub struct PlanRef {
    /// The plan's id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The digest of plan and roster in force.
    pub digest: String,
}

/// What a report is about and for which day.
#[derive(Clone, Debug, Serialize)]
pub struct Frame {
    /// The plan.
    pub plan: PlanRef,
    /// The day asked about.
    pub as_of: Day,
    /// Only what had been recorded by this day counts.
    pub known_by: Option<Day>,
    /// The day of an amendment of the plan after `as_of`, where there was one: today's plan judges every day.
    pub amended: Option<Day>,
    /// Whether `as_of` has not come yet.
    pub forecast: bool,
}

impl Frame {
    /// The frame of a view on a plan. `applied` is the day on which it came into force, if it did; `today` tells a
    /// forecast from a report.
    pub fn new(plan: &Plan, digest: &str, view: View, applied: Option<Day>, today: Day) -> Self {
        let plan = PlanRef {
            id: plan.id.to_string(),
            title: plan.title.clone(),
            digest: digest.to_string(),
        };
        let amended = applied.filter(|day| *day > view.as_of);
        Self {
            plan,
            as_of: view.as_of,
            known_by: view.known_by,
            amended,
            forecast: view.as_of > today,
        }
    }

    /// The heading: what it is at the left, the day at the right; below it what limits it.
    pub fn heading(&self, words: &Words, name: &str) -> Vec<Block<'static>> {
        let aside = words.say(
            "frame-as-of",
            &[("day", long_day(words, self.as_of).into())],
        );
        let mut aside = Text::from(aside);
        if self.forecast {
            aside.push("  ", Tone::Plain);
            aside.push(words.text("frame-forecast"), Tone::Notice);
        }
        let mut blocks = vec![Block::Heading {
            level: 1,
            text: Text::from((name.to_string(), Tone::Strong)),
            aside,
        }];
        if let Some(day) = self.known_by {
            blocks.push(Block::Line(
                words
                    .say("frame-known-by", &[("day", day.to_string().into())])
                    .into(),
            ));
        }
        if let Some(day) = self.amended {
            blocks.push(Block::Line(
                words
                    .say("frame-amended", &[("day", day.to_string().into())])
                    .into(),
            ));
        }
        blocks
    }
}

/// A day with its weekday: `2020-07-03 周五`.
pub fn long_day(words: &Words, day: Day) -> String {
    let weekday = day.weekday().number_from_monday();
    format!("{day} {}", words.text(&format!("format-weekday-{weekday}")))
}

/// A day as documents write it: `2020年7月3日`, `3 July 2020`.
pub fn full_day(words: &Words, day: Day) -> String {
    let (year, month, date) = day.ymd();
    let args = [
        ("year", year.to_string().into()),
        ("month", words.text(&format!("format-month-{month}")).into()),
        ("date", date.to_string().into()),
    ];
    words.say("format-full-day", &args)
}

/// A day without its year where that is the year of `near`: `06-30`.
pub fn short_day(day: Day, near: Day) -> String {
    let text = day.to_string();
    if day.ymd().0 == near.ymd().0 {
        text[5..].to_string()
    } else {
        text
    }
}

/// A rate for people: `86.8%`, or `-` where nothing is expected.
pub fn percent(rate: Option<f64>) -> String {
    rate.map_or_else(|| "-".to_string(), |rate| format!("{:.1}%", rate * 100.0))
}

/// A name and its number of obligations, or the like: the texts joined as the language joins lists.
pub fn listed(words: &Words, texts: &[String]) -> String {
    texts.join(&words.text("format-list-separator"))
}
