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
use crate::ops::{Brief, Office, Part};
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

/// What the survey found, in the order of unit numbers: three long pieces of memory for all units instead of several for each.
#[derive(Default)]
struct Found<'p> {
    units: Vec<FoundUnit>,
    /// The obligations of all, those of one unit in a row.
    dues: Vec<LaggingDue<'p>>,
    /// The codes, names and contacts of all, those of one unit in a row.
    text: String,
}

struct FoundUnit {
    no: UnitNo,
    parent: Option<UnitNo>,
    class: u32,
    place: u32,
    /// Where its obligations start, and where those end that are overdue, returned, and due soon.
    dues: [usize; 4],
    /// Where its names start, and where code, short name and contact end.
    text: [usize; 4],
    lagged: bool,
}

impl<'p> Found<'p> {
    /// The obligations of one unit: overdue, returned, due soon.
    fn dues(&self, unit: &FoundUnit) -> [&[LaggingDue<'p>]; 3] {
        let [start, overdue, returned, soon] = unit.dues;
        [start..overdue, overdue..returned, returned..soon].map(|range| &self.dues[range])
    }

    /// What lists say of one unit: its code, its short name, its contact.
    fn text(&self, unit: &FoundUnit) -> [&str; 3] {
        let [start, code, name, contact] = unit.text;
        [start..code, code..name, name..contact].map(|range| &self.text[range])
    }
}

impl Part for Found<'_> {
    fn numbers(&self) -> Vec<UnitNo> {
        self.units.iter().map(|unit| unit.no).collect()
    }

    fn name(&mut self, at: usize, brief: Brief<'_>) {
        let unit = &mut self.units[at];
        unit.place = brief.place;
        let start = self.text.len();
        let [code, name, contact] = [brief.code, brief.short, brief.contact].map(|text| {
            self.text.push_str(text);
            self.text.len()
        });
        unit.text = [start, code, name, contact];
    }
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
    let found = office.survey_named(
        &ruler,
        earlier,
        &selection,
        Found::default,
        |found, unit| {
            let start = found.dues.len();
            // Lists what is wanted, and says where it ends.
            let mut list = |wanted: &dyn Fn(&Cell) -> bool| {
                let cells = unit.cells.iter().filter(|cell| wanted(cell));
                found
                    .dues
                    .extend(cells.map(|cell| LaggingDue::new(plan, cell)));
                found.dues.len()
            };
            let is = |standing| move |cell: &Cell| cell.standing == standing;
            let overdue = list(&is(Standing::Overdue));
            let returned = list(&is(Standing::Returned));
            let soon = list(&|cell| {
                let open = matches!(cell.standing, Standing::DueSoon | Standing::Pending);
                let near = |due: Day| args.within.is_some_and(|days| due - view.as_of <= days);
                open && cell.due.is_some_and(near)
            });
            let lagged = unit.before.iter().any(is(Standing::Overdue));
            if lagged || soon > start {
                found.units.push(FoundUnit {
                    no: unit.sheet.unit,
                    parent: unit.sheet.parent,
                    class: unit.sheet.class,
                    place: 0,
                    dues: [start, overdue, returned, soon],
                    text: [0; 4],
                    lagged,
                });
            }
        },
    )?;
    let parents = found.iter().flat_map(|found| &found.units);
    let areas = office.short_names(parents.filter_map(|unit| unit.parent))?;
    let asked = (args.within, since);
    let lagging = assemble(context, &office, view, asked, &found, &areas)?;
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
    found: &'p [Found<'p>],
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
    // Units of one area mostly follow one another.
    let mut last = (None, None);
    let mut area_of = |parent: Option<UnitNo>| {
        if last.0 != parent {
            let area = parent.and_then(|parent| areas.get(&parent));
            last = (parent, area.map(String::as_str));
        }
        last.1
    };
    lagging
        .rows
        .reserve(found.iter().map(|found| found.units.len()).sum());
    for (found, unit) in found
        .iter()
        .flat_map(|found| found.units.iter().map(move |unit| (found, unit)))
    {
        let [code, name, contact] = found.text(unit);
        let area = area_of(unit.parent);
        let listed = |dues: &'p [LaggingDue<'p>]| {
            let (overdue, days) = figures(dues);
            LaggingRow {
                code,
                name,
                kind: office.kind(unit.class),
                area,
                contact: Some(contact).filter(|name| !name.is_empty()),
                overdue,
                days,
                dues,
                place: unit.place,
            }
        };
        let [overdue, returned, soon] = found.dues(unit);
        if let Some(movement) = &mut lagging.since {
            match (unit.lagged, overdue.is_empty()) {
                (false, false) => movement.joined.push(name.to_string()),
                (true, true) => movement.left.push(name.to_string()),
                _ => {}
            }
        }
        if !overdue.is_empty() {
            lagging.units += 1;
            lagging.obligations += overdue.len() as u64;
            let own = listed(overdue);
            if Some(unit.no) == supervisor {
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
