//! `lagging`.

use std::collections::HashMap;

use anyhow::Result;

use crate::cli::arguments::{FilterArgs, OutputArgs, ViewArgs};
use crate::cli::context::Context;
use crate::cli::exit::Exit;
use crate::cli::output::publish;
use crate::model::board::{Cell, View};
use crate::model::standing::Standing;
use crate::model::unit::UnitNo;
use crate::report::Frame;
use crate::report::lagging::{Lagging, LaggingDue, LaggingRow, Movement, lagging_due, lagging_row};

/// Arguments of `lagging`.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// Also list what falls due within DAYS
    #[arg(long, value_name = "DAYS", allow_negative_numbers = true, value_parser = clap::value_parser!(i32).range(0..=3650))]
    within: Option<i32>,
    /// Days of grace instead of the plan's
    #[arg(long, value_name = "DAYS", allow_negative_numbers = true, value_parser = clap::value_parser!(i32).range(0..=3650))]
    grace: Option<i32>,
    /// Say who joined and left the list since the end of DAY
    #[arg(long, value_name = "DAY", allow_hyphen_values = true)]
    since: Option<String>,
    /// End with 1 where a unit lags
    #[arg(long)]
    exit_code: bool,
    #[command(flatten)]
    view: ViewArgs,
    #[command(flatten)]
    filter: FilterArgs,
    #[command(flatten)]
    output: OutputArgs,
}

/// What the survey found of one unit.
#[derive(Default)]
struct Found {
    overdue: Vec<LaggingDue>,
    returned: Vec<LaggingDue>,
    soon: Vec<LaggingDue>,
    lagged: bool,
}

/// Lists the units that lag.
pub fn run(args: Args, context: &mut Context) -> Result<Exit> {
    let office = context.office()?;
    let view = View {
        grace: args.grace,
        ..context.view(&args.view, &office.plan)?
    };
    let selection = context.selection(&args.filter, &office, view)?;
    let since = args
        .since
        .as_ref()
        .map(|text| context.since(text, &view, &office.plan))
        .transpose()?;
    let ruler = office.ruler(view);
    let earlier = since.map(|day| office.ruler(View { as_of: day, ..view }));
    let mut found: Vec<(UnitNo, Found)> = Vec::new();
    let plan = &office.plan;
    office.survey(&ruler, earlier.as_ref(), &selection, |unit| {
        let listed = |wanted: &dyn Fn(&Cell) -> bool| -> Vec<LaggingDue> {
            unit.cells
                .iter()
                .filter(|cell| wanted(cell))
                .map(|cell| lagging_due(plan, cell))
                .collect()
        };
        let is = |standing| move |cell: &Cell| cell.standing == standing;
        let overdue = listed(&is(Standing::Overdue));
        let returned = listed(&is(Standing::Returned));
        let soon = args.within.map_or_else(Vec::new, |days| {
            let open = |cell: &Cell| matches!(cell.standing, Standing::DueSoon | Standing::Pending);
            listed(&|cell| open(cell) && cell.due.is_some_and(|due| due - view.as_of <= days))
        });
        let lagged = unit.before.iter().any(is(Standing::Overdue));
        if lagged || !overdue.is_empty() || !returned.is_empty() || !soon.is_empty() {
            found.push((
                unit.sheet.unit,
                Found {
                    overdue,
                    returned,
                    soon,
                    lagged,
                },
            ));
        }
    })?;
    let lagging = assemble(context, &office, view, args.within, since, found)?;
    publish(context, &args.output, &lagging)?;
    Ok(if args.exit_code && lagging.units > 0 {
        Exit::Lagging
    } else {
        Exit::Done
    })
}

fn assemble(
    context: &Context,
    office: &crate::ops::Office,
    view: View,
    within: Option<i32>,
    since: Option<crate::model::day::Day>,
    found: Vec<(UnitNo, Found)>,
) -> Result<Lagging> {
    let frame = Frame::new(
        &office.plan,
        &office.digest,
        view,
        office.amended,
        context.today(&office.plan)?,
    );
    let mut lagging = Lagging {
        schema: "duban.lagging/1",
        frame,
        grace: view.grace.unwrap_or(office.plan.grace),
        within,
        rows: Vec::new(),
        units: 0,
        obligations: 0,
        returned: Vec::new(),
        soon: Vec::new(),
        supervisor: None,
        since: since.map(|since| Movement {
            since,
            joined: Vec::new(),
            left: Vec::new(),
        }),
    };
    let supervisor = office.supervisor()?;
    let numbers: Vec<UnitNo> = found.iter().map(|(no, _)| *no).collect();
    let mut areas: HashMap<UnitNo, String> = HashMap::new();
    for (row, (_, found)) in office.units(&numbers)?.into_iter().zip(found) {
        let area = match row.parent {
            None => None,
            Some(parent) => match areas.get(&parent) {
                Some(name) => Some(name.clone()),
                None => {
                    let name = office.unit(parent)?.unit.short;
                    areas.insert(parent, name.clone());
                    Some(name)
                }
            },
        };
        let Found {
            overdue,
            returned,
            soon,
            lagged,
        } = found;
        let listed = |dues: Vec<LaggingDue>| -> LaggingRow {
            lagging_row(&row.unit, area.clone(), row.place, dues)
        };
        if let Some(movement) = &mut lagging.since {
            match (lagged, overdue.is_empty()) {
                (false, false) => movement.joined.push(row.unit.short.clone()),
                (true, true) => movement.left.push(row.unit.short.clone()),
                _ => {}
            }
        }
        if !overdue.is_empty() {
            lagging.units += 1;
            lagging.obligations += overdue.len() as u64;
            let own = listed(overdue);
            if Some(row.no) == supervisor {
                lagging.supervisor = Some(own)
            } else {
                lagging.rows.push(own)
            }
        }
        if !returned.is_empty() {
            lagging.returned.push(listed(returned));
        }
        if !soon.is_empty() {
            lagging.soon.push(listed(soon));
        }
    }
    lagging.sort();
    Ok(lagging)
}
