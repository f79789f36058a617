//! `plan`: the plan's outline and timeline: phases, activities and tasks, who owes them, how much and when.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::Report;
use super::frame::{Frame, listed, measured, short_day};
use super::mask;
use crate::document::{Column, Document, Figure, Row, Table, Text, Tone, Track};
use crate::model::board::View;
use crate::model::day::Day;
use crate::model::decimal::Decimal;
use crate::model::due::{Due, Period};
use crate::model::plan::{Amount, Plan, Target, Task};
use crate::query::{Error, Selection, Workspace};
use crate::words::{Words, args};

/// One task in the outline.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct OutlineRow {
    /// The task's code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its phase's id.
    pub phase: String,
    /// Its activity's id.
    pub activity: String,
    /// The clause.
    pub clause: String,
    /// Who owes it.
    pub who: Vec<String>,
    /// How many units owe it.
    pub units: u64,
    /// The length of its periods.
    pub every: Option<Period>,
    /// Its dues.
    pub dues: Vec<PlannedDue>,
    /// From when to when it may be done for each of them, as far as the plan had been issued.
    #[serde(skip)]
    pub windows: Vec<(Day, Day)>,
    /// What it takes.
    pub target: Option<Target>,
    /// Recorded if done, never owed.
    pub optional: bool,
    /// The question that is open.
    pub open: Option<String>,
    /// Whether it waits for an order.
    pub waiting: bool,
    /// What was decided, and by whom.
    pub decided: Vec<(String, String)>,
}

/// A due as the plan has it.
#[derive(Clone, Copy, Debug, Serialize)]
pub(crate) struct PlannedDue {
    /// The due day.
    pub due: Day,
    /// The first day of its window; of a period nobody needs to be told.
    pub opens: Option<Day>,
    /// The share of the target that a milestone asks for.
    pub share: Option<Decimal>,
}

impl PlannedDue {
    /// One due of a task.
    pub(crate) fn new(task: &Task, due: &Due) -> Self {
        Self {
            due: due.due,
            opens: due.opens.filter(|_| task.schedule.period().is_none()),
            share: due.share,
        }
    }

    /// The day, as `day` writes days: with the first day of a window before it, with the share of a milestone behind it.
    pub(crate) fn told(&self, day: impl Fn(Day) -> String) -> String {
        let mut text = day(self.due);
        if let Some(opens) = self.opens {
            text = format!("{}..{text}", day(opens));
        }
        if let Some(share) = self.share {
            text.push_str(&format!(" {}%", percent(share)));
        }
        text
    }
}

/// A share in hundredths.
fn percent(share: Decimal) -> Decimal {
    Decimal::from_thousandths(share.thousandths() * 100)
}

/// The outline of a plan.
#[derive(Debug, Serialize)]
pub(crate) struct Outline<'p> {
    /// `duban.plan/2`.
    pub schema: &'static str,
    /// Which plan and day.
    #[serde(flatten)]
    pub frame: Frame,
    /// The plan: what its own table says of it.
    #[serde(flatten, serialize_with = "head")]
    pub plan: &'p Plan,
    /// Phases, as id, name, first and last day.
    pub phases: Vec<OutlinePhase>,
    /// Activities, as id, name, clause, phase.
    pub activities: Vec<OutlineActivity>,
    /// The tasks.
    pub rows: Vec<OutlineRow>,
    /// Whether the answer is for a screen, whose drawings take a key.
    #[serde(skip)]
    pub screen: bool,
}

/// A phase in the outline.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct OutlinePhase {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// First day.
    pub from: Day,
    /// Last day.
    pub to: Day,
}

/// An activity in the outline.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct OutlineActivity {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Clause.
    pub clause: String,
    /// Its phase's id.
    pub phase: String,
}

/// What the plan's own table says: who issued it, who sends its documents, its number and its first and last day.
fn head<S: Serializer>(plan: &&Plan, serializer: S) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(None)?;
    map.serialize_entry("short", plan.heading())?;
    map.serialize_entry("issuer", &plan.issuer)?;
    map.serialize_entry("office", &plan.office)?;
    map.serialize_entry("number", &plan.number)?;
    map.serialize_entry("issued", &plan.issued)?;
    map.serialize_entry("ends", &plan.ends)?;
    map.serialize_entry("timezone", &plan.timezone.to_string())?;
    map.end()
}

impl<'p> Outline<'p> {
    /// The outline of the plan in force: the tasks selected, with how many of the units selected owe each.
    ///
    /// # Errors
    /// Whatever the store says.
    pub(crate) fn of(
        workspace: &'p Workspace,
        view: View,
        selection: &Selection,
        screen: bool,
    ) -> Result<Self, Error> {
        let plan = &workspace.plan;
        let ruler = workspace.ruler(view);
        let mut units = vec![0; plan.tasks.len()];
        workspace.survey(&ruler, selection, |unit| {
            let mut last = None;
            for cell in unit.cells {
                if last != Some(cell.task) {
                    units[cell.task] += 1;
                    last = Some(cell.task);
                }
            }
        })?;
        let phases = plan.phases.iter().map(|phase| OutlinePhase {
            id: phase.id.to_string(),
            name: phase.name.clone(),
            from: phase.from,
            to: phase.to,
        });
        let activities = plan.activities.iter().map(|activity| OutlineActivity {
            id: activity.id.to_string(),
            name: activity.name.clone(),
            clause: activity.clause.clone(),
            phase: plan.phases[activity.phase].id.to_string(),
        });
        let wanted = (0..plan.tasks.len()).filter(|task| selection.wants_task(*task));
        let rows = wanted.map(|at| {
            let task = &plan.tasks[at];
            let dues = ruler.dues(at);
            let begins = plan.phase_of(task).from;
            let window = |due: &Due| {
                let opens = due.opens.unwrap_or(begins).max(plan.issued);
                (opens.min(due.due), due.due)
            };
            // What nobody has settled yet is owed on no day.
            let settled = dues.iter().filter(|_| task.open.is_none());
            OutlineRow {
                windows: settled.map(window).collect(),
                code: task.code.to_string(),
                name: task.name.clone(),
                phase: plan.phase_of(task).id.to_string(),
                activity: plan.activities[task.activity].id.to_string(),
                clause: task.clause.clone(),
                who: task.who.clone(),
                units: units[at],
                every: task.schedule.period(),
                dues: dues.iter().map(|due| PlannedDue::new(task, due)).collect(),
                target: task.target.clone(),
                optional: task.optional,
                open: task.open.as_deref().map(mask::text),
                waiting: task.is_owed() && dues.is_empty(),
                decided: mask::decided(&task.decided),
            }
        });
        Ok(Self {
            schema: "duban.plan/2",
            frame: Frame::of(workspace, view).within(selection),
            plan,
            phases: phases.collect(),
            activities: activities.collect(),
            rows: rows.collect(),
            screen,
        })
    }

    /// The task's line of days, from the plan's issue to its last day; in words from when to when.
    fn track(&self, row: &OutlineRow) -> Text {
        let (Some((first, _)), Some((_, last))) = (row.windows.first(), row.windows.last()) else {
            return Text::default();
        };
        let (issued, near) = (self.plan.issued, self.frame.as_of);
        let at = |day: Day| u32::try_from(day - issued).unwrap_or(0);
        let due = |(_, due): &(Day, Day)| {
            let ahead = *due - near;
            let tone = match (0..=self.plan.due_soon).contains(&ahead) {
                true => Tone::Soon,
                false => Tone::Strong,
            };
            (at(*due), tone)
        };
        let ends = self.plan.last_day();
        let track = Track {
            last: at(ends),
            windows: row
                .windows
                .iter()
                .map(|(from, to)| (at(*from), at(*to)))
                .collect(),
            dues: row.windows.iter().map(due).collect(),
            today: (issued..=ends).contains(&near).then(|| at(near)),
        };
        let words = format!("{}..{}", short_day(*first, near), short_day(*last, near));
        Text::figure(Figure::Track(track), words)
    }

    fn when(&self, words: &Words, row: &OutlineRow) -> String {
        let near = self.frame.as_of;
        if row.open.is_some() {
            return words.text("plan-open");
        }
        if row.waiting {
            return words.text("plan-waiting");
        }
        let days = row
            .dues
            .iter()
            .map(|due| due.told(|day| short_day(day, near)));
        let days: Vec<String> = days.collect();
        match (row.every, days.as_slice()) {
            (Some(period), [first, .., last]) => words.say(
                &format!("plan-every-{}", period.key()),
                &args!(first = first.as_str(), last = last.as_str()),
            ),
            _ => listed(words, &days),
        }
    }
}

/// What a task takes, in few words: `20张`, `10/5 bins`, `45% of population`.
fn amount(words: &Words, target: &Target) -> String {
    let amounts = target.needs.iter().map(|need| match &need.amount {
        Amount::Count(count) => count.to_string(),
        Amount::Share { share, of } => words.say(
            "plan-share",
            &args!(percent = percent(*share).to_string(), of = of.as_str()),
        ),
    });
    let amounts = amounts.collect::<Vec<_>>().join("/");
    let said = |need: &crate::model::plan::Need| matches!(&need.amount, Amount::Share { of, .. } if *of == target.measure);
    match target.needs.iter().all(said) {
        true => amounts,
        false => measured(&amounts, &target.measure),
    }
}

impl Report for Outline<'_> {
    type Row = OutlineRow;

    fn rows(&self) -> &[OutlineRow] {
        &self.rows
    }

    fn document<'a>(&'a self, words: &'a Words) -> Document<'a> {
        let plan = self.plan;
        let name = self.frame.plan.short.clone();
        let mut document = self.frame.document(words, name);
        if self.frame.plan.short != plan.title {
            document.line(plan.title.as_str());
        }
        let facts = words.say(
            "plan-facts",
            &args!(
                issuer = plan.issuer.as_str(),
                number = plan.number.as_str(),
                issued = plan.issued.to_string(),
                ends = plan
                    .ends
                    .map_or_else(|| "none".to_string(), |day| day.to_string())
            ),
        );
        document.line(facts);
        if !plan.office.is_empty() {
            let office = args!(office = plan.office.as_str());
            document.line(words.say("plan-office", &office));
        }
        if self.screen {
            document.line((words.text("plan-track-key"), Tone::Dim));
        }
        for phase in &self.phases {
            if !self.rows.iter().any(|row| row.phase == phase.id) {
                continue;
            }
            let window = format!("{} .. {}", phase.from, phase.to);
            let text = Text::from((phase.name.clone(), Tone::Strong));
            document.heading(2, text, window);
            let rows = self.rows.iter().filter(|row| row.phase == phase.id);
            let columns = vec![
                Column::left("clause", words.text("head-clause")),
                Column::left("name", words.text("head-task")).wrapping(),
                Column::left("dues", words.text("head-due")).wrapping(),
                Column::left("track", words.text("head-track")).spare(),
                Column::right("units", words.text("head-units")),
                Column::left("target", words.text("head-target")),
                Column::left("code", words.text("head-code")).spare(),
            ];
            let rows = rows.map(move |row| {
                let mut title = Text::from(row.name.as_str());
                if row.optional {
                    title.push(words.text("plan-optional"), Tone::Dim);
                }
                let cells = vec![
                    row.clause.as_str().into(),
                    title,
                    self.when(words, row).into(),
                    self.track(row),
                    Text::number(row.units),
                    row.target
                        .as_ref()
                        .map(|target| amount(words, target))
                        .unwrap_or_default()
                        .into(),
                    row.code.as_str().into(),
                ];
                Row::item(cells)
            });
            document.table(Table::new(columns, rows));
        }
        document
    }
}

/// A key of a task in words; one that nobody knows as it is written.
pub(super) fn plan_key(words: &Words, key: &str) -> String {
    let id = format!("plan-key-{key}");
    match words.has(&id) {
        true => words.text(&id),
        false => key.to_string(),
    }
}
