//! `explain`.

use anyhow::Result;

use crate::cli::arguments::{OutputArgs, ViewArgs};
use crate::cli::context::Context;
use crate::cli::exit::Exit;
use crate::cli::output::answer;
use crate::model::board::{Cell, View};
use crate::model::plan::{Dropped, Task};
use crate::model::unit::UnitNo;
use crate::query::{Known, Selection, Told, Workspace};
use crate::report::Frame;
use crate::report::explain::{Explained, Explanation, NamedFor, Point};
use crate::report::log::{self, LogRow};
use crate::report::mask;
use crate::report::score::{Names, ScoreLine};
use crate::report::show::DueRow;
use crate::store::UnitRow;

/// Arguments of `explain`.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// Unit, by code or name
    #[arg(value_name = "UNIT")]
    unit: String,
    /// Task, by code or name
    #[arg(value_name = "TASK")]
    task: String,
    #[command(flatten)]
    view: ViewArgs,
    #[command(flatten)]
    output: OutputArgs,
}

/// Explains where a unit stands with a task.
pub fn run(args: Args, context: &mut Context) -> Result<Exit> {
    let workspace = context.workspace()?;
    let view = context.view(&args.view, &workspace.plan)?;
    let row = workspace.find_unit(&args.unit, context.area())?;
    let plan = &workspace.plan;
    let place = match workspace.find_task(&args.task, view.as_of) {
        Ok(place) => place,
        Err(fault) => match workspace.dropped_task(row.no, &args.task)? {
            Some((_, task)) => return dropped(&args, context, &workspace, &row, &task, view),
            None => return Err(fault.into()),
        },
    };
    let ruler = workspace.ruler(view);
    let mut wanted = vec![false; plan.tasks.len()];
    wanted[place] = true;
    let only = Selection {
        units: Some(vec![row.no]),
        tasks: Some(wanted),
        ..Selection::default()
    };
    let mut cells: Vec<Cell> = Vec::new();
    workspace.survey(&ruler, None, &only, |unit| {
        cells.extend_from_slice(unit.cells)
    })?;
    let task = &plan.tasks[place];
    let grace = view.grace.unwrap_or(plan.grace);
    let rows = cells.iter().map(|cell| Explained {
        row: DueRow::of_task(plan, cell),
        planned: cell
            .key
            .and(ruler.dues(place).get(cell.due_at))
            .map(|due| due.due),
        grace,
    });
    let mut entries = workspace.entries_of_unit(row.no, &view)?;
    entries.extend(workspace.orders_of(place, &view)?);
    entries.extend(workspace.amendments_of(task.code.as_str(), &view)?);
    entries.extend(workspace.notices_without(row.unit.code.as_str(), &view)?);
    let mut entries = in_order(entries, &workspace, task.code.as_str());
    entries.retain(|entry| entry.kind != "contact" || task.by_roster);
    let explanation = Explanation {
        schema: "duban.explain/1",
        frame: Frame::new(
            plan,
            &workspace.digest,
            view,
            workspace.amended,
            context.today(plan)?,
        ),
        unit: row.unit.code.to_string(),
        unit_name: row.unit.short.clone(),
        task: task.code.to_string(),
        task_name: task.name.clone(),
        clause: task.clause.clone(),
        text: task.text.clone(),
        owed_as: Explanation::word_for(plan, place, &row.unit),
        decided: mask::decided(&task.decided),
        open: task.open.as_deref().map(mask::text),
        optional: task.optional,
        dropped: false,
        entries,
        rows: rows.collect(),
        points: points(&workspace, row.no, task.code.as_str(), view)?,
    };
    answer(context, &args.output, &workspace, &explanation)?;
    Ok(Exit::Done)
}

/// Explains what notices booked for a task that the plan has no longer: the entries and the points are all that is left of it.
fn dropped(
    args: &Args,
    context: &mut Context,
    workspace: &Workspace,
    row: &UnitRow,
    task: &Dropped,
    view: View,
) -> Result<Exit> {
    let plan = &workspace.plan;
    let said = |of: fn(&Task) -> &String| task.task.as_ref().map(of).cloned().unwrap_or_default();
    let mut entries = workspace.entries_of_unit(row.no, &view)?;
    entries.extend(workspace.amendments_of(&task.code, &view)?);
    let mut entries = in_order(entries, workspace, &task.code);
    entries.retain(|entry| entry.kind != "contact");
    let explanation = Explanation {
        schema: "duban.explain/1",
        frame: Frame::new(
            plan,
            &workspace.digest,
            view,
            workspace.amended,
            context.today(plan)?,
        ),
        unit: row.unit.code.to_string(),
        unit_name: row.unit.short.clone(),
        task_name: task.name().to_string(),
        clause: said(|task| &task.clause),
        text: said(|task| &task.text),
        owed_as: None,
        decided: Vec::new(),
        open: None,
        optional: false,
        dropped: true,
        entries,
        rows: Vec::new(),
        points: points(workspace, row.no, &task.code, view)?,
        task: task.code.clone(),
    };
    answer(context, &args.output, workspace, &explanation)?;
    Ok(Exit::Done)
}

/// The entries about a task, and about the unit as such, oldest first.
fn in_order(entries: Vec<Told>, workspace: &Workspace, code: &str) -> Vec<LogRow> {
    let mut entries = log::rows(entries, workspace.plan.timezone);
    entries.retain(|entry| entry.task.as_deref().is_none_or(|task| task == code));
    // Newest first as they come; those of one moment stay in the order of the journal.
    entries.reverse();
    entries.sort_by(|one, other| (one.day, &one.at).cmp(&(other.day, &other.at)));
    entries
}

/// What notices booked for the unit's task, and for the unit as such, with what was known when each was issued.
fn points(workspace: &Workspace, no: UnitNo, code: &str, view: View) -> Result<Vec<Point>> {
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
            None => Known::default(),
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
