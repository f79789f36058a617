//! The notice as an official document: letterhead, title, sections, tables of units, closing.

mod rows;

use std::cmp::Ordering;

use super::{NamedDue, Notice, NoticeRow, open_number};
use crate::document::{Block, Column, Document, PIECE, Row, Rows, Table, Text, Tone};
use crate::model::day::Day;
use crate::model::decimal::Decimal;
use crate::model::plan::{Trigger, objection_days};
use crate::model::standing::Standing;
use crate::report::frame::{date, full_day, listed, month_day, percent};
use crate::words::{Phrases, Value, Words, args};

/// Lays a notice out.
pub(super) fn document<'a>(notice: &'a Notice<'a>, words: &'a Words) -> Document<'a> {
    let letter = Letter { notice, words };
    let plan = notice.plan;
    let issuer = plan.issuer.as_str();
    let args = args!(issuer = issuer, plan = letter.plan());
    let title = letter.say("notice-title", &args);
    let number = letter.say("log-notice", &args!(n = notice.number));
    let mut document = Document::new(words.lang().tag(), title.clone());
    if notice.draft {
        document.line((words.text("notice-draft"), Tone::Notice));
    }
    document.blocks.push(Block::Letterhead {
        organ: issuer.into(),
        number: open_number(&plan.number, notice.on).into(),
    });
    document.heading(1, title, number);
    let addressees = if plan.addressees.is_empty() {
        words.text("notice-everyone")
    } else {
        plan.addressees.clone()
    };
    let addressees = letter.say("notice-to", &args!(names = addressees));
    document.blocks.push(Block::Salutation(addressees.into()));
    document.blocks.push(letter.paragraph(
        "notice-intro",
        &[("plan", letter.plan()), ("until", letter.day(notice.until))],
    ));
    let sections = [
        letter.before(),
        letter.overall(),
        letter.overdue(),
        letter.returned(),
        letter.late(),
        letter.commended(),
        letter.points(),
        letter.demand(),
    ];
    for ((name, blocks), number) in sections.into_iter().flatten().zip(1..) {
        let args = args!(
            numeral = words.text(&format!("notice-numeral-{number}")),
            name = words.text(name)
        );
        document.heading(2, letter.say("notice-section", &args), "");
        document.blocks.extend(blocks);
    }
    document.blocks.push(Block::Closing {
        organ: issuer.into(),
        day: full_day(words, notice.on).into(),
    });
    let mut foot = Vec::new();
    if !plan.copies.is_empty() {
        let names = args!(names = plan.copies.as_str());
        foot.push(letter.say("notice-copies", &names).into());
    }
    if !plan.office.is_empty() {
        let args = args!(office = plan.office.as_str(), day = letter.day(notice.on));
        foot.push(letter.say("notice-printed", &args).into());
    }
    if let Some(hash) = &notice.stands_on {
        foot.push(
            letter
                .say("notice-stands-on", &[("hash", hash.as_str().into())])
                .into(),
        );
    }
    if !foot.is_empty() {
        document.blocks.push(Block::Copies(foot));
    }
    document
}

#[derive(Clone, Copy)]
struct Letter<'a> {
    notice: &'a Notice<'a>,
    words: &'a Words,
}

/// A section: the id of its name, and what it says. `None` = there is nothing to say.
type Section<'a> = Option<(&'static str, Vec<Block<'a>>)>;

impl<'a> Letter<'a> {
    fn say(&self, id: &str, values: &[(&str, Value)]) -> String {
        self.words.say(id, values)
    }

    fn paragraph(&self, id: &str, values: &[(&str, Value)]) -> Block<'a> {
        Block::Paragraph(self.say(id, values).into())
    }

    fn supervisor(&self) -> Value<'a> {
        match &self.notice.supervisor_name {
            Some(name) => name.as_str().into(),
            None => self.words.text("remind-office").into(),
        }
    }

    fn plan(&self) -> Value<'a> {
        self.notice.frame.plan.title.as_str().into()
    }

    fn day(&self, day: Day) -> Value<'static> {
        full_day(self.words, day).into()
    }

    /// A day in a table, in the words of the letter: `6月30日`.
    fn told_day(&self, day: Option<Day>) -> String {
        let told = |day| month_day(self.words, day, self.notice.on);
        day.map(told).unwrap_or_default()
    }

    /// A day in a cell.
    fn day_cell(&self, day: Option<Day>) -> Text {
        day.map_or_else(Text::new, |day| {
            Text::day(self.told_day(Some(day)), date(day))
        })
    }

    fn head(&self, key: &'static str) -> Column {
        Column::left(key, self.words.text(&format!("notice-head-{key}")))
    }

    fn number(&self, key: &'static str) -> Column {
        Column::right(key, self.words.text(&format!("notice-head-{key}")))
    }

    fn before(&self) -> Section<'a> {
        let before = self.notice.before.as_ref()?;
        let totals = &self.notice.totals;
        let closed = totals.completed + totals.spared + totals.reversed;
        let args = args!(
            n = before.number,
            on = self.day(before.on),
            units = totals.before,
            items = totals.outcomes,
            until = self.day(self.notice.until),
            right = totals.completed,
            reversed = totals.reversed,
            spared = totals.spared,
            open = totals.outcomes - closed
        );
        let id = match totals.outcomes {
            0 => "notice-before-none",
            _ => "notice-before",
        };
        let mut blocks = vec![self.paragraph(id, &args)];
        if totals.outcomes > 0 {
            let columns = vec![
                self.head("unit").joined(),
                self.head("task").wrapping(),
                self.head("due"),
                self.head("outcome").wrapping(),
            ];
            let (letter, outcomes) = (*self, &before.outcomes);
            let rows = Rows::about(&outcomes.units, move |_, units| {
                let mut phrases = Phrases::new(letter.words);
                let rows = outcomes.of(units);
                rows.map(move |(row, first)| letter.outcome_row(&mut phrases, &row, first))
            });
            blocks.push(Block::Table(Table::of(columns, rows)));
        }
        Some(("notice-part-before", blocks))
    }

    fn overall(&self) -> Section<'a> {
        let total = &self.notice.total;
        let args = args!(
            until = self.day(self.notice.until),
            expected = total.expected,
            completed = total.completed,
            rate = percent(total.completion_rate),
            done = total.on_time,
            ontime = percent(total.on_time_rate),
            overdue = total.overdue,
            lagging = self.notice.lagging,
            returned = total.returned
        );
        let mut blocks = vec![self.paragraph("notice-overall", &args)];
        if !self.notice.supervisor.is_empty() {
            let dues = self.notice.supervisor.iter().map(|due| {
                self.say(
                    "notice-own-due",
                    &args!(task = due.task.name.as_str(), days = due.days),
                )
            });
            let dues: Vec<String> = dues.collect();
            let args = args!(
                name = self.supervisor(),
                n = self.notice.supervisor.len(),
                dues = listed(self.words, &dues)
            );
            blocks.push(self.paragraph("notice-supervisor", &args));
        }
        let (units, items) = self.unnamed();
        if units > 0 {
            let args = args!(units = units, items = items);
            blocks.push(self.paragraph("notice-unnamed", &args));
        }
        Some(("notice-part-overall", blocks))
    }

    /// How many units are overdue and left out, and with how many items.
    fn unnamed(&self) -> (u64, u64) {
        let Notice {
            total,
            totals,
            lagging,
            supervisor,
            ..
        } = self.notice;
        let own = supervisor.len() as u64;
        let units = lagging.saturating_sub(totals.lagging as u64 + u64::from(own > 0));
        let items = total.overdue.saturating_sub(totals.overdue + own);
        if items == 0 { (0, 0) } else { (units, items) }
    }

    fn overdue(&self) -> Section<'a> {
        let notice = self.notice;
        let totals = &notice.totals;
        if totals.lagging == 0 && self.unnamed().0 > 0 {
            return None;
        }
        if totals.lagging == 0 {
            return Some((
                "notice-part-overdue",
                vec![self.paragraph("notice-overdue-none", &[])],
            ));
        }
        let mut blocks = vec![self.paragraph(
            "notice-overdue",
            &args!(units = totals.lagging, items = totals.overdue),
        )];
        let columns = vec![
            self.number("no").joined(),
            self.head("unit").joined(),
            self.head("task").wrapping(),
            self.head("clause"),
            self.head("due"),
            self.number("days"),
            self.number("reminders"),
        ];
        let letter = *self;
        let named = |row: &&NoticeRow| row.counts().overdue > 0;
        // How many units are named before each piece.
        let mut before = vec![0];
        for rows in notice.rows.chunks(PIECE) {
            before.push(before[before.len() - 1] + rows.iter().filter(named).count());
        }
        let lines = Rows::about(&notice.rows, move |first, rows| {
            let dues_of = |(row, at): (&NoticeRow<'a>, usize)| {
                let first = (at, row.name());
                let dues = row.dues(Trigger::Overdue).enumerate();
                dues.map(move |(place, due)| ((place == 0).then_some(first), due))
            };
            let mut phrases = Phrases::new(letter.words);
            let lines = rows.iter().filter(named).zip(before[first / PIECE] + 1..);
            let lines = lines.flat_map(dues_of);
            lines.map(move |(first, due)| letter.overdue_row(&mut phrases, first, &due))
        });
        blocks.push(Block::Table(Table::of(columns, lines)));
        if totals.caught_up {
            let caught = notice.rows.iter().filter(|row| row.counts().caught_up);
            let caught: Vec<String> = caught.flat_map(|row| self.caught_up(row)).collect();
            let names = listed(self.words, &caught);
            blocks.push(self.paragraph(
                "notice-caught-up",
                &args!(on = self.day(self.notice.on), names = names),
            ));
        }
        Some(("notice-part-overdue", blocks))
    }

    fn caught_up(&self, row: &NoticeRow) -> Vec<String> {
        let dues = row.dues(Trigger::Overdue);
        let caught = dues.filter(|named| named.fulfilled.is_some());
        let told = |named: NamedDue| {
            let day = self.told_day(named.fulfilled);
            let args = args!(
                unit = row.name(),
                task = named.due.task.name.as_str(),
                day = day.as_str()
            );
            self.say("notice-caught-up-item", &args)
        };
        caught.map(told).collect()
    }

    fn returned(&self) -> Section<'a> {
        let rows = || {
            self.notice
                .rows
                .iter()
                .filter(|row| row.counts().returned > 0)
        };
        let units = self.notice.totals.returned;
        if units == 0 {
            return None;
        }
        let columns = vec![
            self.head("unit").joined(),
            self.head("task").wrapping(),
            self.head("reason").wrapping(),
            self.head("rectify"),
            self.head("now"),
        ];
        let lines = rows().flat_map(|row| {
            row.dues(Trigger::Returned)
                .enumerate()
                .map(move |(place, named)| {
                    let id = match named.standing {
                        Some(Standing::Done | Standing::Late) => "notice-now-done",
                        Some(Standing::Excused) => "notice-now-excused",
                        Some(Standing::Returned) => "notice-now-open",
                        // The day by which to put it right has passed, whether or not the due day has.
                        _ => "notice-now-overdue",
                    };
                    let name = if place == 0 { row.name() } else { "" };
                    Row::item(vec![
                        name.into(),
                        named.due.task.name.as_str().into(),
                        named.reason.unwrap_or_default().into(),
                        self.day_cell(named.due.returned),
                        self.words.text(id).into(),
                    ])
                })
        });
        let lines: Vec<Row> = lines.collect();
        let told = self.paragraph("notice-returned", &args!(units = units));
        Some(("notice-part-returned", vec![told, table(columns, lines)]))
    }

    fn late(&self) -> Section<'a> {
        let totals = &self.notice.totals;
        if totals.late == 0 {
            return None;
        }
        let args = args!(units = totals.late, items = totals.late_dues);
        let columns = vec![
            self.head("unit").joined(),
            self.head("task").wrapping(),
            self.head("clause"),
            self.head("due"),
            self.head("fulfilled"),
            self.number("days"),
        ];
        let letter = *self;
        let rows = Rows::about(&self.notice.rows, move |_, rows| {
            let mut phrases = Phrases::new(letter.words);
            let rows = rows.iter().filter(|row| row.counts().late > 0);
            let dues = rows.flat_map(|row| {
                let dues = row.dues(Trigger::Late).enumerate();
                dues.map(move |(place, due)| (if place == 0 { row.name() } else { "" }, due))
            });
            dues.map(move |(name, due)| letter.late_row(&mut phrases, name, &due))
        });
        let told = self.paragraph("notice-late", &args);
        let rows = Block::Table(Table::of(columns, rows));
        Some(("notice-part-late", vec![told, rows]))
    }

    fn commended(&self) -> Section<'a> {
        if !self.notice.totals.praised {
            return None;
        }
        let rows = self.notice.rows.iter().filter(|row| row.counts().praised);
        let lines = rows.flat_map(|row| {
            row.commended().into_iter().map(|reason| {
                let args = args!(unit = row.name(), reason = reason.as_str());
                self.paragraph("notice-commended", &args)
            })
        });
        let lines: Vec<Block> = lines.collect();
        (!lines.is_empty()).then_some(("notice-part-commended", lines))
    }

    fn points(&self) -> Section<'a> {
        let notice = self.notice;
        let totals = &notice.totals;
        if totals.booked == 0 {
            return None;
        }
        let columns = vec![
            self.head("unit"),
            self.number("points"),
            self.head("sum").wrapping(),
        ];
        let letter = *self;
        let lines = Rows::about(&notice.rows, move |_, rows| {
            let mut phrases = Phrases::new(letter.words);
            let separator = letter.words.text("format-list-separator");
            let rows = rows.iter().filter(|row| row.counts().sums.is_some());
            rows.map(move |row| letter.points_row(&mut phrases, &separator, row))
        });
        let id = match (totals.deducted, totals.awarded) {
            (0, 0) => "notice-points-nothing",
            (_, 0) => "notice-points-taken",
            (0, _) => "notice-points-given",
            _ => "notice-points-both",
        };
        let told = self.paragraph(
            id,
            &args!(
                off = totals.deducted,
                taken = points(totals.off.abs()),
                up = totals.awarded,
                given = points(totals.added)
            ),
        );
        let lines = Block::Table(Table::of(columns, lines));
        Some(("notice-part-points", vec![told, lines]))
    }

    /// Points that are taken or given; none where a cap is used up.
    fn amount(&self, points: Decimal) -> String {
        let (id, size) = match points.cmp(&Decimal::ZERO) {
            Ordering::Greater => ("notice-points-added", points),
            Ordering::Equal => ("notice-points-none", points),
            Ordering::Less => ("notice-points-off", points.abs()),
        };
        self.say(id, &args!(points = size.to_string()))
    }

    fn demand(&self) -> Section<'a> {
        let assessment = self.notice.plan.assessment.as_ref();
        let args = args!(
            rectify = self.day(self.notice.rectify),
            supervisor = self.supervisor(),
            days = assessment.map_or_else(objection_days, |it| it.objection_days)
        );
        let totals = &self.notice.totals;
        let named = totals.lagging + totals.returned > 0;
        let told = [("notice-demand", named), ("notice-objections", true)];
        let told = told.into_iter().filter(|(_, wanted)| *wanted);
        let told = told.map(|(id, _)| self.paragraph(id, &args));
        Some(("notice-part-demand", told.collect()))
    }
}

/// Points as a value: a whole number can choose between singular and plural.
fn points(sum: Decimal) -> Value<'static> {
    let text = sum.to_string();
    text.parse::<i64>()
        .map_or_else(|_| text.into(), Value::from)
}

fn table<'a, R>(columns: Vec<Column>, rows: R) -> Block<'a>
where
    R: IntoIterator<Item = Row>,
    R::IntoIter: Send + 'a,
{
    Block::Table(Table::new(columns, rows))
}
