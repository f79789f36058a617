//! How it opens: the verdict in a sentence or two, and four figures.

use std::cmp::Ordering;

use super::super::sentences::{self, waiting_parts};
use super::super::{Waiting, Weekly};
use crate::document::{Text, Tile, Tone};
use crate::model::tally::Rate;
use crate::report::frame::{listed, percent};
use crate::words::Words;

/// How far it is and how that changed, the worst unit and why, what hurts, and what the office does next.
pub(super) fn verdict(week: &Weekly, words: &Words) -> Text {
    let (now, then) = (&week.status.total, &week.before.total);
    if now.expected == 0 {
        return words.text("weekly-none-expected").into();
    }
    let change = sentences::change(words, now.completion_rate, then.completion_rate);
    let args = [
        ("rate", percent(now.completion_rate).into()),
        ("change", change.unwrap_or_default().into()),
    ];
    let mut text = Text::from((words.say("weekly-verdict", &args), Tone::Strong));
    let mut say = |id: &str, args: &[(&str, crate::words::Value)]| {
        text.push(words.say(id, args), Tone::Plain);
    };
    let lagging = &week.lagging;
    match lagging.rows.first().or(lagging.supervisor.as_ref()) {
        None => say("weekly-verdict-none", &[]),
        Some(worst) => {
            let mut why = Vec::new();
            if worst.reminders() == 0 {
                why.push(words.text("weekly-verdict-unreminded"));
            }
            if worst.contact().is_none() {
                why.push(words.text("weekly-verdict-no-contact"));
            }
            let mut reasons = listed(words, &why);
            if !reasons.is_empty() {
                reasons = words.say("weekly-verdict-why", &[("why", reasons.into())]);
            }
            say(
                "weekly-verdict-behind",
                &[
                    ("units", lagging.units.into()),
                    ("n", lagging.obligations.into()),
                    ("unit", sentences::unit(week, words, worst).into()),
                    ("own", worst.overdue().into()),
                    ("days", worst.days().into()),
                    ("why", reasons.into()),
                ],
            );
        }
    }
    let pains = [
        ("weekly-pain-corrections", week.waiting.corrections),
        ("weekly-pain-objections", week.waiting.objections),
    ];
    for (id, n) in pains.into_iter().filter(|(_, n)| *n > 0) {
        say(id, &[("n", n.into())]);
    }
    let reminded = lagging.units.saturating_sub(week.neglected.unreminded);
    let steps = [
        ("weekly-step-remind", week.neglected.unreminded),
        ("weekly-step-remind-again", reminded),
        ("weekly-step-contact", week.neglected.no_contact),
        ("weekly-step-review", week.waiting.review),
    ];
    let steps = steps.into_iter().filter(|(_, n)| *n > 0);
    let steps: Vec<String> = steps
        .map(|(id, n)| words.say(id, &[("n", n.into())]))
        .collect();
    if !steps.is_empty() {
        let args = [("steps", listed(words, &steps).into())];
        text.push(words.say("weekly-steps", &args), Tone::Strong);
    }
    text
}

/// The four figures, each with what it is of and what it was last week.
pub(super) fn tiles(week: &Weekly, words: &Words) -> Vec<Tile> {
    let (now, then) = (&week.status.total, &week.before.total);
    let rate = |head: &str, rate: Rate, before: Rate, part: u64, part_before: u64| {
        let of = |part: u64, whole: u64| [("part", part.into()), ("whole", whole.into())];
        let mut lines = vec![words.say("weekly-part", &of(part, now.expected)).into()];
        if let Some((way, by)) = sentences::movement(rate, before) {
            let (id, tone) = match way {
                Ordering::Less => ("weekly-tile-down", Tone::Overdue),
                Ordering::Equal => ("weekly-tile-same", Tone::Dim),
                Ordering::Greater => ("weekly-tile-up", Tone::Done),
            };
            lines.push((words.say(id, &[("by", by.into())]), tone).into());
            let [part, whole] = of(part_before, then.expected);
            let args = [("was", percent(before).into()), part, whole];
            lines.push((words.say("weekly-tile-was", &args), Tone::Dim).into());
        }
        Tile {
            label: words.text(head).into(),
            figure: percent(rate).into(),
            lines,
        }
    };
    let lagging = &week.lagging;
    let movement = lagging.since.as_ref();
    let (joined, left) = movement.map_or((0, 0), |it| (it.joined.len(), it.left.len()));
    let units = [("units", week.rows.len().into())];
    let moved = [("joined", joined.into()), ("left", left.into())];
    let before = [("was", week.before.lagging.into())];
    let toned = |n: u64| {
        let tone = if n > 0 { Tone::Overdue } else { Tone::Plain };
        Text::from((n.to_string(), tone))
    };
    vec![
        rate(
            "weekly-head-done",
            now.completion_rate,
            then.completion_rate,
            now.completed,
            then.completed,
        ),
        rate(
            "weekly-head-on-time",
            now.on_time_rate,
            then.on_time_rate,
            now.on_time,
            then.on_time,
        ),
        Tile {
            label: words.text("weekly-head-behind").into(),
            figure: toned(lagging.units),
            lines: vec![
                words.say("weekly-of-units", &units).into(),
                words.say("weekly-moved", &moved).into(),
                Text::from((words.say("weekly-was", &before), Tone::Dim)),
            ],
        },
        waiting_tile(&week.waiting, &week.before.waiting, words),
    ]
}

fn waiting_tile(now: &Waiting, then: &Waiting, words: &Words) -> Tile {
    let parts = waiting_parts(words, now);
    let mut lines: Vec<Text> = parts.into_iter().map(Text::from).collect();
    let was = [("was", then.total.to_string().into())];
    lines.push((words.say("weekly-was", &was), Tone::Dim).into());
    Tile {
        label: words.text("weekly-head-waiting").into(),
        figure: now.total.to_string().into(),
        lines,
    }
}
