//! `status`: how much of what was expected is done, by task, activity, phase, goal, kind, area or unit.

mod counting;

use std::cmp::Reverse;

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::frame::{
    Frame, day_cell, kind, long_day, measured, omitted, percent, rate_cell, short_day,
};
use super::optional::{self, OptionalRow};
use super::{Change, Report};
use crate::document::{Column, Document, Figure, Part, Row, RowKind, Table, Text, Tone};
use crate::model::board::View;
use crate::model::day::Day;
use crate::model::decimal::Decimal;
use crate::model::plan::Plan;
use crate::model::standing::Standing;
use crate::model::tally::{Rate, Tally};
use crate::model::week::Week;
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
    /// Whether the answer is for a screen, which has less room than a file and tells of commands that say more.
    pub screen: bool,
}

impl Question {
    /// The day compared with: the one asked for, else the last of the week before, where there was a plan.
    fn before(&self, plan: &Plan) -> Option<Day> {
        let week = || Some(Week::of(self.view.as_of).first() - 1).filter(|day| *day >= plan.issued);
        self.since.or_else(week)
    }
}

/// An order of rows, of which those that are alike stay in the order of the plan or of the roster.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sort {
    /// The least completed first.
    Rate,
    /// The most overdue first.
    Overdue,
    /// The most expected first.
    Expected,
    /// The earliest due first.
    Due,
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

impl Figures {
    /// What was expected as a bar: done on time, done late, open.
    fn bar(&self) -> Text {
        let parts = [
            (self.on_time, Tone::Done),
            (self.late, Tone::Late),
            (self.returned, Tone::Returned),
            (self.overdue, Tone::Overdue),
        ];
        let parts = parts.map(|(count, tone)| Part::new(count, tone));
        Text::figure(Figure::Share(parts.into()), "")
    }
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
    /// `duban.status/3`.
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
    /// What it came to at the end of the day compared with: the one asked for, else the last of the week before.
    pub before: Option<Before>,
    /// What changed since the day asked about.
    pub since: Option<Change>,
    /// Units with an overdue obligation.
    pub lagging: u64,
    /// The first day after `as_of` on which something falls due, with what.
    pub next: Vec<Next>,
    /// The optional tasks, which are no part of the figures.
    pub optional: Vec<OptionalRow>,
    /// How many rows were left out, because fewer were asked for.
    pub omitted: usize,
    /// Whether the text shows rows with nothing expected.
    #[serde(skip)]
    pub all: bool,
    /// Whether the text is for a screen.
    #[serde(skip)]
    pub screen: bool,
}

/// What it came to on an earlier day.
#[derive(Clone, Copy, Debug, Serialize)]
pub(crate) struct Before {
    /// That day.
    pub as_of: Day,
    /// The figures.
    #[serde(flatten)]
    pub total: Figures,
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
        document.blank();
        document.table(match self.screen {
            true => self.screen_table(words),
            false => self.table(words),
        });
        if let Some(omitted) = omitted(words, self.omitted) {
            document.line(omitted);
        }
        if let Some(folded) = self.folded(words) {
            document.line(folded);
        }
        optional::tell(&mut document, &self.optional, words);
        if self.lagging > 0 {
            let mut text = words.say("status-lagging", &[("units", self.lagging.into())]);
            if self.screen {
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
        let before = question.before(&workspace.plan);
        let earlier = before.map(|as_of| {
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
            |_| true,
            || none.clone(),
            |part, unit| part.count(&unit),
        )?;
        let counting = parts.into_iter().fold(none.clone(), Counting::and);
        counting.finish(workspace, &ruler, question)
    }

    /// Puts the rows in another order, and keeps the first so many of those that are shown.
    pub(crate) fn arrange(&mut self, sort: Option<Sort>, limit: Option<usize>) {
        let rate = |row: &StatusRow| row.figures.completion_rate.rounded(1_000_000);
        match sort {
            None => {}
            // Where nothing is expected there is no rate: last.
            Some(Sort::Rate) => self
                .rows
                .sort_by_key(|row| (rate(row).is_none(), rate(row))),
            Some(Sort::Overdue) => self.rows.sort_by_key(|row| Reverse(row.figures.overdue)),
            Some(Sort::Expected) => self.rows.sort_by_key(|row| Reverse(row.figures.expected)),
            Some(Sort::Due) => self.rows.sort_by_key(|row| (row.due.is_none(), row.due)),
        }
        if let Some(limit) = limit {
            let all = self.all;
            self.rows.retain(|row| all || row.figures.expected > 0);
            self.omitted = super::keep(&mut self.rows, limit);
        }
    }

    fn summary(&self, words: &Words) -> Vec<Text> {
        let total = &self.total;
        if total.applicable == 0 {
            return vec![words.text("status-nothing").into()];
        }
        let change = self.change(words).unwrap_or_default();
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
                    ("change", change.into()),
                ],
            )
        };
        let mut lines = vec![Text::from(first)];
        if total.expected > 0 {
            let args = [
                ("done", total.on_time.into()),
                ("rate", percent(total.on_time_rate).into()),
            ];
            lines.push(words.say("status-on-time", &args).into());
        }
        lines.push(self.equation(words).into());
        lines
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

    /// How the completion rate changed, in the tenths of a percent that are shown; nothing where nothing was expected then.
    fn change(&self, words: &Words) -> Option<String> {
        let before = self.before.as_ref()?;
        let tenths = |figures: &Figures| {
            let tenths = figures.completion_rate.rounded(1000)?;
            i64::try_from(tenths).ok()
        };
        let change = tenths(&self.total)? - tenths(&before.total)?;
        let sign = if change < 0 { '-' } else { '+' };
        let by = format!("{sign}{}.{}", change.abs() / 10, change.abs() % 10);
        let args = [
            ("by", by.into()),
            ("day", short_day(before.as_of, self.frame.as_of).into()),
        ];
        let id = match (change, &self.since) {
            (0, None) => "status-change-none",
            (_, None) => "status-change",
            (_, Some(_)) => "status-change-since",
        };
        Some(words.say(id, &args))
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

    /// The first columns: what a row is about, and when it is due where it may have a day.
    fn first_columns(&self, words: &Words) -> Vec<Column> {
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
        columns
    }

    /// The table of a screen: how much of what was due is done, a bar, how much of it on time, what is open.
    fn screen_table<'a>(&'a self, words: &'a Words) -> Table<'a> {
        let mut columns = self.first_columns(words);
        let head = |id: &str| words.text(id);
        columns.extend([
            Column::right("completed", head("head-completed-of")),
            Column::right("completion_rate", head("head-rate")),
            Column::left("bar", "").spare(),
            Column::right("on_time_rate", head("head-on-time-rate")),
            Column::right("overdue", head("head-overdue")),
            Column::right("returned", head("head-returned")),
        ]);
        Table::new(
            columns,
            self.lines(words, &|figures| {
                let some = |number: u64, tone| match number {
                    0 => Text::default(),
                    number => Text::from((number.to_string(), tone)),
                };
                vec![
                    format!("{}/{}", figures.completed, figures.expected).into(),
                    percent(figures.completion_rate).into(),
                    figures.bar(),
                    percent(figures.on_time_rate).into(),
                    some(figures.overdue, Tone::Overdue),
                    some(figures.returned, Tone::Returned),
                ]
            }),
        )
    }

    /// The table of a file, which has room for every figure.
    fn table<'a>(&'a self, words: &'a Words) -> Table<'a> {
        let mut columns = self.first_columns(words);
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
        for (key, id) in [
            ("completion_rate", "head-rate"),
            ("on_time_rate", "head-on-time-rate"),
        ] {
            columns.push(Column::right(key, words.text(id)));
        }
        Table::new(
            columns,
            self.lines(words, &|figures| {
                let toned = |number: u64, tone| {
                    let tone = if number > 0 { tone } else { Tone::Plain };
                    Text::number(number).in_tone(tone)
                };
                vec![
                    Text::number(figures.expected),
                    Text::number(figures.completed),
                    toned(figures.late, Tone::Late),
                    Text::number(figures.proven),
                    Text::number(figures.accepted),
                    toned(figures.overdue, Tone::Overdue),
                    toned(figures.returned, Tone::Returned),
                    rate_cell(figures.completion_rate),
                    rate_cell(figures.on_time_rate),
                ]
            }),
        )
        .named(words.text("status-sheet"))
    }

    /// The rows that are shown, and the total, with the cells that `cells` makes of their figures.
    fn lines(&self, words: &Words, cells: &dyn Fn(&Figures) -> Vec<Text>) -> Vec<Row> {
        let line = |name: String, due: Option<Day>, figures: &Figures, kind| {
            let mut line = vec![Text::from(name)];
            if self.has_days() {
                let day = due.map(|day| day_cell(day, self.frame.as_of));
                line.push(day.unwrap_or_default());
            }
            line.extend(cells(figures));
            Row {
                cells: line,
                kind,
                brief: None,
            }
        };
        let shown = self.rows.iter().filter(|row| self.is_shown(row));
        let rows = shown.map(|row| {
            let quantified = |name: &str| match &row.amount {
                Some(amount) => {
                    let of = format!("{}/{}", amount.capped, amount.target);
                    format!("{name} {}", measured(&of, &amount.measure))
                }
                None => name.to_string(),
            };
            let name = quantified(&self.row_name(words, row));
            let line = line(name, row.due, &row.figures, RowKind::Item);
            match &row.short {
                Some(short) => line.or_brief(quantified(short)),
                None => line,
            }
        });
        let total = line(words.text("head-total"), None, &self.total, RowKind::Total);
        rows.chain([total]).collect()
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
