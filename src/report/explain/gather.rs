//! What an explanation is gathered from.

use super::{Explained, Explanation, NamedFor, Point};
use crate::model::board::View;
use crate::model::day::Day;
use crate::model::plan::{Dropped, Task};
use crate::model::unit::{Unit, UnitNo};
use crate::query::{Error, KnownThen, LogEntry, Selection, Workspace};
use crate::report::log::{self, LogRow};
use crate::report::score::{Names, ScoreLine};
use crate::report::show::DueRow;
use crate::report::{Frame, mask};

impl Explanation {
    /// Explains where a unit stands with a task, named by its code or name; of a task that the plan has no longer, what notices booked
    /// for it.
    ///
    /// # Errors
    /// Unknown and ambiguous names, and whatever the store says.
    pub(crate) fn of(
        workspace: &Workspace,
        view: View,
        no: UnitNo,
        task: &str,
    ) -> Result<Self, Error> {
        let unit = workspace.unit(no)?.unit;
        match workspace.find_task(task, view.as_of) {
            Ok(place) => Self::of_task(workspace, view, (no, &unit), place),
            Err(fault) => match workspace.dropped_task(no, task)? {
                Some((_, task)) => Self::of_dropped(workspace, view, (no, &unit), &task),
                None => Err(fault),
            },
        }
    }

    fn of_task(
        workspace: &Workspace,
        view: View,
        (no, unit): (UnitNo, &Unit),
        place: usize,
    ) -> Result<Self, Error> {
        let plan = &workspace.plan;
        let ruler = workspace.ruler(view);
        let mut wanted = vec![false; plan.tasks.len()];
        wanted[place] = true;
        let only = Selection {
            units: Some(vec![no]),
            tasks: Some(wanted),
            ..Selection::default()
        };
        let grace = view.grace.unwrap_or(plan.grace);
        let mut rows = Vec::new();
        workspace.survey(&ruler, &only, |unit| {
            rows.extend(unit.cells.iter().map(|cell| {
                Explained {
                    row: DueRow::of_task(plan, cell).planned(plan, &ruler, cell),
                    planned: cell
                        .key
                        .and(ruler.dues(place).get(cell.due_at))
                        .map(|due| due.due),
                    grace,
                }
            }));
        })?;
        let task = &plan.tasks[place];
        let owed_as = Self::word_for(plan, place, unit);
        let tenure = unit.tenure();
        let owed = owed_as.is_some() && !task.optional;
        let dues = ruler.dues(place).iter().map(|due| due.due);
        let outside: Vec<Day> = dues.filter(|due| owed && !tenure.holds(*due)).collect();
        let mut entries = workspace.entries_of_unit(no, &view)?;
        entries.extend(workspace.orders_of(place, &view)?);
        entries.extend(amendments(workspace, &view, task.code.as_str(), unit)?);
        entries.extend(workspace.notices_without(unit.code.as_str(), &view)?);
        let mut entries = in_order(entries, workspace, task.code.as_str());
        entries.retain(|entry| entry.kind != "contact" || task.by_roster);
        Ok(Self {
            schema: "duban.explain/3",
            frame: Frame::of(workspace, view),
            unit: unit.code.to_string(),
            unit_name: unit.short.clone(),
            task: task.code.to_string(),
            task_name: task.name.clone(),
            clause: task.clause.clone(),
            text: task.text.clone(),
            owed_as,
            since: unit.since,
            until: unit.until,
            successors: workspace.taken_over_by(&unit.code)?,
            outside,
            decided: mask::decided(&task.decided),
            open: task.open.as_deref().map(mask::text),
            optional: task.optional,
            dropped: false,
            entries,
            rows,
            points: points(workspace, no, task.code.as_str(), view)?,
        })
    }

    /// Of a task that the plan has no longer the entries and the points are all that is left.
    fn of_dropped(
        workspace: &Workspace,
        view: View,
        (no, unit): (UnitNo, &Unit),
        task: &Dropped,
    ) -> Result<Self, Error> {
        let said =
            |of: fn(&Task) -> &String| task.task.as_ref().map(of).cloned().unwrap_or_default();
        let mut entries = workspace.entries_of_unit(no, &view)?;
        entries.extend(amendments(workspace, &view, &task.code, unit)?);
        let mut entries = in_order(entries, workspace, &task.code);
        entries.retain(|entry| entry.kind != "contact");
        Ok(Self {
            schema: "duban.explain/3",
            frame: Frame::of(workspace, view),
            unit: unit.code.to_string(),
            unit_name: unit.short.clone(),
            task_name: task.name().to_string(),
            clause: said(|task| &task.clause),
            text: said(|task| &task.text),
            owed_as: None,
            since: unit.since,
            until: unit.until,
            successors: workspace.taken_over_by(&unit.code)?,
            outside: Vec::new(),
            decided: Vec::new(),
            open: None,
            optional: false,
            dropped: true,
            entries,
            rows: Vec::new(),
            points: points(workspace, no, &task.code, view)?,
            task: task.code.clone(),
        })
    }
}

/// What amendments changed of a task and of a unit.
fn amendments(
    workspace: &Workspace,
    view: &View,
    task: &str,
    unit: &Unit,
) -> Result<Vec<LogEntry>, Error> {
    workspace.amendments(view, |change| {
        change.task == task || change.unit == unit.code.as_str()
    })
}

/// The entries about a task, and about the unit as such, oldest first.
fn in_order(mut entries: Vec<LogEntry>, workspace: &Workspace, code: &str) -> Vec<LogRow> {
    entries.sort_by_key(|entry| (entry.entry.day, entry.moment()));
    let mut entries = log::rows(entries, &workspace.plan);
    entries.retain(|entry| entry.task.as_deref().is_none_or(|task| task == code));
    entries
}

/// What notices booked for the unit's task, and for the unit as such, with what was known when each was issued.
fn points(workspace: &Workspace, no: UnitNo, code: &str, view: View) -> Result<Vec<Point>, Error> {
    let notices = workspace.notices_in(view);
    let lines = workspace.ledger(no, view)?.lines;
    let names = Names::of(workspace, lines.iter())?;
    let told: Vec<ScoreLine> = lines.iter().map(|line| names.line(line)).collect();
    let mut points = Vec::new();
    for (booked, line) in lines.iter().zip(&told) {
        let about = line.task.as_deref();
        if about.is_some_and(|task| task != code) {
            continue;
        }
        let issued = notices.iter().find(|issued| issued.number == line.notice);
        let known = match issued {
            Some(issued) => workspace.known_then(no, booked, issued.until)?,
            None => KnownThen::default(),
        };
        let reason = match booked.booked.of {
            Some(seq) => workspace.reason_of(seq)?,
            None => None,
        };
        points.push(Point {
            named_for: NamedFor::behind(line, &told),
            line: line.clone(),
            until: issued.map(|issued| issued.until),
            reason: reason.as_deref().map(mask::text),
            known: known
                .stood
                .map(|(plan, cell)| DueRow::of_task(&plan, &cell)),
            records: known.records,
        });
    }
    Ok(points)
}
