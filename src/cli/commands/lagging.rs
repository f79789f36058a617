//! `lagging`.

use std::collections::HashMap;

use anyhow::Result;

use crate::cli::arguments::{FilterArgs, OutputArgs, ViewArgs};
use crate::cli::context::Context;
use crate::cli::exit::Exit;
use crate::cli::output::publish;
use crate::model::board::{Cell, View};
use crate::model::day::Day;
use crate::model::standing::Standing;
use crate::model::unit::UnitNo;
use crate::ops::Office;
use crate::report::Frame;
use crate::report::lagging::{Lagging, LaggingDue, LaggingRow, Movement, figures};

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
struct Found<'p> {
    unit: UnitNo,
    parent: Option<UnitNo>,
    class: u32,
    overdue: Box<[LaggingDue<'p>]>,
    returned: Box<[LaggingDue<'p>]>,
    soon: Box<[LaggingDue<'p>]>,
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
    let plan = &office.plan;
    let earlier = earlier.as_ref();
    let parts = office.survey_in_parts(&ruler, earlier, &selection, Vec::new, |found, unit| {
        let listed = |wanted: &dyn Fn(&Cell) -> bool| -> Box<[LaggingDue]> {
            let cells = || unit.cells.iter().filter(|cell| wanted(cell));
            // Counted first: a list that grew would be moved to be cut to size.
            let mut dues = Vec::with_capacity(cells().count());
            dues.extend(cells().map(|cell| LaggingDue::new(plan, cell)));
            dues.into()
        };
        let is = |standing| move |cell: &Cell| cell.standing == standing;
        let overdue = listed(&is(Standing::Overdue));
        let returned = listed(&is(Standing::Returned));
        let soon = args.within.map_or_else(Box::default, |days| {
            let open = |cell: &Cell| matches!(cell.standing, Standing::DueSoon | Standing::Pending);
            listed(&|cell| open(cell) && cell.due.is_some_and(|due| due - view.as_of <= days))
        });
        let lagged = unit.before.iter().any(is(Standing::Overdue));
        if lagged || !overdue.is_empty() || !returned.is_empty() || !soon.is_empty() {
            found.push(Found {
                unit: unit.sheet.unit,
                parent: unit.sheet.parent,
                class: unit.sheet.class,
                overdue,
                returned,
                soon,
                lagged,
            });
        }
    })?;
    let found: Vec<Found> = parts.into_iter().flatten().collect();
    let areas = office.short_names(found.iter().filter_map(|found| found.parent))?;
    let lagging = assemble(context, &office, view, (args.within, since), found, &areas)?;
    publish(context, &args.output, &lagging)?;
    Ok(if args.exit_code && lagging.units > 0 {
        Exit::Lagging
    } else {
        Exit::Done
    })
}

fn assemble<'p>(
    context: &Context,
    office: &'p Office,
    view: View,
    (within, since): (Option<i32>, Option<Day>),
    found: Vec<Found<'p>>,
    areas: &'p HashMap<UnitNo, String>,
) -> Result<Lagging<'p>> {
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
    let numbers: Vec<UnitNo> = found.iter().map(|found| found.unit).collect();
    let mut found = found.into_iter();
    office.each_brief(&numbers, &mut |brief| {
        let Some(Found {
            unit,
            parent,
            class,
            overdue,
            returned,
            soon,
            lagged,
        }) = found.next()
        else {
            return;
        };
        let area = parent.and_then(|parent| areas.get(&parent));
        let listed = |dues: Box<[LaggingDue<'p>]>| {
            let (overdue, days) = figures(&dues);
            LaggingRow {
                code: brief.code.into(),
                name: brief.short.into(),
                kind: office.kind(class),
                area: area.map(String::as_str),
                contact: Some(brief.contact)
                    .filter(|name| !name.is_empty())
                    .map(Into::into),
                overdue,
                days,
                dues,
                place: brief.place,
            }
        };
        if let Some(movement) = &mut lagging.since {
            match (lagged, overdue.is_empty()) {
                (false, false) => movement.joined.push(brief.short.to_string()),
                (true, true) => movement.left.push(brief.short.to_string()),
                _ => {}
            }
        }
        if !overdue.is_empty() {
            lagging.units += 1;
            lagging.obligations += overdue.len() as u64;
            let own = listed(overdue);
            if Some(unit) == supervisor {
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
    })?;
    lagging.sort();
    Ok(lagging)
}
