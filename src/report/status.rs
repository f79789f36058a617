//! `status`: how much of what was expected is done, by task, activity, phase, goal, kind, area or unit.

mod counting;

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::frame::{Frame, day_cell, kind, long_day, measured, percent, rate_cell};
use super::optional::{self, OptionalRow};
use super::{Change, Report};
use crate::document::{Column, Document, Row, RowKind, Table, Text, Tone};
use crate::model::board::View;
use crate::model::day::Day;
use crate::model::decimal::Decimal;
use crate::model::standing::Standing;
use crate::model::tally::{Rate, Tally};
use crate::query::{Error, Selection, Workspace};
use crate::words::Words;

use counting::Counting;

/// What the rows are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum By {
    /// Tasks, in the order of the plan.
    Task,
    /// Every due of every task.
    Due,
    /// Activities.
    Activity,
    /// Phases.
    Phase,
    /// Goals; a task may serve several, so the rows overlap.
    Goal,
    /// Themes; a task may carry several.
    Theme,
    /// Kinds of unit.
    Kind,
    /// The areas below the one asked about.
    Area,
    /// Units.
    Unit,
}

/// What is asked of the status.
#[derive(Debug)]
pub(crate) struct Question {
    /// The day, and what was known by when.
    pub view: View,
    /// The units and tasks.
    pub selection: Selection,
    /// What the rows are.
    pub by: By,
    /// Also what changed since the end of a day.
    pub since: Option<Day>,
    /// Whether people also see rows with nothing expected.
    pub all: bool,
    /// Whether people are told of commands that say more, which is of use on a screen alone.
    pub hints: bool,
}

/// The figures of a row.
#[derive(Clone, Copy, Debug, Serialize)]
pub(crate) struct Figures {
    /// Every cell.
    pub applicable: u64,
    /// applicable − excused − waiting.
    pub owed: u64,
    /// completed + returned + overdue.
    pub expected: u64,
    /// Of these, completed before their due day has come.
    pub early: u64,
    /// on_time + late.
    pub completed: u64,
    /// Completed on time.
    pub on_time: u64,
    /// Completed late.
    pub late: u64,
    /// Overdue.
    pub overdue: u64,
    /// Returned, rectification day not past.
    pub returned: u64,
    /// Due within the plan's days.
    pub due_soon: u64,
    /// Not due yet.
    pub pending: u64,
    /// Excused.
    pub excused: u64,
    /// Awaiting instruction.
    pub waiting: u64,
    /// Completed with proof.
    pub proven: u64,
    /// Completed and accepted.
    pub accepted: u64,
    /// completed / expected.
    pub completion_rate: Rate,
    /// on_time / expected.
    pub on_time_rate: Rate,
    /// completed / owed.
    pub progress: Rate,
}

impl From<Tally> for Figures {
    fn from(tally: Tally) -> Self {
        Self {
            applicable: tally.applicable(),
            owed: tally.owed(),
            expected: tally.expected(),
            early: tally.early,
            completed: tally.completed(),
            on_time: tally.of(Standing::Done),
            late: tally.of(Standing::Late),
            overdue: tally.of(Standing::Overdue),
            returned: tally.of(Standing::Returned),
            due_soon: tally.of(Standing::DueSoon),
            pending: tally.of(Standing::Pending),
            excused: tally.of(Standing::Excused),
            waiting: tally.of(Standing::Waiting),
            proven: tally.proven,
            accepted: tally.accepted,
            completion_rate: tally.completion_rate(),
            on_time_rate: tally.on_time_rate(),
            progress: tally.progress(),
        }
    }
}

/// A row of the status table.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct StatusRow {
    /// The code of what the row is about.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The due day: of a due, and of a task that has only one.
    pub due: Option<Day>,
    /// The figures.
    #[serde(flatten)]
    pub figures: Figures,
    /// What was counted, where the row has a due day and the task a quantity.
    #[serde(flatten, serialize_with = "amount")]
    pub amount: Option<Quantity>,
    /// Task rows: the short name.
    #[serde(skip)]
    pub short: Option<String>,
}

impl StatusRow {
    /// A row without a day and an amount.
    fn new((code, name): (String, String), tally: Tally) -> Self {
        Self {
            code,
            name,
            due: None,
            figures: tally.into(),
            amount: None,
            short: None,
        }
    }
}

/// How much was counted of how much.
#[derive(Clone, Debug)]
pub(crate) struct Quantity {
    /// Counted for all units.
    pub count: Decimal,
    /// The same, where each unit counts for no more than it needs: what one has too much hides nothing that another lacks.
    pub capped: Decimal,
    /// What is needed.
    pub target: Decimal,
    /// What is counted.
    pub measure: String,
}

impl Quantity {
    /// count / target; may exceed 1.
    fn attainment(&self) -> Rate {
        let counted = |number: Decimal| u64::try_from(number.thousandths()).unwrap_or(0);
        Rate::new(counted(self.count), counted(self.target))
    }
}

/// The amount as keys of its row, null where there is none.
fn amount<S: Serializer>(amount: &Option<Quantity>, serializer: S) -> Result<S::Ok, S::Error> {
    let amount = amount.as_ref();
    let mut map = serializer.serialize_map(None)?;
    map.serialize_entry("count", &amount.map(|amount| amount.count))?;
    map.serialize_entry("capped", &amount.map(|amount| amount.capped))?;
    map.serialize_entry("target", &amount.map(|amount| amount.target))?;
    map.serialize_entry("measure", &amount.map(|amount| &amount.measure))?;
    map.serialize_entry("attainment", &amount.map(Quantity::attainment))?;
    map.end()
}

/// The status of a plan on a day.
#[derive(Debug, Serialize)]
pub(crate) struct Status {
    /// `duban.status/2`.
    pub schema: &'static str,
    /// Which plan and day.
    #[serde(flatten)]
    pub frame: Frame,
    /// What the rows are.
    pub by: By,
    /// The rows.
    pub rows: Vec<StatusRow>,
    /// All of it; where rows overlap, not their sum.
    pub total: Figures,
    /// What changed since the day asked about.
    pub since: Option<Change>,
    /// Units with an overdue obligation.
    pub lagging: u64,
    /// The first day after `as_of` on which something falls due, with what.
    pub next: Vec<Next>,
    /// The optional tasks, which are no part of the figures.
    pub optional: Vec<OptionalRow>,
    /// Whether the text shows rows with nothing expected.
    #[serde(skip)]
    pub all: bool,
    /// Whether the text tells of commands.
    #[serde(skip)]
    pub hints: bool,
}

/// What falls due next.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Next {
    /// The task's code.
    pub task: String,
    /// The task's short name.
    pub name: String,
    /// The day.
    pub due: Day,
    /// How many units owe it and have not done it.
    pub units: u64,
}

impl Report for Status {
    type Row = StatusRow;

    fn rows(&self) -> &[StatusRow] {
        &self.rows
    }

    fn document<'a>(&'a self, words: &'a Words) -> Document<'a> {
        let name = words.say(
            "status-title",
            &[("plan", self.frame.plan.short.as_str().into())],
        );
        let mut document = self.frame.document(words, name);
        for line in self.summary(words) {
            document.line(line);
        }
        if let Some(change) = &self.since {
            change.tell(&mut document, words);
        }
        document.table(self.table(words));
        if let Some(folded) = self.folded(words) {
            document.line(folded);
        }
        optional::tell(&mut document, &self.optional, words);
        if self.lagging > 0 {
            let mut text = words.say("status-lagging", &[("units", self.lagging.into())]);
            if self.hints {
                let options = [("options", self.frame.options().into())];
                text.push_str(&words.say("status-lagging-hint", &options));
            }
            document.line((text, Tone::Overdue));
        }
        if !self.next.is_empty() {
            document.line(self.coming(words));
        }
        document
    }
}

impl Status {
    /// Counts the obligations of the units and tasks selected.
    ///
    /// # Errors
    /// Whatever the store says.
    pub(crate) fn of(workspace: &Workspace, question: &Question) -> Result<Self, Error> {
        let ruler = workspace.ruler(question.view);
        let earlier = question.since.map(|as_of| {
            workspace.ruler(View {
                as_of,
                ..question.view
            })
        });
        let none = Counting::new(workspace, &ruler, question)?;
        let parts = workspace.survey_in_parts(
            &ruler,
            earlier.as_ref(),
            &question.selection,
            || none.clone(),
            |part, unit| part.count(&unit),
        )?;
        let counting = parts.into_iter().fold(none.clone(), Counting::and);
        counting.finish(workspace, &ruler, question)
    }

    fn summary(&self, words: &Words) -> Vec<Text> {
        let total = &self.total;
        if total.applicable == 0 {
            return vec![words.text("status-nothing").into()];
        }
        let early = match total.early {
            0 => String::new(),
            early => words.say("status-early", &[("n", early.into())]),
        };
        let first = if total.expected == 0 {
            words.text("status-none-expected")
        } else {
            words.say(
                "status-summary",
                &[
                    ("expected", total.expected.into()),
                    ("early", early.into()),
                    ("completed", total.completed.into()),
                    ("rate", percent(total.completion_rate).into()),
                    ("done", total.on_time.into()),
                    ("ontime", percent(total.on_time_rate).into()),
                ],
            )
        };
        vec![first.into(), self.equation(words).into()]
    }

    /// What was expected, and what else there is: how the figures add up.
    pub(crate) fn equation(&self, words: &Words) -> String {
        let total = &self.total;
        let mut equation = words.say(
            "status-equation",
            &[
                ("expected", total.expected.into()),
                ("applicable", total.applicable.into()),
            ],
        );
        let not_due = total.pending + total.due_soon;
        for (id, number) in [
            ("status-minus-excused", total.excused),
            ("status-minus-waiting", total.waiting),
            ("status-minus-not-due", not_due),
        ] {
            if number > 0 {
                equation.push_str(&words.say(id, &[("n", number.into())]));
            }
        }
        equation
    }

    /// Whether the rows may have a due day.
    fn has_days(&self) -> bool {
        matches!(self.by, By::Task | By::Due)
    }

    /// What a row is about; what has no code serves none of the others.
    fn row_name(&self, words: &Words, row: &StatusRow) -> String {
        match self.by {
            By::Goal if row.code.is_empty() => words.text("status-no-goal"),
            By::Theme if row.code.is_empty() => words.text("status-no-theme"),
            By::Area if row.code.is_empty() => words.text("status-no-area"),
            By::Kind => kind(words, &row.name),
            _ => row.name.clone(),
        }
    }

    fn is_shown(&self, row: &StatusRow) -> bool {
        self.all || row.figures.expected > 0
    }

    fn table<'a>(&'a self, words: &'a Words) -> Table<'a> {
        let first = match self.by {
            By::Task => "head-task",
            By::Due => "head-task",
            By::Activity => "head-activity",
            By::Phase => "head-phase",
            By::Goal => "head-goal",
            By::Theme => "head-theme",
            By::Kind => "head-kind",
            By::Area => "head-area",
            By::Unit => "head-unit",
        };
        let mut columns = vec![Column::left("name", words.text(first)).wrapping()];
        if self.has_days() {
            columns.push(Column::left("due", words.text("head-due")));
        }
        let numbers = [
            ("expected", "head-expected"),
            ("completed", "head-completed"),
            ("late", "head-late"),
            ("proven", "head-proven"),
            ("accepted", "head-accepted"),
            ("overdue", "head-overdue"),
            ("returned", "head-returned"),
        ];
        columns.extend(numbers.iter().map(|(key, id)| {
            let column = Column::right(*key, words.text(id));
            if matches!(*key, "proven" | "accepted" | "returned") {
                column.spare()
            } else {
                column
            }
        }));
        columns.push(Column::right("completion_rate", words.text("head-rate")));
        let rows = self
            .rows
            .iter()
            .filter(|row| self.is_shown(row))
            .map(|row| {
                let quantified = |name: &str| match &row.amount {
                    Some(amount) => {
                        let of = format!("{}/{}", amount.capped, amount.target);
                        format!("{name} {}", measured(&of, &amount.measure))
                    }
                    None => name.to_string(),
                };
                let name = quantified(&self.row_name(words, row));
                let line = self.line(name, row.due, &row.figures, RowKind::Item);
                match &row.short {
                    Some(short) => line.or_brief(quantified(short)),
                    None => line,
                }
            });
        let total = self.line(words.text("head-total"), None, &self.total, RowKind::Total);
        Table::new(columns, rows.chain(std::iter::once(total))).named(words.text("status-sheet"))
    }

    fn line(&self, name: String, due: Option<Day>, figures: &Figures, kind: RowKind) -> Row {
        let mut cells = vec![Text::from(name)];
        if self.has_days() {
            cells.push(
                due.map(|day| day_cell(day, self.frame.as_of))
                    .unwrap_or_default(),
            );
        }
        let toned = |number: u64, tone| {
            Text::number(number).in_tone(if number > 0 { tone } else { Tone::Plain })
        };
        cells.push(Text::number(figures.expected));
        cells.push(toned(figures.completed, Tone::Plain));
        cells.push(toned(figures.late, Tone::Late));
        cells.push(Text::number(figures.proven));
        cells.push(Text::number(figures.accepted));
        cells.push(toned(figures.overdue, Tone::Overdue));
        cells.push(toned(figures.returned, Tone::Returned));
        cells.push(rate_cell(figures.completion_rate));
        Row {
            cells,
            kind,
            brief: None,
        }
    }

    fn folded(&self, words: &Words) -> Option<Text> {
        let folded = self.rows.iter().filter(|row| !self.is_shown(row)).count();
        let rows = match self.by {
            By::Task => "task",
            _ => "other",
        };
        let args = [("n", folded.into()), ("rows", rows.into())];
        (folded > 0).then(|| words.say("status-folded", &args).into())
    }

    fn coming(&self, words: &Words) -> String {
        let day = self
            .next
            .first()
            .map(|next| long_day(words, next.due))
            .unwrap_or_default();
        let names = self.next.iter().map(|next| {
            words.say(
                "status-next-task",
                &[
                    ("task", next.name.as_str().into()),
                    ("units", next.units.into()),
                ],
            )
        });
        let names: Vec<String> = names.collect();
        words.say(
            "status-next",
            &[
                ("day", day.into()),
                ("tasks", super::frame::listed(words, &names).into()),
            ],
        )
    }
}
