//! `show UNIT`.

use std::cmp::Reverse;

use serde::Serialize;

use super::{DueRow, dues_table, entries};
use crate::document::Document;
use crate::model::board::View;
use crate::model::day::Day;
use crate::model::tally::Tally;
use crate::model::unit::{Unit, UnitNo};
use crate::query::{Error, Selection, Workspace};
use crate::report::frame::{Frame, kind, listed};
use crate::report::log::{self, LogRow};
use crate::report::optional::{self, OptionalRow};
use crate::report::status::Figures;
use crate::report::{Report, mask};
use crate::words::{Words, args};

/// A unit as it is shown: the telephone number masked unless asked for.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct UnitFacts {
    /// Code.
    pub code: String,
    /// Full name.
    pub name: String,
    /// Short name.
    pub short: String,
    /// Kind.
    pub kind: String,
    /// Labels.
    pub labels: Vec<String>,
    /// The areas above it, nearest first.
    pub areas: Vec<String>,
    /// Who leads it.
    pub head: Option<String>,
    /// Whom it named.
    pub contact: Option<String>,
    /// The contact's number.
    pub phone: Option<String>,
    /// The first due day that it owes.
    pub since: Option<Day>,
    /// The last due day that it owes.
    pub until: Option<Day>,
    /// Codes of the units that it took over.
    pub was: Vec<String>,
    /// Further columns of the roster.
    pub attributes: std::collections::BTreeMap<String, String>,
}

impl UnitFacts {
    /// The facts of a unit.
    pub(crate) fn new(unit: &Unit, areas: Vec<String>, show_phone: bool) -> Self {
        let said = |text: &str| match show_phone {
            true => text.to_string(),
            false => mask::text(text),
        };
        let given = |text: String| Some(text).filter(|text| !text.is_empty());
        Self {
            code: unit.code.to_string(),
            name: unit.name.clone(),
            short: unit.short.clone(),
            kind: unit.kind.clone(),
            labels: unit.labels.clone(),
            areas,
            head: given(said(&unit.head)),
            contact: given(said(&unit.contact)),
            phone: given(match show_phone {
                true => unit.phone.clone(),
                false => mask::phone(&unit.phone),
            }),
            since: unit.since,
            until: unit.until,
            was: unit.was.iter().map(ToString::to_string).collect(),
            attributes: unit
                .attributes
                .iter()
                .map(|(name, value)| (name.clone(), said(value)))
                .collect(),
        }
    }
}

/// One unit.
#[derive(Debug, Serialize)]
pub(crate) struct UnitSheet {
    /// `duban.unit/2`.
    pub schema: &'static str,
    /// Which plan and day.
    #[serde(flatten)]
    pub frame: Frame,
    /// The unit.
    pub unit: UnitFacts,
    /// Its figures.
    pub figures: Figures,
    /// Its obligations.
    pub rows: Vec<DueRow>,
    /// The optional tasks that it did.
    pub optional: Vec<OptionalRow>,
    /// Its entries, newest first.
    pub entries: Vec<LogRow>,
    /// Whether the text folds periods that are not due yet.
    #[serde(skip)]
    pub fold: bool,
}

impl UnitSheet {
    /// The unit of that number, with the tasks selected. With `fold` the text folds periods that are not due yet.
    ///
    /// # Errors
    /// Whatever the store says.
    pub(crate) fn of(
        workspace: &Workspace,
        view: View,
        no: UnitNo,
        selection: Selection,
        show_phone: bool,
        fold: bool,
    ) -> Result<Self, Error> {
        let plan = &workspace.plan;
        let frame = Frame::of(workspace, view).within(&selection);
        let only = Selection {
            units: Some(vec![no]),
            tasks: selection.tasks,
            ..Selection::default()
        };
        let mut tally = Tally::default();
        let mut rows = Vec::new();
        let ruler = workspace.ruler(view);
        workspace.survey(&ruler, &only, |unit| {
            for cell in unit.cells {
                tally.count(cell, view.as_of);
                rows.push(DueRow::of_task(plan, cell).planned(plan, &ruler, cell));
            }
        })?;
        let mut optional = optional::rows(workspace, &ruler, &only)?;
        optional.retain(|row| row.units > 0);
        let unit = workspace.unit(no)?.unit;
        let owes = |task: &str| rows.iter().any(|row: &DueRow| row.code == task);
        let mut entries = workspace.entries_of_unit(no, &view)?;
        let amendments = workspace.amendments(&view, |change| {
            owes(&change.task) || change.unit == unit.code.as_str()
        })?;
        entries.extend(amendments);
        // Newest first, as the log tells them.
        entries.sort_by_key(|entry| Reverse(entry.moment()));
        Ok(Self {
            schema: "duban.unit/2",
            frame,
            unit: UnitFacts::new(&unit, workspace.areas_above(no)?, show_phone),
            figures: tally.into(),
            rows,
            optional,
            entries: log::rows(entries, plan),
            fold,
        })
    }
}

impl Report for UnitSheet {
    type Row = DueRow;

    fn rows(&self) -> &[DueRow] {
        &self.rows
    }

    fn document<'a>(&'a self, words: &'a Words) -> Document<'a> {
        let unit = &self.unit;
        let name = format!("{} {}", unit.name, unit.code);
        let mut document = self.frame.document(words, name);
        let mut facts = vec![words.say("show-kind", &args!(kind = kind(words, &unit.kind)))];
        if !unit.areas.is_empty() {
            facts.push(words.say("show-areas", &args!(areas = listed(words, &unit.areas))));
        }
        if let Some(head) = &unit.head {
            facts.push(words.say("show-head", &args!(name = head.as_str())));
        }
        let contact = unit
            .contact
            .clone()
            .unwrap_or_else(|| words.text("lagging-no-contact"));
        let contact = match &unit.phone {
            Some(phone) => format!("{contact} {phone}"),
            None => contact,
        };
        facts.push(words.say("show-contact", &args!(name = contact)));
        for (id, day) in [("show-since", unit.since), ("show-until", unit.until)] {
            facts.extend(day.map(|day| words.say(id, &args!(day = day.to_string()))));
        }
        if !unit.was.is_empty() {
            facts.push(words.say("show-was", &args!(codes = listed(words, &unit.was))));
        }
        facts.extend(
            unit.attributes
                .iter()
                .map(|(key, value)| format!("{key} {value}")),
        );
        document.line(facts.join("  "));
        let figures = &self.figures;
        let line = words.say(
            "show-figures",
            &args!(
                expected = figures.expected,
                completed = figures.completed,
                overdue = figures.overdue,
                returned = figures.returned
            ),
        );
        document.line(line);
        if !self.rows.is_empty() {
            let near = self.frame.as_of;
            document.table(dues_table(words, &self.rows, near, "head-task", self.fold));
        }
        optional::tell(&mut document, &self.optional, words);
        if !self.entries.is_empty() {
            document.heading(2, words.text("show-entries"), "");
            document.table(entries(words, &self.entries, self.frame.as_of, true));
        }
        document
    }
}
