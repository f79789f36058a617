//! `status`.

use anyhow::Result;
use clap::ValueEnum;

use crate::cli::arguments::{FilterArgs, OutputArgs, ViewArgs};
use crate::cli::context::Context;
use crate::cli::exit::Exit;
use crate::cli::output::answer;
use crate::model::board::Cell;
use crate::model::day::Day;
use crate::model::standing::Standing;
use crate::query::{Grouping, Groups, NamedTurns, Surveyed, Turns, Workspace};
use crate::report::status::{By, Counting};
use crate::report::{Change, Frame};

/// What the rows are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ByName {
    /// Tasks
    #[default]
    Task,
    /// Activities
    Activity,
    /// Phases
    Phase,
    /// Goals (a task may have several)
    Goal,
    /// Kinds of unit
    Kind,
    /// Areas directly below the one selected
    Area,
    /// Units
    Unit,
}

/// Arguments of `status`.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// Group rows by
    #[arg(
        long,
        value_enum,
        value_name = "ROWS",
        default_value = "task",
        hide_default_value = true
    )]
    by: ByName,
    /// Show what changed since the end of DAY
    #[arg(long, value_name = "DAY", allow_hyphen_values = true)]
    since: Option<String>,
    /// Also show rows with nothing due yet
    #[arg(long)]
    all: bool,
    #[command(flatten)]
    view: ViewArgs,
    #[command(flatten)]
    filter: FilterArgs,
    #[command(flatten)]
    output: OutputArgs,
}

/// What was counted of units in a row.
#[derive(Clone)]
struct Counted<'a> {
    as_of: Day,
    counting: Counting<'a>,
    grouping: Grouping,
    turns: Turns,
}

impl Counted<'_> {
    fn count(&mut self, unit: &Surveyed) {
        self.turns.note(unit);
        if unit.cells.is_empty() {
            return;
        }
        let counting = &mut self.counting;
        let row = self.grouping.row_of(unit.sheet, || counting.add_row());
        counting.count(unit.cells, row);
        let lags = |cell: &Cell| cell.standing == Standing::Overdue;
        if unit.cells.iter().any(lags) && !unit.sheet.is_closed(self.as_of) {
            counting.count_lagging();
        }
    }

    /// With what was counted of the units that follow.
    fn and(mut self, more: Self) -> Self {
        let counting = &mut self.counting;
        let rows = self.grouping.join(more.grouping, || counting.add_row());
        self.counting.join(more.counting, &rows);
        self.turns.join(more.turns);
        self
    }
}

/// Counts the selected obligations and prints the table.
pub fn run(args: Args, context: &mut Context) -> Result<Exit> {
    let workspace = context.workspace()?;
    let view = context.view(&args.view, &workspace.plan)?;
    let selection = context.selection(&args.filter, &workspace, view)?;
    let since = args
        .since
        .as_ref()
        .map(|text| context.since(text, &view, &workspace.plan))
        .transpose()?;
    let by = args.by.rows();
    let ruler = workspace.ruler(view);
    let earlier =
        since.map(|day| workspace.ruler(crate::model::board::View { as_of: day, ..view }));
    let none = Counted {
        as_of: view.as_of,
        counting: Counting::new(&workspace.plan, &ruler, by, 0),
        grouping: Grouping::new(&workspace, groups(by), &selection)?,
        turns: Turns::new(since),
    };
    let parts = workspace.survey_in_parts(
        &ruler,
        earlier.as_ref(),
        &selection,
        || none.clone(),
        |part, unit| part.count(&unit),
    )?;
    let Counted {
        counting,
        grouping,
        turns,
        ..
    } = parts.into_iter().fold(none.clone(), Counted::and);
    let names = grouping.names(&workspace)?;
    let change = turns
        .finish(&workspace)?
        .map(|(since, list)| change(&workspace, since, &list));
    let frame = Frame::new(
        &workspace.plan,
        &workspace.digest,
        view,
        workspace.amended,
        context.today(&workspace.plan)?,
    );
    let mut status = counting.finish(frame, &ruler, names, change);
    status.all = args.all;
    answer(context, &args.output, &workspace, &status)?;
    Ok(Exit::Done)
}

impl ByName {
    const fn rows(self) -> By {
        match self {
            Self::Task => By::Task,
            Self::Activity => By::Activity,
            Self::Phase => By::Phase,
            Self::Goal => By::Goal,
            Self::Kind => By::Kind,
            Self::Area => By::Area,
            Self::Unit => By::Unit,
        }
    }
}

const fn groups(by: By) -> Groups {
    match by {
        By::Kind => Groups::Kind,
        By::Area => Groups::Area,
        By::Unit => Groups::Unit,
        By::Task | By::Activity | By::Phase | By::Goal => Groups::None,
    }
}

fn change(workspace: &Workspace, since: Day, list: &[NamedTurns]) -> Change {
    let mut change = Change::new(since);
    for ((code, name), turns) in list {
        change.note(&workspace.plan, (code, name), turns);
    }
    change
}
