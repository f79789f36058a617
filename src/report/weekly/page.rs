//! The page of the week: a verdict, four figures, who lags, what changed and what comes; then every task, the days, and where everything
//! stands. What a leader has half a minute for comes first.

mod areas;
mod around;
mod behind;
mod opening;
mod tasks;

use self::areas::area_table;
use self::around::{changes, coming};
use self::behind::behind;
use self::opening::{tiles, verdict};
use self::tasks::tasks;
use super::burn_up::chart;
use super::{Weekly, sentences};
use crate::document::{Block, Document, Figure, Text, Tone};
use crate::report::frame::month_day;
use crate::words::Words;

/// How many units that lag are named: what a page before the fold, and a leader, can take; and what a picture can.
const WORST: usize = 30;
const PICTURED: usize = 8;

/// Lays the page out.
pub(super) fn document<'a>(week: &'a Weekly, words: &'a Words) -> Document<'a> {
    let mut document = sentences::head(week, words);
    if week.is_empty() {
        document.line(words.text("status-nothing"));
        return document;
    }
    opening(week, words, WORST, &mut document);
    document.beside(vec![changes(week, words), coming(week, words)]);
    tasks(week, words, &mut document);
    if let Some(chart) = chart(week, words) {
        document.heading(2, words.text("weekly-head-days"), "");
        document.chart(chart);
    }
    if week.is_grouped() || !week.links.is_empty() {
        document.heading(2, words.text("weekly-head-areas"), "");
        let grades = Text::from((words.text("weekly-grades"), Tone::Dim));
        document.line(grades.and(Text::figure(find(words), "")));
        document.table(area_table(week, words));
    }
    if let Some(board) = &week.board {
        document.heading(2, words.text("weekly-head-board"), "");
        let folded = board.lay_out(&mut document, words, Some(find(words)));
        not_due(words, folded, &mut document);
    }
    document.heading(2, words.text("weekly-head-terms"), "");
    document.list(terms(week, words));
    document
}

/// The thirty seconds alone, to forward to where people talk: what the page opens with, as wide as a phone.
pub(super) fn picture<'a>(week: &'a Weekly, words: &'a Words) -> Document<'a> {
    let mut document = sentences::head(week, words).narrow();
    match week.is_empty() {
        true => document.line(words.text("status-nothing")),
        false => opening(week, words, PICTURED, &mut document),
    }
    document
}

/// How it stands, and who lags, the first `most` of them by name.
fn opening<'a>(week: &'a Weekly, words: &'a Words, most: usize, document: &mut Document<'a>) {
    document.blocks.push(Block::Verdict(verdict(week, words)));
    document.blocks.push(Block::Tiles(tiles(week, words)));
    behind(week, words, most, document);
}

/// Where rows can be looked for.
fn find(words: &Words) -> Figure {
    Figure::Find(words.text("weekly-find"))
}

/// Says how many tasks have nothing to show yet.
fn not_due(words: &Words, tasks: usize, document: &mut Document) {
    if tasks > 0 {
        let text = words.say("weekly-folded", &[("n", tasks.into())]);
        document.line((text, Tone::Dim));
    }
}

/// How the figures add up, what they mean, and what they rest on.
fn terms(week: &Weekly, words: &Words) -> Vec<Text> {
    let digest: String = week.frame.plan.digest.chars().take(12).collect();
    let mut points: Vec<Text> = vec![
        week.status.equation(words).into(),
        words.text("weekly-terms-rates").into(),
        words
            .say(
                "weekly-terms-week",
                &[(
                    "day",
                    month_day(words, week.before.day, week.frame.as_of).into(),
                )],
            )
            .into(),
        words
            .say(
                "weekly-terms-plan",
                &[
                    ("title", week.frame.plan.title.as_str().into()),
                    ("digest", digest.into()),
                ],
            )
            .into(),
    ];
    if week.frame.filter.is_none() {
        points.insert(3, words.text("weekly-terms-whole").into());
    }
    points
}
