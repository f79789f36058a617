//! `lagging`.

use anyhow::Result;

use crate::cli::arguments::{FilterArgs, OutputArgs, ViewArgs};
use crate::cli::context::Context;
use crate::cli::exit::Exit;
use crate::cli::output::answer;
use crate::model::board::{Cell, View};
use crate::model::standing::Standing;
use crate::model::unit::UnitNo;
use crate::query::{Part, UnitLabel};
use crate::report::Frame;
use crate::report::lagging::{Arena, Lagging, LaggingDue, LaggingUnit, Names};
use crate::report::mask;

/// Arguments of `lagging`.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// Also list items due within DAYS
    #[arg(long, value_name = "DAYS", allow_negative_numbers = true, value_parser = clap::value_parser!(i32).range(0..=3650))]
    within: Option<i32>,
    /// Grace period in days, instead of the plan's
    #[arg(long, value_name = "DAYS", allow_negative_numbers = true, value_parser = clap::value_parser!(i32).range(0..=3650))]
    grace: Option<i32>,
    /// Show units added and removed since the end of DAY
    #[arg(long, value_name = "DAY", allow_hyphen_values = true)]
    since: Option<String>,
    /// Exit with 1 if any unit is behind
    #[arg(long)]
    exit_code: bool,
    #[command(flatten)]
    view: ViewArgs,
    #[command(flatten)]
    filter: FilterArgs,
    #[command(flatten)]
    output: OutputArgs,
}

impl Part for Arena<'_> {
    fn numbers(&self) -> Vec<UnitNo> {
        self.units().iter().map(|unit| unit.no).collect()
    }

    fn name(&mut self, at: usize, brief: UnitLabel<'_>) {
        let contact = mask::lent(brief.contact);
        let names = [brief.code, brief.short, &contact];
        Arena::name(self, at, brief.place, names);
    }
}

/// Lists the units that lag.
pub fn run(args: Args, context: &mut Context) -> Result<Exit> {
    let workspace = context.workspace()?;
    let view = View {
        grace: args.grace,
        ..context.view(&args.view, &workspace.plan)?
    };
    let selection = context.selection(&args.filter, &workspace, view)?;
    let since = args
        .since
        .as_ref()
        .map(|text| context.since(text, &view, &workspace.plan))
        .transpose()?;
    let ruler = workspace.ruler(view);
    let earlier = since.map(|day| workspace.ruler(View { as_of: day, ..view }));
    let plan = &workspace.plan;
    let earlier = earlier.as_ref();
    let found = workspace.survey_named(
        &ruler,
        earlier,
        &selection,
        |cell| !(cell.standing.is_completed() || cell.standing == Standing::Excused),
        Arena::default,
        |found, unit| {
            let is = |standing| move |cell: &&Cell| cell.standing == standing;
            let due = |cell| LaggingDue::new(plan, cell);
            let cells = || unit.cells.iter();
            let soon = |within: i32| {
                cells().filter(move |cell| {
                    let open = matches!(cell.standing, Standing::DueSoon | Standing::Pending);
                    open && cell.due.is_some_and(|due| due - view.as_of <= within)
                })
            };
            let sheet = unit.sheet;
            let lagged = unit.before.iter().any(|cell| is(Standing::Overdue)(&cell))
                && !since.is_some_and(|day| sheet.is_closed(day));
            let closed = sheet.is_closed(view.as_of);
            found.add(
                LaggingUnit::new(sheet, lagged, closed),
                (
                    cells().filter(is(Standing::Overdue)).map(due),
                    cells().filter(is(Standing::Returned)).map(due),
                    args.within.into_iter().flat_map(soon).map(due),
                ),
            );
        },
    )?;
    let areas = found.iter().flat_map(Arena::areas);
    let names = Names {
        classes: &workspace.classes,
        areas: workspace.short_names(areas.copied())?,
    };
    let today = context.today(plan)?;
    let frame = Frame::new(plan, &workspace.digest, view, workspace.amended, today);
    let grace = view.grace.unwrap_or(plan.grace);
    let mut lagging = Lagging::new(frame, grace, args.within, since);
    lagging.list(&found, &names, workspace.supervisor()?);
    answer(context, &args.output, &workspace, &lagging)?;
    Ok(if args.exit_code && lagging.units > 0 {
        Exit::Lagging
    } else {
        Exit::Done
    })
}
