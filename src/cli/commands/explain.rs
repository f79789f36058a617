//! `explain`.

use anyhow::Result;

use crate::cli::arguments::{OutputArgs, ViewArgs};
use crate::cli::context::Context;
use crate::cli::exit::Exit;
use crate::cli::output::publish;
use crate::model::board::{Cell, View};
use crate::model::unit::UnitNo;
use crate::ops::{Office, Selection};
use crate::report::Frame;
use crate::report::explain::{Explained, Explanation, Point};
use crate::report::show::DueRow;

/// Arguments of `explain`.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// The unit, by code or name
    #[arg(value_name = "UNIT")]
    unit: String,
    /// The task, by code or name
    #[arg(value_name = "TASK")]
    task: String,
    #[command(flatten)]
    view: ViewArgs,
    #[command(flatten)]
    output: OutputArgs,
}

/// Explains where a unit stands with a task.
pub fn run(args: Args, context: &mut Context) -> Result<Exit> {
    let office = context.office()?;
    let view = context.view(&args.view, &office.plan)?;
    let row = office.find_unit(&args.unit, context.area())?;
    let place = office.find_task(&args.task, view.as_of)?;
    let ruler = office.ruler(view);
    let mut wanted = vec![false; office.plan.tasks.len()];
    wanted[place] = true;
    let only = Selection {
        units: Some(vec![row.no]),
        tasks: Some(wanted),
        ..Selection::default()
    };
    let mut cells: Vec<Cell> = Vec::new();
    office.survey(&ruler, None, &only, |unit| {
        cells.extend_from_slice(unit.cells)
    })?;
    let plan = &office.plan;
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
    let mut entries = office.entries_of_unit(row.no, &view)?;
    entries.extend(office.orders_of(place, &view)?);
    let mut entries = super::log::rows(entries, office.plan.timezone);
    entries.retain(|entry| entry.task.as_deref().is_none_or(|code| task.code == *code));
    entries.retain(|entry| entry.kind != "contact" || task.by_roster);
    // Newest first as they come; those of one moment stay in the order of the journal.
    entries.reverse();
    entries.sort_by(|one, other| (one.day, &one.at).cmp(&(other.day, &other.at)));
    let explanation = Explanation {
        schema: "duban.explain/1",
        frame: Frame::new(
            plan,
            &office.digest,
            view,
            office.amended,
            context.today(plan)?,
        ),
        unit: row.unit.code.to_string(),
        unit_name: row.unit.short.clone(),
        task: task.code.to_string(),
        task_name: task.name.clone(),
        clause: task.clause.clone(),
        text: task.text.clone(),
        owed_as: Explanation::word_for(plan, place, &row.unit),
        decided: task.decided.clone(),
        open: task.open.clone(),
        optional: task.optional,
        entries,
        rows: rows.collect(),
        points: points(&office, row.no, place, view)?,
    };
    publish(context, &args.output, &explanation)?;
    Ok(Exit::Done)
}

/// What notices booked for the unit's task, and for the unit as such, with what was known when each was issued.
fn points(office: &Office, no: UnitNo, place: usize, view: View) -> Result<Vec<Point>> {
    let plan = &office.plan;
    let rules = office.rules()?;
    let notices = office.notices();
    let mut points = Vec::new();
    for booked in office.ledger(no, view)?.lines {
        let line = super::score::line(office, &rules, &booked)?;
        let about = line.task.as_deref();
        if about.is_some_and(|task| plan.tasks[place].code != *task) {
            continue;
        }
        let issued = notices.iter().find(|issued| issued.number == line.notice);
        let known = match issued.filter(|_| about.is_some()) {
            None => None,
            Some(issued) => {
                let then = View {
                    as_of: issued.until,
                    known_by: Some(issued.on),
                    grace: None,
                };
                office.known_then(no, place, booked.booked.period, then)?
            }
        };
        let (known, records) = known.unzip();
        points.push(Point {
            line,
            until: issued.map(|issued| issued.until),
            known: known.map(|cell| DueRow::of_task(plan, &cell)),
            records: records.unwrap_or_default(),
        });
    }
    Ok(points)
}
