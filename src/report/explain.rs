//! `explain UNIT TASK`: from the clause through the due days and the entries to where each obligation stands, and why.

mod gather;

use serde::Serialize;

use super::Report;
use super::board::{named, tone};
use super::frame::{Frame, kind, kind_name, listed, long_day, measured, short_day};
use super::log::LogRow;
use super::plan::plan_key;
use super::score::ScoreLine;
use super::show::DueRow;
use crate::document::{Document, Text, Tone};
use crate::model::day::Day;
use crate::model::plan::{Plan, Trigger};
use crate::model::standing::Standing;
use crate::query::Candidate;
use crate::words::{Words, args};

/// Why one obligation stands where it stands.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Explained {
    /// The obligation.
    #[serde(flatten)]
    pub row: DueRow,
    /// The day as the plan has it, before extensions and the like.
    pub planned: Option<Day>,
    /// The days of grace in force.
    pub grace: i32,
}

/// Points that a notice booked, with what was known then.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Point {
    /// The booking.
    #[serde(flatten)]
    pub line: ScoreLine,
    /// The cut-off of the notice.
    pub until: Option<Day>,
    /// Why the work was returned, or the unit commended, where the points are for that.
    pub reason: Option<String>,
    /// The obligation as it stood at the cut-off, by all that had been recorded when the notice was issued, under the plan of that time.
    pub known: Option<DueRow>,
    /// The records that counted then, by id; of what was returned, the record that was.
    pub records: Vec<String>,
    /// Where the points are for the unit as such: what the notice named it for.
    pub named_for: Vec<NamedFor>,
}

/// An obligation for which a notice named a unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct NamedFor {
    /// The task's code.
    pub task: String,
    /// The task's short name.
    pub task_name: String,
    /// For one due only, by its key.
    #[serde(rename = "for")]
    pub period: Option<Day>,
    /// Days late.
    pub days: i32,
}

impl NamedFor {
    /// What a notice named a unit for, where a line's points are for the unit as such; `lines` are all of the unit. A commendation
    /// stands on itself.
    pub(crate) fn behind(line: &ScoreLine, lines: &[ScoreLine]) -> Vec<Self> {
        let of_unit = line.task.is_none() && line.rule.is_some() && line.on != Trigger::Commended;
        let same = |other: &&ScoreLine| (other.notice, other.on) == (line.notice, line.on);
        let mut behind: Vec<Self> = Vec::new();
        for named in lines
            .iter()
            .filter(|_| of_unit)
            .filter(same)
            .filter_map(Self::of)
        {
            let about = |named: &Self| (named.task.clone(), named.period);
            // Two rules may have booked for one.
            match behind
                .iter_mut()
                .find(|known| about(known) == about(&named))
            {
                Some(known) => known.days = known.days.max(named.days),
                None => behind.push(named),
            }
        }
        behind
    }

    /// What a booking is about, where it is about an obligation.
    fn of(line: &ScoreLine) -> Option<Self> {
        Some(Self {
            task: line.task.as_ref()?.to_string(),
            task_name: line.task_name.as_ref()?.to_string(),
            period: line.period,
            days: line.days,
        })
    }

    fn told(&self, words: &Words, near: Day) -> String {
        let mut parts = vec![self.task_name.clone()];
        parts.extend(self.period.map(|day| short_day(day, near)));
        if self.days > 0 {
            parts.push(words.say("log-days", &args!(n = self.days)));
        }
        parts.join(" ")
    }
}

/// The whole explanation.
#[derive(Debug, Serialize)]
pub(crate) struct Explanation {
    /// `duban.explain/3`.
    pub schema: &'static str,
    /// Which plan and day.
    #[serde(flatten)]
    pub frame: Frame,
    /// The unit's code.
    pub unit: String,
    /// The unit's short name.
    pub unit_name: String,
    /// The task's code.
    pub task: String,
    /// The task's name.
    pub task_name: String,
    /// The clause.
    pub clause: String,
    /// The source's words.
    pub text: String,
    /// The plan's word that makes the unit owe the task, if it owes it.
    pub owed_as: Option<String>,
    /// The first and last day for which the roster has the unit owe anything.
    pub since: Option<Day>,
    /// The same.
    pub until: Option<Day>,
    /// Who has taken over from it, each as code, name and area.
    pub successors: Vec<Candidate>,
    /// Due days of the task outside those days, for which the unit owes nothing.
    pub outside: Vec<Day>,
    /// What was decided, and by whom.
    pub decided: Vec<(String, String)>,
    /// The question that is open.
    pub open: Option<String>,
    /// Recorded if done, never owed.
    pub optional: bool,
    /// The plan has the task no longer; what was recorded and booked for it stays.
    pub dropped: bool,
    /// What was recorded for it, oldest first.
    pub entries: Vec<LogRow>,
    /// The obligations.
    pub rows: Vec<Explained>,
    /// What notices booked for them, and for the unit as such.
    pub points: Vec<Point>,
}

impl Explanation {
    /// The word of `who` that names the unit.
    pub(crate) fn word_for(
        plan: &Plan,
        task: usize,
        unit: &crate::model::unit::Unit,
    ) -> Option<String> {
        let class = unit.class(plan);
        plan.tasks[task]
            .who
            .iter()
            .find(|word| class.is_any_of(std::slice::from_ref(*word)))
            .cloned()
    }
}

impl Report for Explanation {
    type Row = Explained;

    fn rows(&self) -> &[Explained] {
        &self.rows
    }

    fn document<'a>(&'a self, words: &'a Words) -> Document<'a> {
        let name = format!("{} {}", self.unit_name, self.task_name);
        let mut document = self.frame.document(words, name);
        for verdict in self.verdict(words) {
            document.line(verdict);
        }
        for reason in self.not_owed(words) {
            document.line(reason);
        }
        let mut line = |text: String| document.line(text);
        if !(self.clause.is_empty() && self.text.is_empty()) {
            line(words.say(
                "explain-clause",
                &args!(clause = self.clause.as_str(), text = self.text.as_str()),
            ));
        }
        match &self.owed_as {
            _ if self.dropped => line(words.text("explain-dropped")),
            Some(word) if self.optional => {
                line(words.say("explain-optional", &args!(word = kind(words, word))))
            }
            Some(word) => {
                let (id, word) = match kind_name(words, word) {
                    Some(name) => ("explain-owed", name),
                    None => ("explain-owed-word", word.clone()),
                };
                line(words.say(id, &args!(word = word)));
            }
            None => line(words.text("explain-not-owed")),
        }
        for (key, who) in &self.decided {
            line(words.say(
                "show-decided",
                &args!(key = plan_key(words, key), who = who.as_str()),
            ));
        }
        if let Some(question) = &self.open {
            line(words.say("show-open", &args!(question = question.as_str())));
        }
        if self.entries.is_empty() {
            line(words.text("explain-no-entries"));
        }
        let entries = self.entries.iter().map(|entry| {
            let mut text = Text::from(format!("{}  {}  ", entry.day, entry.id));
            for span in entry.told(words).0 {
                text.push(span.text.as_str(), span.tone);
            }
            text.push(
                format!(
                    "  {} {}",
                    entry.actor,
                    entry.at.get(..16).unwrap_or_default()
                ),
                Tone::Dim,
            );
            text
        });
        let entries: Vec<Text> = entries.collect();
        if !entries.is_empty() {
            document.list(entries);
        }
        if !self.points.is_empty() {
            document.line(words.text("explain-points"));
            let points = self.points.iter().map(|point| self.point(words, point));
            document.list(points.collect());
        }
        document
    }
}

impl Explanation {
    /// What a notice booked: by which rule, and what was known then.
    fn point(&self, words: &Words, point: &Point) -> Text {
        let line = &point.line;
        let mut text = line.told(words, self.frame.as_of);
        if let Some(rule) = &line.rule_name {
            let clause = line.clause.as_deref().unwrap_or_default();
            let args = args!(
                rule = rule.as_str(),
                clause = clause,
                day = line.day.to_string()
            );
            let id = if clause.is_empty() {
                "explain-point-rule-alone"
            } else {
                "explain-point-rule"
            };
            text.push(words.say(id, &args), Tone::Plain);
        }
        if !point.named_for.is_empty() {
            let named = point.named_for.iter();
            let named: Vec<String> = named
                .map(|named| named.told(words, self.frame.as_of))
                .collect();
            let args = args!(names = listed(words, &named));
            text.push(words.say("explain-point-named", &args), Tone::Dim);
        }
        if let Some(reason) = &point.reason {
            let args = args!(reason = reason.as_str());
            text.push(words.say("explain-point-reason", &args), Tone::Dim);
        }
        let records = (!point.records.is_empty()).then(|| {
            let ids = listed(words, &point.records);
            words.say("explain-point-records", &args!(ids = ids))
        });
        let Some((until, known)) = point.until.zip(point.known.as_ref()) else {
            if let Some(records) = records {
                let told = words.say("explain-point-behind", &args!(records = records));
                text.push(told, Tone::Dim);
            }
            return text;
        };
        let mut facts = vec![named(words, known.standing)];
        if let (Some(target), Some(measure)) = (known.target, &known.measure) {
            facts.push(measured(&format!("{}/{target}", known.count), measure));
        }
        if known.reminders > 0 {
            facts.push(words.say("explain-reminded", &args!(n = known.reminders)));
        }
        facts.extend(records);
        let args = args!(until = until.to_string(), facts = facts.join(" "));
        text.push(words.say("explain-point-known", &args), Tone::Dim);
        text
    }

    /// Where it stands, before anything says why: a line for each due, under what several of them come to.
    fn verdict(&self, words: &Words) -> Vec<Text> {
        let mut lines = Vec::new();
        if self.rows.len() > 1 {
            lines.push(self.counted(words));
        }
        let is_pending = |row: &Explained| row.row.standing == Standing::Pending;
        for rows in self
            .rows
            .chunk_by(|one, next| is_pending(one) && is_pending(next))
        {
            match rows {
                [first, .., last] => lines.push(self.pending(words, first, last)),
                rows => lines.extend(rows.iter().map(|row| self.conclusion(words, row))),
            }
        }
        lines
    }

    /// Why the unit owes nothing for some dues of the task: they lie outside its days in the roster.
    fn not_owed(&self, words: &Words) -> Vec<String> {
        let told = |id, bound: Option<Day>, is_outside: fn(Day, Day) -> bool| {
            let bound = bound?;
            let mut dues = self.outside.iter().filter(|due| is_outside(**due, bound));
            let first = dues.next()?;
            let last = dues.next_back().unwrap_or(first);
            let args = args!(
                bound = bound.to_string(),
                first = first.to_string(),
                last = last.to_string(),
                one = u8::from(first == last)
            );
            Some(words.say(id, &args))
        };
        let before = told("explain-before-since", self.since, |due, since| due < since);
        let after = told("explain-after-until", self.until, |due, until| due > until);
        // An order that never came has no day that could lie outside.
        let is_closed = self.until.filter(|until| *until < self.frame.as_of);
        let is_owed = self.owed_as.is_some() && !self.optional && self.rows.is_empty();
        let after = after.or_else(|| {
            let args = args!(bound = is_closed.filter(|_| is_owed)?.to_string());
            Some(words.say("explain-closed", &args))
        });
        let names: Vec<String> = self.successors.iter().map(ToString::to_string).collect();
        let names = names.join(&words.text("format-list-separator"));
        let after = after.map(|told| match names.is_empty() {
            true => told,
            false => {
                let said = words.say("refusal-successor-hint", &args!(names = names.as_str()));
                told + &words.text("explain-comma") + &said
            }
        });
        before.into_iter().chain(after).collect()
    }

    /// Dues that are still to come, of which each by itself says nothing.
    fn pending(&self, words: &Words, first: &Explained, last: &Explained) -> Text {
        let day = |row: &Explained| row.row.due.map(|day| day.to_string()).unwrap_or_default();
        let args = args!(first = day(first), last = day(last));
        let standing = Standing::Pending;
        let text = Text::from((named(words, standing), tone(standing)));
        text.and(words.say("explain-dues-pending", &args))
    }

    /// How many dues stand where.
    fn counted(&self, words: &Words) -> Text {
        let args = args!(n = self.rows.len());
        let mut text = Text::from((words.say("explain-dues", &args), Tone::Strong));
        let counts = Standing::ALL.iter().filter_map(|standing| {
            let rows = self.rows.iter();
            let count = rows.filter(|row| row.row.standing == *standing).count();
            (count > 0).then_some((*standing, count))
        });
        for (at, (standing, count)) in counts.enumerate() {
            if at > 0 {
                text.push(words.text("format-list-separator"), Tone::Plain);
            }
            let told = format!("{} {count}", named(words, standing));
            text.push(told, tone(standing));
        }
        text
    }

    fn conclusion(&self, words: &Words, explained: &Explained) -> Text {
        let row = &explained.row;
        let mut text = Text::from((named(words, row.standing), tone(row.standing)));
        if let (Some(target), Some(measure)) = (row.target, &row.measure) {
            // A milestone shows its part of the running sum.
            let count = match row.share {
                Some(_) => row.count.min(target),
                None => row.count,
            };
            let amount = measured(&format!("{count}/{target}"), measure);
            text.push(format!(" {amount}"), Tone::Strong);
        }
        let because = match row.standing {
            Standing::Done | Standing::Late => {
                let day = row.fulfilled.map(|day| day.to_string()).unwrap_or_default();
                words.say("explain-fulfilled", &args!(day = day, days = row.days))
            }
            Standing::Overdue => words.say(
                "explain-overdue",
                &args!(days = row.days, grace = explained.grace),
            ),
            Standing::Returned => {
                let day = row.rectify.map(|day| day.to_string()).unwrap_or_default();
                words.say("explain-returned", &args!(day = day))
            }
            _ => String::new(),
        };
        text.push(&because, Tone::Plain);
        if row.reminders > 0 && !row.standing.is_completed() {
            let reminded = words.say("explain-reminded", &args!(n = row.reminders));
            text.push(words.text("explain-comma"), Tone::Plain);
            text.push(reminded, Tone::Plain);
        }
        if let Some(due) = row.due {
            let day = long_day(words, due);
            let told = match explained.planned.filter(|planned| *planned != due) {
                Some(planned) => {
                    let args = args!(day = day, planned = planned.to_string());
                    words.say("explain-due-moved", &args)
                }
                None => words.say("explain-due", &args!(day = day)),
            };
            text.push(told, Tone::Plain);
        }
        text
    }
}
