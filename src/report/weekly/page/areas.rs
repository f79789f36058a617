//! The areas by task, for many units.

use std::cmp::Reverse;

use super::super::Weekly;
use super::super::survey::AreaRow;
use crate::document::{Column, Figure, Row, Table, Text, Tone};
use crate::model::tally::Rate;
use crate::report::status::StatusRow;
use crate::words::Words;

/// The areas by task, the lowest rate first.
pub(super) fn area_table<'a>(week: &'a Weekly, words: &'a Words) -> Table<'a> {
    let mut columns = vec![
        Column::left("name", words.text("head-area")),
        Column::right("units", words.text("head-units")),
        Column::right("lagging", words.text("weekly-head-lag")),
        Column::marks("completion_rate", words.text("head-rate")),
    ];
    let come: Vec<&StatusRow> = week
        .status
        .rows
        .iter()
        .filter(|row| row.figures.expected > 0)
        .collect();
    columns.extend(come.iter().map(|row| {
        let short = row.short.as_deref().unwrap_or(&row.name);
        Column::marks(&row.code, short)
    }));
    let mut sorted: Vec<&AreaRow> = week.areas.iter().collect();
    let low = |rate: Rate| rate.rounded(1_000_000).unwrap_or(u64::MAX);
    sorted.sort_by_key(|area| (low(area.completion_rate), Reverse(area.lagging)));
    let rows = sorted.into_iter().map(move |area| {
        let name = match area.code.is_empty() {
            true => words.text("status-no-area"),
            false => area.name.clone(),
        };
        let lagging = if area.lagging > 0 {
            Tone::Overdue
        } else {
            Tone::Plain
        };
        let mut cells = vec![
            match week.links.get(&area.code) {
                Some(link) => Text::figure(Figure::Link(link.clone()), name),
                None => name.into(),
            },
            Text::number(area.units),
            Text::from((area.lagging.to_string(), lagging)),
            heat(area.completion_rate),
        ];
        cells.extend(come.iter().map(|row| {
            let own = area.by_task.0.iter().find(|(code, _)| *code == row.code);
            own.map(|(_, rate)| heat(*rate)).unwrap_or_default()
        }));
        Row::item(cells)
    });
    Table::new(columns, rows.collect::<Vec<_>>())
}

/// A rate in whole percent on the ground of its height; what is not all is never told as 100 %.
fn heat(rate: Rate) -> Text {
    let Some(percent) = rate.whole_percent() else {
        return Text::new();
    };
    let tone = match percent {
        100.. => Tone::Done,
        90.. => Tone::Soon,
        75.. => Tone::Late,
        _ => Tone::Overdue,
    };
    (format!("{percent}%"), tone).into()
}
