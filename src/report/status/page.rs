//! The document of a status: what was expected in a sentence, the table, and what is left out of it.

use super::{By, Figures, Status, StatusRow};
use crate::document::{Column, Document, Row, RowKind, Table, Text, Tone};
use crate::model::day::Day;
use crate::report::Report;
use crate::report::frame::{
    day_cell, hidden, kind, listed, long_day, measured, omitted, percent, rate_cell, short_day,
};
use crate::report::optional;
use crate::words::Words;

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
        (folded > 0).then(|| hidden(words, words.say("status-folded", &args), self.screen).into())
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
            &[("day", day.into()), ("tasks", listed(words, &names).into())],
        )
    }
}
