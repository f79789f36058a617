//! `board`: every obligation's standing on one day, units down and tasks across (进度一览表).

use std::cmp::Reverse;

use compact_str::CompactString;
use serde::Serialize;
use serde::ser::SerializeMap;
use smallvec::SmallVec;

use super::frame::{Frame, hidden, omitted};
use super::{Report, mask};
use crate::document::{Column, Document, Figure, Row, Table, Text, Tone, Value};
use crate::model::board::View;
use crate::model::day::Day;
use crate::model::plan::Task;
use crate::model::standing::Standing;
use crate::model::tally::{Rate, Tally};
use crate::model::unit::{Class, UnitNo};
use crate::query::{Error, Selection, SurveyPart, Surveyed, UnitLabel, Workspace};
use crate::words::Words;

/// The standings of one unit, by task code in the order of the plan.
#[derive(Clone, Debug)]
pub(crate) struct Cells<'p> {
    tasks: &'p [Task],
    /// By the tasks' places in the plan; `None` = the unit owes nothing of it.
    standings: SmallVec<[Option<Standing>; 16]>,
}

impl Serialize for Cells<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (task, standing) in self.tasks.iter().zip(&self.standings) {
            if let Some(standing) = standing {
                map.serialize_entry(task.code.as_str(), standing)?;
            }
        }
        map.end()
    }
}

/// A unit's row.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct BoardRow<'p> {
    /// The unit's code.
    pub code: CompactString,
    /// Its short name.
    pub name: CompactString,
    /// Its kind.
    pub kind: &'p str,
    /// Its contact.
    pub contact: Option<CompactString>,
    /// Where each task stands: of several dues the most pressing that has come, else the next.
    pub cells: Cells<'p>,
    /// Obligations expected.
    pub expected: u64,
    /// Completed.
    pub completed: u64,
    /// Overdue.
    pub overdue: u64,
    /// Returned.
    pub returned: u64,
    /// Its number, and its place in the roster.
    #[serde(skip)]
    no: UnitNo,
    #[serde(skip)]
    place: u32,
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
    /// Its place in the plan.
    #[serde(skip)]
    place: usize,
}

/// The board of a day.
#[derive(Debug, Serialize)]
pub(crate) struct Board<'p> {
    /// `duban.board/3`.
    pub schema: &'static str,
    /// Which plan and day.
    #[serde(flatten)]
    pub frame: Frame,
    /// The columns.
    pub tasks: Vec<BoardTask>,
    /// The units in the order of the roster.
    pub rows: Vec<BoardRow<'p>>,
    /// How many rows were left out, because fewer were asked for.
    pub omitted: usize,
    /// Whether the text shows tasks of which nothing has come.
    #[serde(skip)]
    pub all: bool,
    /// Whether the text is for a screen.
    #[serde(skip)]
    pub screen: bool,
}

/// Another order of the units than the roster's, which what is alike stays in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sort {
    /// The most overdue first.
    Overdue,
    /// The least completed first.
    Rate,
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

impl<'p> BoardRow<'p> {
    /// The row of a unit from its cells, without the unit's names.
    fn new(tasks: &'p [Task], classes: &'p [Class], as_of: Day, unit: &Surveyed) -> Self {
        let Surveyed { sheet, cells } = *unit;
        let mut tally = Tally::default();
        let mut standings = SmallVec::from_elem(None, tasks.len());
        for cell in cells {
            tally.count(cell, as_of);
            let shown: &mut Option<Standing> = &mut standings[cell.task];
            if shown.is_none_or(|shown| pressing(cell.standing) > pressing(shown)) {
                *shown = Some(cell.standing);
            }
        }
        Self {
            code: CompactString::default(),
            name: CompactString::default(),
            kind: classes
                .get(sheet.class as usize)
                .map_or("", |class| &class.kind),
            contact: None,
            cells: Cells { tasks, standings },
            expected: tally.expected(),
            completed: tally.completed(),
            overdue: tally.of(Standing::Overdue),
            returned: tally.of(Standing::Returned),
            no: sheet.unit,
            place: 0,
        }
    }
}

/// The rows of units in a row.
struct Found<'p> {
    rows: Vec<BoardRow<'p>>,
    /// Of each task whether any of it has come; `None` where nobody owes it.
    come: Vec<Option<bool>>,
}

impl SurveyPart for Found<'_> {
    fn numbers(&self) -> Vec<UnitNo> {
        self.rows.iter().map(|row| row.no).collect()
    }

    fn name(&mut self, at: usize, label: UnitLabel<'_>) {
        let row = &mut self.rows[at];
        (row.place, row.code, row.name) = (label.place, label.code.into(), label.short.into());
        let contact = mask::lent(label.contact);
        row.contact = (!contact.is_empty()).then(|| contact.as_ref().into());
    }
}

impl<'p> Board<'p> {
    /// The board of the units and tasks selected; `all` also shows tasks of which nothing has come, and a `screen` says how to ask for them.
    ///
    /// # Errors
    /// Whatever the store says.
    pub(crate) fn of(
        workspace: &'p Workspace,
        view: View,
        selection: &Selection,
        all: bool,
        screen: bool,
    ) -> Result<Self, Error> {
        let (plan, classes) = (&workspace.plan, workspace.classes.as_slice());
        let ruler = workspace.ruler(view);
        // A row is made where its cells are: at 650,000 units the board takes 1.1 GB where they wait for the roster's rows.
        let parts = workspace.survey_in_parts(
            &ruler,
            None,
            selection,
            |_| true,
            || Found {
                rows: Vec::new(),
                come: vec![None; plan.tasks.len()],
            },
            |found, unit| {
                for cell in unit.cells {
                    let has_come = cell.standing != Standing::Pending;
                    let come = &mut found.come[cell.task];
                    *come = Some(come.unwrap_or(false) || has_come);
                }
                let row = BoardRow::new(&plan.tasks, classes, view.as_of, &unit);
                found.rows.push(row);
            },
        )?;
        let mut come = vec![None; plan.tasks.len()];
        let mut rows = Vec::with_capacity(parts.iter().map(|part| part.rows.len()).sum());
        for part in parts {
            rows.extend(part.rows);
            for (come, more) in come.iter_mut().zip(part.come) {
                *come = (*come).max(more);
            }
        }
        rows.sort_by_key(|row| row.place);
        let tasks = plan.tasks.iter().zip(come).enumerate();
        let tasks = tasks.filter_map(|(place, (task, come))| {
            Some(BoardTask {
                code: task.code.to_string(),
                name: task.short.clone(),
                come: come?,
                place,
            })
        });
        Ok(Self {
            schema: "duban.board/3",
            frame: Frame::of(workspace, view).within(selection),
            tasks: tasks.collect(),
            rows,
            omitted: 0,
            all,
            screen,
        })
    }

    /// Puts the units in another order, and keeps the first so many of them.
    pub(crate) fn arrange(&mut self, sort: Option<Sort>, limit: Option<usize>) {
        let rate = |row: &BoardRow| Rate::new(row.completed, row.expected).rounded(1_000_000);
        match sort {
            None => {}
            Some(Sort::Overdue) => self.rows.sort_by_key(|row| Reverse(row.overdue)),
            // Where nothing is expected there is no rate: last.
            Some(Sort::Rate) => self
                .rows
                .sort_by_key(|row| (rate(row).is_none(), rate(row))),
        }
        if let Some(limit) = limit {
            self.omitted = super::keep(&mut self.rows, limit);
        }
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

impl<'p> Report for Board<'p> {
    type Row = BoardRow<'p>;

    fn rows(&self) -> &[BoardRow<'p>] {
        &self.rows
    }

    fn document<'a>(&'a self, words: &'a Words) -> Document<'a> {
        let name = words.say(
            "board-title",
            &[("plan", self.frame.plan.short.as_str().into())],
        );
        let mut document = self.frame.document(words, name);
        let units = words.say(
            "board-units",
            &[("n", (self.rows.len() + self.omitted).into())],
        );
        document.line(units);
        let folded = self.lay_out(&mut document, words, None);
        if let Some(omitted) = omitted(words, self.omitted) {
            document.line(omitted);
        }
        if folded > 0 {
            let text = words.say("board-folded", &[("n", folded.into())]);
            document.line(hidden(words, text, self.screen));
        }
        document
    }
}

impl Board<'_> {
    /// Lays out the table, with what its letters stand for. `find` is the place to look for rows. Returns how many tasks are folded
    /// away.
    pub(crate) fn lay_out<'a>(
        &'a self,
        document: &mut Document<'a>,
        words: &'a Words,
        find: Option<Figure>,
    ) -> usize {
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
                let standing = row.cells.standings[task.place];
                let letter = standing.map(|standing| letter(words, standing));
                cells.push(letter.unwrap_or_default());
            }
            let number = |number: u64, tone: Tone| match number {
                0 => Text::from("-").worth(Value::Number),
                number => Text::number(number).in_tone(tone),
            };
            cells.push(number(row.expected, Tone::Plain));
            cells.push(number(row.completed, Tone::Plain));
            cells.push(number(row.overdue, Tone::Overdue));
            cells.push(number(row.returned, Tone::Returned));
            Row::item(cells)
        });
        let mut legend = legend(words);
        if let Some(find) = find {
            legend = legend.and(Text::figure(find, ""));
        }
        document.line(legend);
        let marks = Standing::ALL
            .iter()
            .map(|standing| letter(words, *standing));
        let table = Table::new(columns, rows).named(words.text("board-sheet"));
        document.table(table.with_marks(marks));
        folded
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
