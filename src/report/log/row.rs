//! An entry of the journal as it is listed: its fields for scripts, and the one line that people read.

use serde::Serialize;

use crate::document::{Text, Tone};
use crate::model::amend::{Change, Changed};
use crate::model::day::Day;
use crate::model::decimal::Decimal;
use crate::model::entry::{Act, LeftOut, Proof, Via};
use crate::model::plan::{Plan, Trigger};
use crate::model::sheet::Fate;
use crate::model::zone::Zone;
use crate::query::{Kind, LogEntry};
use crate::report::mask;
use crate::words::{Words, args};

/// One entry of the log.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct LogRow {
    /// What people type: the tail of the batch's id, and the place in it where it has several.
    pub id: String,
    /// The batch's id.
    pub batch: String,
    /// The place in the batch, from 0.
    pub index: u32,
    /// When it was recorded, in the plan's time zone.
    pub at: String,
    /// Who typed it.
    pub actor: String,
    /// The command's name.
    pub command: String,
    /// What kind of entry.
    pub kind: &'static str,
    /// The unit's code.
    pub unit: Option<String>,
    /// The unit's short name.
    pub unit_name: Option<String>,
    /// The task's code.
    pub task: Option<String>,
    /// The task's short name.
    pub task_name: Option<String>,
    /// The day from which it acts.
    pub day: Day,
    /// How much, of a record.
    pub count: Option<Decimal>,
    /// Whether the count is a running total.
    pub total: bool,
    /// A nil report.
    pub nil: bool,
    /// Which form.
    pub form: Option<String>,
    /// For one period or due only, by its last day.
    #[serde(rename = "for")]
    pub period: Option<Day>,
    /// The new due day, or the last day to put it right.
    pub due: Option<Day>,
    /// Who sent it in.
    pub from: Option<String>,
    /// How it came.
    pub via: Option<Via>,
    /// A remark, or the reason.
    pub note: Option<String>,
    /// Proof.
    pub evidence: Vec<Proof>,
    /// The entry that it is about.
    pub of: Option<String>,
    /// The number of the notice.
    pub notice: Option<u32>,
    /// Whether an objection is to the points for the unit as such alone.
    pub unit_points: bool,
    /// What a notice named the unit for.
    #[serde(rename = "trigger")]
    pub on: Option<Trigger>,
    /// The days late for which a notice named the unit.
    pub days: Option<i32>,
    /// The assessment rule by which points were booked.
    pub rule: Option<String>,
    /// What people call the rule, where it has a name.
    #[serde(skip)]
    pub rule_name: Option<String>,
    /// The points booked, negative = deducted.
    pub points: Option<Decimal>,
    /// Whom a notice left out, and why.
    pub left_out: Vec<LeftOut>,
    /// What an `apply` changed of the plan's tasks.
    pub changes: Vec<Change>,
    /// Whether it has been undone.
    pub undone: bool,
    /// Whether another entry counts instead: of the same row of a list, or another correction of the same record.
    pub copy: bool,
}

/// A moment in the plan's time zone, to the second.
pub(crate) fn moment(at: i64, zone: Zone) -> String {
    zone.local(at)
        .map(|at| at.format("%Y-%m-%dT%H:%M:%S%:z").to_string())
        .unwrap_or_default()
}

impl LogRow {
    /// An entry with the names of what it is about, its moment in the plan's time zone and its rule in the plan's words.
    pub(crate) fn of(told: LogEntry, plan: &Plan) -> Self {
        let LogEntry {
            batch,
            address,
            single,
            entry,
            about,
            unit,
            task,
            fate,
        } = told;
        let (unit, unit_name) = unit.unzip();
        let (task, task_name) = task.unzip();
        let mut row = Self {
            id: address.short_id(single),
            batch: address.batch.to_string(),
            index: address.index,
            at: moment(batch.at, plan.timezone),
            actor: mask::text(&batch.actor),
            command: batch.command.clone(),
            kind: Kind::of(&entry.act).name(),
            unit,
            unit_name,
            task,
            task_name,
            day: entry.day,
            count: None,
            total: false,
            nil: false,
            form: None,
            period: None,
            due: None,
            from: None,
            via: None,
            note: None,
            evidence: Vec::new(),
            of: about.map(|(address, single)| address.short_id(single)),
            notice: None,
            unit_points: false,
            on: None,
            days: None,
            rule: None,
            rule_name: None,
            points: None,
            left_out: Vec::new(),
            changes: Vec::new(),
            undone: fate == Fate::Undone,
            copy: fate == Fate::Copy,
        };
        row.take(&entry.act);
        let mut rules = plan.assessment.iter().flat_map(|it| &it.rules);
        let rule = rules.find(|rule| row.rule.as_deref() == Some(rule.id.as_str()));
        let name = rule.map(|rule| rule.name.clone());
        row.rule_name = name.filter(|name| !name.is_empty());
        row
    }

    /// Takes what the act says beyond the entry that it is about.
    fn take(&mut self, act: &Act) {
        match act {
            Act::Record(record) => {
                self.count = (!record.nil).then_some(record.count);
                self.total = record.total;
                self.nil = record.nil;
                self.form.clone_from(&record.form);
                self.period = record.period;
                self.from = record.from.as_deref().map(mask::text);
                self.via = record.via;
                self.note = record.note.as_deref().map(mask::text);
                self.evidence = record.evidence.iter().map(masked).collect();
            }
            Act::Undo { of: _ } | Act::Accept { of: _ } => {}
            Act::Return {
                of: _,
                rectify: due,
                reason,
            }
            | Act::Instruct { due, reason } => {
                (self.due, self.note) = (Some(*due), Some(mask::text(reason)));
            }
            Act::Excuse { period, reason } => {
                (self.period, self.note) = (*period, Some(mask::text(reason)));
            }
            Act::Extend {
                period,
                due,
                reason,
            } => {
                (self.period, self.due) = (*period, Some(*due));
                self.note = Some(mask::text(reason));
            }
            Act::Apply {
                digest: _,
                reason,
                changes,
                holds: _,
            } => {
                self.changes = changes.iter().map(masked_change).collect();
                self.note = Some(mask::text(reason)).filter(|reason| !reason.is_empty());
            }
            Act::Gain { period } | Act::Remind { period } => self.period = *period,
            Act::Contact { name } => self.note = mask::name(name),
            Act::Commend { reason }
            | Act::Uphold { of: _, reason }
            | Act::Reverse { of: _, reason } => self.note = Some(mask::text(reason)),
            Act::Notice(notice) => {
                (self.notice, self.due) = (Some(notice.number), Some(notice.rectify));
                self.left_out = notice.left_out.iter().map(masked_left_out).collect();
            }
            Act::Book(booking) => {
                self.notice = Some(booking.notice);
                (self.on, self.period) = (Some(booking.on), booking.period);
                self.days = Some(booking.days).filter(|days| *days > 0);
                if let Some(rule) = &booking.rule {
                    self.rule = Some(rule.to_string());
                    self.points = Some(booking.points);
                }
            }
            Act::Object {
                notice,
                period,
                unit_points,
                reason,
            } => {
                self.notice = Some(*notice);
                self.unit_points = *unit_points;
                (self.period, self.note) = (*period, Some(mask::text(reason)));
            }
        }
    }

    /// The entry in one line: what happened, how much, and the remark.
    pub(crate) fn told(&self, words: &Words) -> Text {
        let mut parts = vec![match (self.kind, &self.note) {
            ("contact", None) => words.text("log-contact-none"),
            (kind, _) => words.text(&format!("log-kind-{kind}")),
        }];
        if self.nil {
            parts.push(words.text("log-nil"));
        }
        if let Some(count) = self
            .count
            .filter(|count| *count != Decimal::ONE || self.total)
        {
            let id = if self.total { "log-total" } else { "log-count" };
            parts.push(words.say(id, &args!(n = count.to_string())));
        }
        if let Some(number) = self.notice {
            parts.push(words.say("log-notice", &args!(n = number)));
        }
        if self.unit_points {
            parts.push(words.text("log-unit-points"));
        }
        if let Some(on) = self.on {
            parts.push(words.text(&format!("log-on-{}", on.key())));
        }
        if let Some(days) = self.days {
            parts.push(words.say("log-days", &args!(n = days)));
        }
        if let Some(points) = self.points {
            // What a rule without a name is for was said before.
            parts.extend(self.rule_name.clone());
            let args = args!(points = points.to_string());
            parts.push(words.say("log-points", &args));
        }
        parts.extend(self.form.clone());
        if let Some(day) = self.period {
            parts.push(words.say("log-for", &args!(day = day.to_string())));
        }
        if let Some(day) = self.due {
            parts.push(words.say("log-until", &args!(day = day.to_string())));
        }
        if let Some(of) = &self.of {
            parts.push(of.clone());
        }
        if let Some(from) = &self.from {
            parts.push(words.say("log-from", &args!(name = from.as_str())));
        }
        if let Some(via) = self.via {
            let id = match via {
                Via::Wechat => "log-via-wechat",
                Via::Phone => "log-via-phone",
                Via::Paper => "log-via-paper",
                Via::Visit => "log-via-visit",
            };
            parts.push(words.text(id));
        }
        if !self.evidence.is_empty() {
            parts.push(words.say("log-evidence", &args!(n = self.evidence.len())));
        }
        parts.extend(self.note.clone());
        parts.extend(self.left_out.iter().map(|left| {
            let (unit, reason) = (left.unit.to_string(), left.reason.as_str());
            words.say("log-left-out", &args!(unit = unit, reason = reason))
        }));
        let changes = self.changes.iter();
        let changes = changes.map(|change| told_change(words, change));
        let told: Vec<String> = std::iter::once(parts.join(" ")).chain(changes).collect();
        let told = told.join(&words.text("log-change-separator"));
        let gone = match (self.undone, self.copy) {
            (true, _) => "log-undone",
            (_, true) => "log-copy",
            _ => return told.into(),
        };
        let mut text = Text::from((told, Tone::Dim));
        text.push(" ", Tone::Plain);
        text.push(words.text(gone), Tone::Dim);
        text
    }

    /// Whether it stands.
    pub(crate) const fn stands(&self) -> bool {
        !self.undone && !self.copy
    }
}

/// A change of a plan in words: `海报 时限变动：2020-06-30 -> 2020-07-15`.
pub(crate) fn told_change(words: &Words, change: &Change) -> String {
    let Change {
        what,
        key,
        task,
        unit,
        name,
        from,
        to,
    } = change;
    let id = match (what, from.is_empty(), to.is_empty()) {
        (Changed::Task, true, _) => "log-change-added",
        (Changed::Task, false, _) => "log-change-closed",
        (Changed::Name, ..) if !unit.is_empty() => "log-change-unit-name",
        (Changed::Name, ..) => "log-change-name",
        (Changed::Who, ..) => "log-change-who",
        (Changed::Due, ..) => "log-change-due",
        (Changed::Target, ..) => "log-change-target",
        (Changed::Evidence, ..) => "log-change-evidence",
        (Changed::Setting, ..) if task.is_empty() => "log-change-plan",
        (Changed::Setting, ..) => "log-change-setting",
    };
    let told = |text: &str| match (what, text) {
        (_, "") => "-".to_string(),
        (Changed::Evidence, text) => words.text(&format!("log-evidence-{text}")),
        (_, text) => text.to_string(),
    };
    let args = args!(
        task = name.as_str(),
        key = key.as_str(),
        from = told(from),
        to = told(to)
    );
    words.say(id, &args)
}

fn masked_left_out(left: &LeftOut) -> LeftOut {
    LeftOut {
        unit: left.unit.clone(),
        reason: mask::text(&left.reason),
    }
}

/// A change whose words may be shown.
fn masked_change(change: &Change) -> Change {
    Change {
        name: mask::text(&change.name),
        from: mask::text(&change.from),
        to: mask::text(&change.to),
        ..change.clone()
    }
}

/// Proof whose file names may be shown.
fn masked(proof: &Proof) -> Proof {
    let mut proof = proof.clone();
    match &mut proof {
        Proof::File { name, .. } | Proof::Named(name) => *name = mask::text(name),
        Proof::Link(_) => {}
    }
    proof
}
