//! `notice --list`: the notices that were issued.

use serde::Serialize;

use super::LeftOut;
use crate::document::{Column, Document, Row, Table, Text};
use crate::model::board::View;
use crate::model::day::Day;
use crate::model::decimal::Decimal;
use crate::model::entry::Kept;
use crate::query::{Error, Listing, Workspace};
use crate::report::frame::{Frame, date};
use crate::report::{Report, mask};
use crate::words::{Words, args};

/// One issued notice.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct IssuedRow {
    /// Its number.
    pub number: u32,
    /// The day of issue.
    pub on: Day,
    /// The cut-off.
    pub until: Day,
    /// The day by which what it named must be put right.
    pub rectify: Day,
    /// How many units it named.
    pub units: usize,
    /// The points that it booked.
    pub points: Decimal,
    /// Who issued it.
    pub actor: String,
    /// Its id.
    pub id: String,
    /// Who was kept off it.
    pub left_out: Vec<LeftOut>,
    /// What was issued with it.
    pub files: Vec<Kept>,
}

/// The notices that were issued.
#[derive(Debug, Serialize)]
pub(crate) struct NoticeList {
    /// `duban.notices/2`.
    pub schema: &'static str,
    /// Which plan and day.
    #[serde(flatten)]
    pub frame: Frame,
    /// The notices, by number.
    pub rows: Vec<IssuedRow>,
}

impl IssuedRow {
    fn of(workspace: &Workspace, listing: Listing) -> Result<Self, Error> {
        let Listing {
            issued,
            address,
            actor,
            notice,
            units,
            points,
        } = listing;
        let left_out = notice.left_out.into_iter().map(|left| {
            let unit = workspace.find_unit(left.unit.as_str(), None)?.unit;
            Ok(LeftOut {
                code: left.unit.to_string(),
                name: unit.short,
                reason: mask::text(&left.reason),
            })
        });
        Ok(Self {
            number: issued.number,
            on: issued.on,
            until: issued.until,
            rectify: notice.rectify,
            units,
            points,
            actor: mask::text(&actor),
            id: address.short_id(true),
            left_out: left_out.collect::<Result<_, Error>>()?,
            files: notice.files,
        })
    }
}

impl NoticeList {
    /// The notices in force in a view.
    ///
    /// # Errors
    /// Whatever the store says.
    pub(crate) fn of(workspace: &Workspace, view: View) -> Result<Self, Error> {
        let listings = workspace.list_notices(view)?.into_iter();
        let rows = listings.map(|listing| IssuedRow::of(workspace, listing));
        Ok(Self {
            schema: "duban.notices/2",
            frame: Frame::of(workspace, view),
            rows: rows.collect::<Result<_, Error>>()?,
        })
    }
}

impl Report for NoticeList {
    type Row = IssuedRow;

    fn rows(&self) -> &[IssuedRow] {
        &self.rows
    }

    fn document<'a>(&'a self, words: &'a Words) -> Document<'a> {
        let plan = ("plan", self.frame.plan.short.as_str().into());
        let name = words.say("notice-list-title", &[plan]);
        let mut document = self.frame.document(words, name);
        if self.rows.is_empty() {
            document.line(words.text("notice-list-empty"));
        } else {
            let head = |key: &str| words.text(&format!("notice-list-head-{key}"));
            let columns = vec![
                Column::right("number", head("number")),
                Column::left("on", head("on")),
                Column::left("until", head("until")),
                Column::left("rectify", head("rectify")),
                Column::right("units", head("units")),
                Column::right("points", head("points")),
                Column::left("actor", head("actor")),
                Column::left("id", head("id")),
            ];
            let rows = self.rows.iter().map(|row| {
                Row::item(vec![
                    Text::number(row.number),
                    Text::day(row.on.to_string(), date(row.on)),
                    Text::day(row.until.to_string(), date(row.until)),
                    Text::day(row.rectify.to_string(), date(row.rectify)),
                    Text::number(row.units),
                    Text::number(row.points),
                    row.actor.as_str().into(),
                    row.id.as_str().into(),
                ])
            });
            document.table(Table::new(columns, rows));
            for row in &self.rows {
                for left in &row.left_out {
                    let args = args!(
                        n = row.number,
                        unit = left.name.as_str(),
                        reason = left.reason.as_str()
                    );
                    document.line(words.say("notice-list-left-out", &args));
                }
            }
        }
        document
    }
}
