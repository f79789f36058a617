//! `show`.

use anyhow::Result;

use crate::cli::arguments::{FilterArgs, OutputArgs, ViewArgs};
use crate::cli::context::Context;
use crate::cli::exit::Exit;
use crate::cli::output::answer;
use crate::model::board::Cell;
use crate::model::entry::{Act, Proof};
use crate::model::tally::Tally;
use crate::model::unit::UnitNo;
use crate::query::{Named, Selection, Workspace};
use crate::report::Frame;
use crate::report::log::{LogRow, rows};
use crate::report::mask;
use crate::report::proof::ProofRow;
use crate::report::review::RecordReview;
use crate::report::show::{DueRow, EntrySheet, TaskSheet, UnitFacts, UnitSheet};

/// Arguments of `show`.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// Unit or task, by code or name, or the id of an entry
    #[arg(value_name = "UNIT|TASK|RECORD")]
    what: String,
    /// Show phone numbers in full
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
    let workspace = context.workspace()?;
    let view = context.view(&args.view, &workspace.plan)?;
    let selection = context.selection(&args.filter, &workspace, view)?;
    let frame = Frame::new(
        &workspace.plan,
        &workspace.digest,
        view,
        workspace.amended,
        context.today(&workspace.plan)?,
    );
    match workspace.named(&args.what, context.area(), view)? {
        Named::Unit(no) => answer(
            context,
            &args.output,
            &workspace,
            &unit(&workspace, frame, no, selection, args.show_phone)?,
        )?,
        Named::Task(place) => answer(
            context,
            &args.output,
            &workspace,
            &task(&workspace, frame, place, selection)?,
        )?,
        Named::Entry(seq) => {
            let (entry, later) = workspace.entry_and_later(seq, &view)?;
            let timezone = workspace.plan.timezone;
            let evidence = match &entry.entry.act {
                Act::Record(record) => evidence(&workspace, &record.evidence),
                _ => Vec::new(),
            };
            let others = match entry.entry.unit {
                Some(no) => rows(workspace.entries_of_unit(no, &view)?, timezone),
                None => Vec::new(),
            };
            let (entry, rows) = (LogRow::of(entry, timezone), rows(later, timezone));
            let review = (entry.kind == "record" && !entry.undone)
                .then(|| RecordReview::of(&entry, &rows, &others));
            answer(
                context,
                &args.output,
                &workspace,
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
fn evidence(workspace: &Workspace, evidence: &[Proof]) -> Vec<ProofRow> {
    let found = workspace.whereabouts(evidence).into_iter();
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
    workspace: &Workspace,
    frame: Frame,
    no: UnitNo,
    selection: Selection,
    show_phone: bool,
) -> Result<UnitSheet> {
    let view = view(&frame);
    let ruler = workspace.ruler(view);
    let mut cells: Vec<Cell> = Vec::new();
    let only = Selection {
        units: Some(vec![no]),
        tasks: selection.tasks,
        ..Selection::default()
    };
    workspace.survey(&ruler, None, &only, |unit| {
        cells.extend_from_slice(unit.cells)
    })?;
    let mut tally = Tally::default();
    cells.iter().for_each(|cell| tally.count(cell));
    let row = workspace.unit(no)?;
    let areas = workspace.areas_above(no)?;
    let entries = rows(
        workspace.entries_of_unit(no, &view)?,
        workspace.plan.timezone,
    );
    Ok(UnitSheet {
        schema: "duban.unit/1",
        frame,
        unit: UnitFacts::new(&row.unit, areas, show_phone),
        figures: tally.into(),
        rows: cells
            .iter()
            .map(|cell| DueRow::of_task(&workspace.plan, cell))
            .collect(),
        entries,
    })
}

fn task(
    workspace: &Workspace,
    frame: Frame,
    place: usize,
    selection: Selection,
) -> Result<TaskSheet> {
    let ruler = workspace.ruler(view(&frame));
    let mut wanted = vec![false; workspace.plan.tasks.len()];
    wanted[place] = true;
    let only = Selection {
        tasks: Some(wanted),
        ..selection
    };
    let mut found: Vec<(UnitNo, Cell)> = Vec::new();
    let mut tally = Tally::default();
    workspace.survey(&ruler, None, &only, |unit| {
        for cell in unit.cells {
            tally.count(cell);
            found.push((unit.sheet.unit, *cell));
        }
    })?;
    let numbers: Vec<UnitNo> = found.iter().map(|(no, _)| *no).collect();
    let rows = workspace
        .units(&numbers)?
        .into_iter()
        .zip(&found)
        .map(|(row, (_, cell))| {
            let due = DueRow::new(
                &workspace.plan,
                cell,
                row.unit.code.to_string(),
                row.unit.short.clone(),
            );
            (row.place, due)
        });
    let mut rows: Vec<(u32, DueRow)> = rows.collect();
    rows.sort_by_key(|(place, _)| *place);
    let plan = &workspace.plan;
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
        decided: mask::decided(&task.decided),
        open: task.open.as_deref().map(mask::text),
        dues: ruler.dues(place).iter().map(|due| due.due).collect(),
        figures: tally.into(),
        rows: rows.into_iter().map(|(_, row)| row).collect(),
    })
}
