//! `show`.

use anyhow::Result;

use super::log::{row, rows};
use crate::cli::arguments::{FilterArgs, OutputArgs, ViewArgs};
use crate::cli::context::Context;
use crate::cli::exit::Exit;
use crate::cli::output::publish;
use crate::model::board::Cell;
use crate::model::entry::{Act, Proof};
use crate::model::tally::Tally;
use crate::model::unit::UnitNo;
use crate::ops::{Named, Office, Selection};
use crate::report::Frame;
use crate::report::proof::ProofRow;
use crate::report::review::RecordReview;
use crate::report::show::{DueRow, EntrySheet, TaskSheet, UnitFacts, UnitSheet};

/// Arguments of `show`.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// A unit or a task by code or name, or the id of an entry
    #[arg(value_name = "UNIT|TASK|RECORD")]
    what: String,
    /// Show telephone numbers in full
    #[arg(long)]
    show_phone: bool,
    #[command(flatten)]
    filter: FilterArgs,
    #[command(flatten)]
    view: ViewArgs,
    #[command(flatten)]
    output: OutputArgs,
}

/// Shows what the name stands for.
pub fn run(args: Args, context: &mut Context) -> Result<Exit> {
    let office = context.office()?;
    let view = context.view(&args.view, &office.plan)?;
    let selection = context.selection(&args.filter, &office, view)?;
    let frame = Frame::new(
        &office.plan,
        &office.digest,
        view,
        office.amended,
        context.today(&office.plan)?,
    );
    match office.named(&args.what, context.area(), view)? {
        Named::Unit(no) => publish(
            context,
            &args.output,
            &unit(&office, frame, no, selection, args.show_phone)?,
        )?,
        Named::Task(place) => publish(
            context,
            &args.output,
            &task(&office, frame, place, selection)?,
        )?,
        Named::Entry(seq) => {
            let (entry, later) = office.entry_and_later(seq, &view)?;
            let timezone = office.plan.timezone;
            let evidence = match &entry.entry.act {
                Act::Record(record) => evidence(&office, &record.evidence),
                _ => Vec::new(),
            };
            let others = match entry.entry.unit {
                Some(no) => rows(office.entries_of_unit(no, &view)?, timezone),
                None => Vec::new(),
            };
            let (entry, rows) = (row(entry, timezone), rows(later, timezone));
            let review = (entry.kind == "record" && !entry.undone)
                .then(|| RecordReview::of(&entry, &rows, &others));
            publish(
                context,
                &args.output,
                &EntrySheet {
                    schema: "duban.record/1",
                    frame,
                    entry,
                    evidence,
                    review,
                    rows,
                },
            )?;
        }
    }
    Ok(Exit::Done)
}

/// Each piece of proof, with whether its content is at hand.
fn evidence(office: &Office, evidence: &[Proof]) -> Vec<ProofRow> {
    let found = office.whereabouts(evidence).into_iter();
    let found = found.map(|found| found.map(|(path, state)| (path.display().to_string(), state)));
    let rows = evidence.iter().zip(found);
    rows.map(|(proof, found)| ProofRow::new(proof, found))
        .collect()
}

fn view(frame: &Frame) -> crate::model::board::View {
    crate::model::board::View {
        as_of: frame.as_of,
        known_by: frame.known_by,
        grace: None,
    }
}

fn unit(
    office: &Office,
    frame: Frame,
    no: UnitNo,
    selection: Selection,
    show_phone: bool,
) -> Result<UnitSheet> {
    let view = view(&frame);
    let ruler = office.ruler(view);
    let mut cells: Vec<Cell> = Vec::new();
    let only = Selection {
        units: Some(vec![no]),
        tasks: selection.tasks,
        ..Selection::default()
    };
    office.survey(&ruler, None, &only, |unit| {
        cells.extend_from_slice(unit.cells)
    })?;
    let mut tally = Tally::default();
    cells.iter().for_each(|cell| tally.count(cell));
    let row = office.unit(no)?;
    let areas = office.areas_above(no)?;
    let entries = rows(office.entries_of_unit(no, &view)?, office.plan.timezone);
    Ok(UnitSheet {
        schema: "duban.unit/1",
        frame,
        unit: UnitFacts::new(&row.unit, areas, show_phone),
        figures: tally.into(),
        rows: cells
            .iter()
            .map(|cell| DueRow::of_task(&office.plan, cell))
            .collect(),
        entries,
    })
}

fn task(office: &Office, frame: Frame, place: usize, selection: Selection) -> Result<TaskSheet> {
    let ruler = office.ruler(view(&frame));
    let mut wanted = vec![false; office.plan.tasks.len()];
    wanted[place] = true;
    let only = Selection {
        tasks: Some(wanted),
        ..selection
    };
    let mut found: Vec<(UnitNo, Cell)> = Vec::new();
    let mut tally = Tally::default();
    office.survey(&ruler, None, &only, |unit| {
        for cell in unit.cells {
            tally.count(cell);
            found.push((unit.sheet.unit, *cell));
        }
    })?;
    let numbers: Vec<UnitNo> = found.iter().map(|(no, _)| *no).collect();
    let rows = office
        .units(&numbers)?
        .into_iter()
        .zip(&found)
        .map(|(row, (_, cell))| {
            let due = DueRow::new(
                &office.plan,
                cell,
                row.unit.code.to_string(),
                row.unit.short.clone(),
            );
            (row.place, due)
        });
    let mut rows: Vec<(u32, DueRow)> = rows.collect();
    rows.sort_by_key(|(place, _)| *place);
    let plan = &office.plan;
    let task = &plan.tasks[place];
    Ok(TaskSheet {
        schema: "duban.task/1",
        frame,
        code: task.code.to_string(),
        name: task.name.clone(),
        activity: plan.activities[task.activity].name.clone(),
        phase: plan.phase_of(task).name.clone(),
        clause: task.clause.clone(),
        text: task.text.clone(),
        who: task.who.clone(),
        target: task.target.clone(),
        decided: task.decided.clone(),
        open: task.open.clone(),
        dues: ruler.dues(place).iter().map(|due| due.due).collect(),
        figures: tally.into(),
        rows: rows.into_iter().map(|(_, row)| row).collect(),
    })
}
