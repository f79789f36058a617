//! `board`: every obligation's standing on one day, units down and tasks across (进度一览表).

use std::collections::BTreeMap;

use serde::Serialize;
use serde::ser::SerializeMap;

use super::frame::Frame;
use super::{Report, mask};
use crate::document::{Column, Document, Row, Table, Text, Tone};
use crate::model::board::{Cell, View};
use crate::model::day::Day;
use crate::model::plan::Plan;
use crate::model::standing::Standing;
use crate::model::tally::Tally;
use crate::model::unit::{Unit, UnitNo};
use crate::query::{Error, Selection, Workspace};
use crate::words::Words;

/// The standings of one unit, by task code in the order of the plan.
#[derive(Clone, Debug, Default)]
pub(crate) struct Cells(pub Vec<(String, Standing)>);

impl Serialize for Cells {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (task, standing) in &self.0 {
            map.serialize_entry(task, standing)?;
        }
        map.end()
    }
}

/// A unit's row.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct BoardRow {
    /// The unit's code.
    pub code: String,
    /// Its short name.
    pub name: String,
    /// Its kind.
    pub kind: String,
    /// Its contact.
    pub contact: Option<String>,
    /// Where each task stands: of several dues the most pressing that has come, else the next.
    pub cells: Cells,
    /// Obligations expected.
    pub expected: u64,
    /// Completed.
    pub completed: u64,
    /// Overdue.
    pub overdue: u64,
    /// Returned.
    pub returned: u64,
    /// The place in the roster.
    #[serde(skip)]
    pub place: u32,
}

/// A task's column.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct BoardTask {
    /// The task's code.
    pub code: String,
    /// Its short name.
    pub name: String,
    /// Whether anything of it has come: the screen folds the others away.
    #[serde(skip)]
    pub come: bool,
}

/// The board of a day.
#[derive(Debug, Serialize)]
pub(crate) struct Board {
    /// `duban.board/2`.
    pub schema: &'static str,
    /// Which plan and day.
    #[serde(flatten)]
    pub frame: Frame,
    /// The columns.
    pub tasks: Vec<BoardTask>,
    /// The units in the order of the roster.
    pub rows: Vec<BoardRow>,
    /// Whether the text shows tasks of which nothing has come.
    #[serde(skip)]
    pub all: bool,
}

/// How pressing a standing is among several dues of one task; the highest is shown.
const fn pressing(standing: Standing) -> u8 {
    match standing {
        Standing::Overdue => 7,
        Standing::Returned => 6,
        Standing::DueSoon => 5,
        Standing::Late => 4,
        Standing::Done => 3,
        Standing::Excused => 2,
        Standing::Waiting => 1,
        Standing::Pending => 0,
    }
}

impl BoardRow {
    /// The row of a unit from its cells.
    fn new(plan: &Plan, as_of: Day, place: u32, unit: &Unit, cells: &[Cell]) -> Self {
        let mut tally = Tally::default();
        let mut shown: BTreeMap<usize, Standing> = BTreeMap::new();
        for cell in cells {
            tally.count(cell, as_of);
            let place = shown.entry(cell.task).or_insert(cell.standing);
            if pressing(cell.standing) > pressing(*place) {
                *place = cell.standing;
            }
        }
        let named = shown
            .into_iter()
            .map(|(task, standing)| (plan.tasks[task].code.to_string(), standing));
        Self {
            code: unit.code.to_string(),
            name: unit.short.clone(),
            kind: unit.kind.clone(),
            contact: mask::name(&unit.contact),
            cells: Cells(named.collect()),
            expected: tally.expected(),
            completed: tally.completed(),
            overdue: tally.of(Standing::Overdue),
            returned: tally.of(Standing::Returned),
            place,
        }
    }
}

impl Board {
    /// The board of the units and tasks selected; `all` also shows tasks of which nothing has come.
    ///
    /// # Errors
    /// Whatever the store says.
    pub(crate) fn of(
        workspace: &Workspace,
        view: View,
        selection: &Selection,
        all: bool,
    ) -> Result<Self, Error> {
        let plan = &workspace.plan;
        let ruler = workspace.ruler(view);
        let mut come: Vec<Option<bool>> = vec![None; plan.tasks.len()];
        let mut found: Vec<(UnitNo, Vec<Cell>)> = Vec::new();
        workspace.survey(&ruler, None, selection, |unit| {
            for cell in unit.cells {
                let has_come = cell.standing != Standing::Pending;
                come[cell.task] = Some(come[cell.task].unwrap_or(false) || has_come);
            }
            found.push((unit.sheet.unit, unit.cells.to_vec()));
        })?;
        let numbers: Vec<UnitNo> = found.iter().map(|(no, _)| *no).collect();
        let units = workspace.units(&numbers)?.into_iter().zip(found);
        let mut rows: Vec<BoardRow> = units
            .map(|(row, (_, cells))| BoardRow::new(plan, view.as_of, row.place, &row.unit, &cells))
            .collect();
        rows.sort_by_key(|row| row.place);
        let tasks = plan.tasks.iter().zip(come).filter_map(|(task, come)| {
            Some(BoardTask {
                code: task.code.to_string(),
                name: task.short.clone(),
                come: come?,
            })
        });
        Ok(Self {
            schema: "duban.board/2",
            frame: Frame::of(workspace, view).within(selection),
            tasks: tasks.collect(),
            rows,
            all,
        })
    }
}

/// The tone of a standing.
pub(crate) const fn tone(standing: Standing) -> Tone {
    match standing {
        Standing::Done => Tone::Done,
        Standing::Late => Tone::Late,
        Standing::Overdue => Tone::Overdue,
        Standing::DueSoon => Tone::Soon,
        Standing::Returned => Tone::Returned,
        Standing::Waiting | Standing::Pending | Standing::Excused => Tone::Dim,
    }
}

/// The letter of a standing on a screen.
pub(crate) fn letter(words: &Words, standing: Standing) -> Text {
    let id = format!("standing-{}-letter", standing.key().replace('_', "-"));
    Text::from((words.text(&id), tone(standing)))
}

/// The name of a standing.
pub(crate) fn named(words: &Words, standing: Standing) -> String {
    words.text(&format!("standing-{}", standing.key().replace('_', "-")))
}

impl Report for Board {
    type Row = BoardRow;

    fn rows(&self) -> &[BoardRow] {
        &self.rows
    }

    fn document<'a>(&'a self, words: &'a Words) -> Document<'a> {
        let name = words.say(
            "board-title",
            &[("plan", self.frame.plan.short.as_str().into())],
        );
        let mut document = self.frame.document(words, name);
        let units = words.say("board-units", &[("n", self.rows.len().into())]);
        document.line(units);
        let shown: Vec<&BoardTask> = self
            .tasks
            .iter()
            .filter(|task| self.all || task.come)
            .collect();
        let folded = self.tasks.len() - shown.len();
        let mut columns = vec![Column::left("name", words.text("head-unit"))];
        columns.extend(shown.iter().enumerate().map(|(at, task)| {
            Column::marks(&task.code, task.name.as_str()).or_brief((at + 1).to_string())
        }));
        for (key, id) in [
            ("expected", "head-expected-short"),
            ("completed", "head-completed-short"),
            ("overdue", "head-overdue-short"),
            ("returned", "head-returned-short"),
        ] {
            columns.push(Column::right(key, words.text(id)).spare());
        }
        let rows = self.rows.iter().map(move |row| {
            let mut cells = vec![Text::from(row.name.as_str())];
            for task in &shown {
                let cell = row.cells.0.iter().find(|(code, _)| *code == task.code);
                cells.push(
                    cell.map(|(_, standing)| letter(words, *standing))
                        .unwrap_or_default(),
                );
            }
            let number = |number: u64, tone: Tone| match number {
                0 => Text::from("-"),
                number => Text::from((number.to_string(), tone)),
            };
            cells.push(number(row.expected, Tone::Plain));
            cells.push(number(row.completed, Tone::Plain));
            cells.push(number(row.overdue, Tone::Overdue));
            cells.push(number(row.returned, Tone::Returned));
            Row::item(cells)
        });
        document.line(legend(words));
        document.table(Table::new(columns, rows));
        if folded > 0 {
            document.line(words.say("board-folded", &[("n", folded.into())]));
        }
        document
    }
}

fn legend(words: &Words) -> Text {
    let mut text = Text::default();
    for (at, standing) in Standing::ALL.iter().enumerate() {
        if at > 0 {
            text.push(" ", Tone::Plain);
        }
        let letter = letter(words, *standing).plain();
        text.push(
            format!("{letter}={}", named(words, *standing)),
            tone(*standing),
        );
    }
    text
}
