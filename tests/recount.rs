//! An independent recount. Campaigns by chance are typed in, and every figure that comes out is counted again from the journal and the
//! plan alone (`recount/reading.rs`): figures and rates in every grouping and scope, lists, changes since a day, points, and what a
//! notice and an amendment say.

mod campaign;
mod points;
mod reading;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};
use proptest::prelude::*;
use serde_json::Value;

use self::campaign::{AMENDED, Look, NEW_UNIT, Played, fork, plan, play, play_apart, script};
use self::reading::{
    Cell, Entry, Plan, Reading, Standing, WHOLE, figures, journal, percent, rounded,
};
use crate::support::Project;

/// Which part of the whole is asked about: the options, and whether a cell is of it.
type Scope<'p> = (String, Box<dyn Fn(&Cell) -> bool + 'p>);

const SCOPES: usize = 9;

fn scope(plan: &Plan, which: usize) -> Scope<'_> {
    let unit = |cell: &Cell| plan.unit(&cell.unit).clone();
    let options = [
        "",
        "--kind village",
        "--area t1",
        "--area South",
        "--phase early",
        "--task poll",
        "--task week,report --kind village",
        "--unit v1,v4",
        "--label far --phase Whole",
    ];
    let fits = move |cell: &Cell| match which {
        0 => true,
        1 => unit(cell).kind == "village",
        2 => unit(cell).parent.as_deref() == Some("t1"),
        3 => unit(cell).parent.as_deref() == Some("t2"),
        4 => cell.phase == "early",
        5 => cell.task == "poll",
        6 => ["week", "report"].contains(&&*cell.task) && unit(cell).kind == "village",
        7 => ["v1", "v4"].contains(&&*cell.unit),
        _ => ["v2", "v3"].contains(&&*cell.unit) && cell.phase == "whole",
    };
    (options[which].to_string(), Box::new(fits))
}

fn list<'v>(value: &'v Value, key: &str) -> &'v Vec<Value> {
    value[key].as_array().unwrap()
}

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key].as_str().unwrap_or_default()
}

fn name(plan: &Plan, unit: &str) -> String {
    plan.unit(unit).name.clone()
}

fn is_closed(plan: &Plan, unit: &str, as_of: NaiveDate) -> bool {
    plan.unit(unit).until.is_some_and(|until| until < as_of)
}

/// What a row of `status` says, against the cells that it is about.
fn check_figures(row: &Value, cells: &[&Cell], as_of: NaiveDate, what: &str) {
    let wanted = figures(cells, as_of);
    for (key, count) in &wanted {
        assert_eq!(row[*key].as_i64(), Some(*count), "{what} {key}: {row}");
    }
    for (key, part, whole) in [
        ("completion_rate", "completed", "expected"),
        ("on_time_rate", "on_time", "expected"),
        ("progress", "completed", "owed"),
    ] {
        let rate = rounded(wanted[part], wanted[whole], 10_000);
        let told = row[key]
            .as_f64()
            .map(|rate| (rate * 10_000.0).round() as i64);
        assert_eq!(told, rate, "{what} {key}: {row}");
    }
}

fn check_status(project: &Project, reading: &Reading, cells: &[Cell], scope: &Scope) {
    let (options, fits) = scope;
    let plan = reading.plan;
    let cells: Vec<&Cell> = cells.iter().filter(|cell| fits(cell)).collect();
    let as_of = reading.as_of;
    let of_unit = |cell: &Cell| plan.unit(&cell.unit).clone();
    type Group<'g> = (&'g str, &'g dyn Fn(&Cell) -> String);
    let groups: [Group; 6] = [
        ("task", &|cell| cell.task.clone()),
        ("activity", &|cell| cell.task.clone()),
        ("phase", &|cell| cell.phase.clone()),
        ("kind", &|cell| of_unit(cell).kind),
        ("area", &|cell| of_unit(cell).parent.unwrap_or_default()),
        ("unit", &|cell| cell.unit.clone()),
    ];
    for (by, group) in groups {
        let line = format!("status --by {by} --as-of {as_of} {options}");
        let told = project.json(line.trim_end());
        check_figures(&told["total"], &cells, as_of, &line);
        let mut all: BTreeMap<String, Vec<&Cell>> = BTreeMap::new();
        for cell in &cells {
            all.entry(group(cell)).or_default().push(cell);
        }
        for row in list(&told, "rows") {
            let own = all.remove(text(row, "code")).unwrap_or_default();
            check_figures(row, &own, as_of, &format!("{line}: {}", text(row, "code")));
        }
        assert!(all.is_empty(), "{line}: no rows of {:?}", all.keys());
        let lag = |cell: &&&Cell| {
            cell.standing == Standing::Overdue && !is_closed(plan, &cell.unit, as_of)
        };
        let lagging: BTreeSet<&String> = cells.iter().filter(lag).map(|cell| &cell.unit).collect();
        assert_eq!(told["lagging"], lagging.len(), "{line}");
    }
    let line = format!("status --as-of {as_of} {options}");
    let said = project.ok(line.trim_end()).stdout;
    let count = figures(&cells, as_of);
    if count["expected"] > 0 {
        let (done, all) = (count["completed"], count["expected"]);
        let early = match count["early"] {
            0 => String::new(),
            early => format!(" ({early} reported early)"),
        };
        let rate = percent(done, all);
        let wanted = format!("{done} of {all} due items{early} completed ({rate}");
        assert!(said.contains(&wanted), "{wanted}\n{said}");
        let wanted = format!(
            "{} on time ({}",
            count["on_time"],
            percent(count["on_time"], all)
        );
        assert!(said.contains(&wanted), "{wanted}\n{said}");
    }
    check_amounts(project, reading, &cells, options);
}

/// Rule 6: amounts stand beside counts only where there is one due, capped unit by unit.
fn check_amounts(project: &Project, reading: &Reading, cells: &[&Cell], options: &str) {
    let line = format!("status --by due --as-of {} {options}", reading.as_of);
    let told = project.json(line.trim_end());
    let mut left: Vec<&Cell> = cells.to_vec();
    for row in list(&told, "rows") {
        let due = text(row, "due").parse::<NaiveDate>().ok();
        let code = text(row, "code").split([' ', '/', '@']).next().unwrap();
        let own: Vec<&Cell> = left
            .iter()
            .filter(|cell| {
                cell.task == code && (cell.due == due || cell.key == due || due.is_none())
            })
            .copied()
            .collect();
        if own.len() as i64 != row["applicable"].as_i64().unwrap() {
            // An extension or a late `apply` gives one unit another day: rows go by the day of the plan.
            continue;
        }
        check_figures(row, &own, reading.as_of, &line);
        left.retain(|cell| !own.iter().any(|one| std::ptr::eq(*one, *cell)));
        let owed = own.iter().filter(|cell| {
            !matches!(cell.standing, Standing::Excused | Standing::Waiting) && cell.need.is_some()
        });
        let capped: i64 = owed
            .clone()
            .map(|cell| cell.count.min(cell.need.unwrap()))
            .sum();
        if let Some(told) = row["capped"].as_f64() {
            assert_eq!((told * 1000.0).round() as i64, capped, "{line}: {row}");
        }
    }
}

fn check_lagging(project: &Project, reading: &Reading, cells: &[Cell], scope: &Scope) {
    let (options, fits) = scope;
    let (plan, as_of) = (reading.plan, reading.as_of);
    let line = format!("lagging --as-of {as_of} --within 6 {options}");
    let told = project.json(line.trim_end());
    let of = |keep: &dyn Fn(&Cell) -> bool| {
        let mut units: BTreeMap<&str, Vec<&Cell>> = BTreeMap::new();
        for cell in cells.iter().filter(|cell| fits(cell) && keep(cell)) {
            units.entry(&cell.unit).or_default().push(cell);
        }
        units
    };
    let open = |cell: &Cell| !is_closed(plan, &cell.unit, as_of);
    let mut overdue = of(&|cell| cell.standing == Standing::Overdue && open(cell));
    let items: usize = overdue.values().map(Vec::len).sum();
    assert_eq!(told["units"], overdue.len(), "{line}");
    assert_eq!(told["obligations"], items, "{line}");
    let own = [told["supervisor"].clone()];
    let rows = list(&told, "rows");
    let keys: Vec<(i64, i64)> = rows
        .iter()
        .map(|row| {
            (
                -row["days"].as_i64().unwrap(),
                -row["overdue"].as_i64().unwrap(),
            )
        })
        .collect();
    assert!(keys.is_sorted(), "{line}: the longest first\n{told}");
    for row in rows.iter().chain(own.iter().filter(|own| !own.is_null())) {
        let cells = overdue.remove(text(row, "code")).unwrap_or_default();
        assert_eq!(row["overdue"], cells.len(), "{line}\n{row}");
        let days = cells.iter().map(|cell| cell.days).max();
        assert_eq!(row["days"].as_i64(), days, "{line}\n{row}");
        check_dues(list(row, "dues"), &cells, &line);
    }
    assert!(overdue.is_empty(), "{line}: {overdue:?}\n{told}");
    let mut returned = of(&|cell| cell.standing == Standing::Returned && open(cell));
    // What is past its day within the days of grace can still be done, and is told with what falls due.
    let mut soon = of(&|cell| {
        let still = matches!(cell.standing, Standing::DueSoon | Standing::Pending);
        open(cell) && still && cell.due <= Some(as_of + Days::new(6))
    });
    for (key, wanted) in [("returned", &mut returned), ("soon", &mut soon)] {
        for row in list(&told, key) {
            let cells = wanted.remove(text(row, "code")).unwrap_or_default();
            check_dues(list(row, "dues"), &cells, &format!("{line} {key}"));
        }
        assert!(wanted.is_empty(), "{line} {key}: {wanted:?}\n{told}");
    }
}

/// The items of a list of dues, in whatever order.
fn check_dues(dues: &[Value], cells: &[&Cell], what: &str) {
    let number = |value: &Value| {
        value
            .as_f64()
            .map(|number| (number * 1000.0).round() as i64)
    };
    let mut told: Vec<_> = dues
        .iter()
        .map(|due| {
            (
                text(due, "task").to_string(),
                text(due, "due").parse::<NaiveDate>().ok(),
                due["days"].as_i64().unwrap(),
                number(&due["count"]).unwrap_or_default(),
                number(&due["target"]),
                text(due, "returned").parse::<NaiveDate>().ok(),
                due["reminders"].as_u64().unwrap() as usize,
            )
        })
        .collect();
    let mut wanted: Vec<_> = cells
        .iter()
        .map(|cell| {
            (
                cell.task.clone(),
                cell.due,
                cell.days,
                cell.count,
                cell.need,
                cell.rectify,
                cell.reminders,
            )
        })
        .collect();
    told.sort();
    wanted.sort();
    assert_eq!(told, wanted, "{what}");
}

fn check_units(project: &Project, reading: &Reading, cells: &[Cell], known: &str) {
    let (plan, as_of) = (reading.plan, reading.as_of);
    let board = project.json(&format!("board --all --as-of {as_of}{known}"));
    for row in list(&board, "rows") {
        let own: Vec<&Cell> = cells
            .iter()
            .filter(|cell| cell.unit == text(row, "code"))
            .collect();
        let wanted = figures(&own, as_of);
        for key in ["expected", "completed", "overdue", "returned"] {
            assert_eq!(row[key].as_i64(), Some(wanted[key]), "board {key}: {row}");
        }
        for (task, standing) in row["cells"].as_object().unwrap() {
            let of_task = own.iter().filter(|cell| cell.task == *task);
            let standings: BTreeSet<&str> = of_task.map(|cell| cell.standing.key()).collect();
            assert!(
                standings.contains(standing.as_str().unwrap()),
                "{task} {standings:?}: {row}"
            );
        }
    }
    for unit in &plan.units {
        let own: Vec<&Cell> = cells.iter().filter(|cell| cell.unit == unit.code).collect();
        if own.is_empty() {
            continue;
        }
        let line = format!("show {} --as-of {as_of}{known}", unit.code);
        let told = project.json(&line);
        check_figures(&told["figures"], &own, as_of, &line);
        let row = |code: &str, key: &str, standing: &str, days: i64, done: &str| {
            format!("{code} {key} {standing} {days} {done}")
        };
        let date = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
        let mut wanted: Vec<String> = own
            .iter()
            .map(|cell| {
                let due = date(cell.due);
                row(
                    &cell.task,
                    &due,
                    cell.standing.key(),
                    cell.days,
                    &date(cell.fulfilled),
                )
            })
            .collect();
        let mut said: Vec<String> = list(&told, "rows")
            .iter()
            .map(|cell| {
                let days = cell["days"].as_i64().unwrap();
                let [code, due, standing, done] =
                    ["code", "due", "standing", "fulfilled"].map(|key| text(cell, key));
                row(code, due, standing, days, done)
            })
            .collect();
        wanted.sort();
        said.sort();
        assert_eq!(said, wanted, "{line}");
    }
}

/// Rule 8: the end of one day against the end of another, obligation by obligation.
fn check_since(
    project: &Project,
    reading: &Reading,
    cells: &[Cell],
    scope: &Scope,
    since: NaiveDate,
) {
    let (options, fits) = scope;
    let plan = reading.plan;
    let before = Reading::new(plan, reading.entries, since).cells();
    let line = format!("status --since {since} --as-of {} {options}", reading.as_of);
    let told = project.json(line.trim_end());
    let done = |cell: &Cell| matches!(cell.standing, Standing::Done | Standing::Late);
    let mut wanted: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for cell in cells.iter().filter(|cell| fits(cell)) {
        let same = |other: &&Cell| {
            (&other.unit, &other.task, reading.told(other))
                == (&cell.unit, &cell.task, reading.told(cell))
        };
        let then = before.iter().find(same).map(|cell| cell.standing);
        let was_done = then.is_some_and(|then| matches!(then, Standing::Done | Standing::Late));
        let turn = match cell.standing {
            _ if done(cell) && was_done => continue,
            _ if done(cell) && then == Some(Standing::Overdue) => "caught_up",
            _ if done(cell) => "newly_done",
            Standing::Overdue if then != Some(Standing::Overdue) => "newly_overdue",
            Standing::Returned if then != Some(Standing::Returned) => "returned",
            _ => continue,
        };
        let day = cell.due.map(|day| day.to_string()).unwrap_or_default();
        wanted
            .entry(turn)
            .or_default()
            .push(format!("{} {} {day}", cell.unit, cell.task));
    }
    for turn in ["newly_done", "caught_up", "newly_overdue", "returned"] {
        let mut said: Vec<String> = list(&told["since"], turn)
            .iter()
            .map(|one| {
                format!(
                    "{} {} {}",
                    text(one, "unit"),
                    text(one, "task"),
                    text(one, "due")
                )
            })
            .collect();
        let mut wanted = wanted.remove(turn).unwrap_or_default();
        said.sort();
        wanted.sort();
        assert_eq!(said, wanted, "{line}: {turn}");
    }
    let line = format!(
        "lagging --since {since} --as-of {} {options}",
        reading.as_of
    );
    let told = project.json(line.trim_end());
    let lag = |cells: &[Cell], on: NaiveDate| -> BTreeSet<String> {
        let lag = cells.iter().filter(|cell| {
            let open = !is_closed(plan, &cell.unit, on);
            fits(cell) && cell.standing == Standing::Overdue && open
        });
        lag.map(|cell| name(plan, &cell.unit)).collect()
    };
    let (then, now) = (lag(&before, since), lag(cells, reading.as_of));
    for (key, wanted) in [("joined", &now - &then), ("left", &then - &now)] {
        let said = list(&told["since"], key).iter();
        let said: BTreeSet<String> = said.map(|name| name.as_str().unwrap().into()).collect();
        assert_eq!(said, wanted, "{line}: {key}");
    }
}

/// The names that `apply` lists behind those words, and how many it says there are; it shows twenty at most.
fn listed(told: &str, words: &str) -> Vec<String> {
    let line = told.lines().find_map(|line| line.strip_prefix(words));
    let names = line.map(|line| line.rsplit_once(": ").map_or(line, |(_, names)| names));
    let names = names.into_iter().flat_map(|names| names.split(", "));
    names.map(|name| name.trim().to_string()).collect()
}

/// What stands where, by unit, task and which of its dues.
fn stood(reading: &Reading) -> BTreeMap<(String, String, Option<NaiveDate>), Standing> {
    let cells = reading.cells().into_iter();
    cells
        .map(|cell| {
            let key = reading.told(&cell);
            ((cell.unit, cell.task, key), cell.standing)
        })
        .collect()
}

fn lagging(reading: &Reading) -> BTreeSet<String> {
    let cells = reading.cells().into_iter();
    let lag = cells.filter(|cell| {
        let open = !is_closed(reading.plan, &cell.unit, reading.as_of);
        cell.standing == Standing::Overdue && open
    });
    lag.map(|cell| name(reading.plan, &cell.unit)).collect()
}

/// What an amendment would change: obligations, units, who lags, and which work would be done.
fn check_apply(project: &Project, played: &Played, entries: &[Entry]) {
    let now = Plan::read(&plan(played.bits));
    let pairs = AMENDED.iter().zip(AMENDED.iter().skip(1));
    let flips = AMENDED
        .iter()
        .map(|bit| 1 << bit)
        .chain(pairs.map(|(one, other)| 1 << one | 1 << other));
    for flip in flips {
        let text = plan(played.bits ^ flip);
        project.write("duban.toml", &text);
        let output = project.run("apply --dry-run");
        if output.code == 2 {
            // The unit has entries, and cannot leave the roster.
            assert!(flip >> NEW_UNIT & 1 == 1, "{flip:b}\n{output}");
            continue;
        }
        check_amendment(
            &output.stdout,
            flip,
            &now,
            &Plan::read(&text),
            (entries, played.day),
        );
    }
    project.write("duban.toml", plan(played.bits));
}

fn check_amendment(
    told: &str,
    flip: u16,
    now: &Plan,
    then: &Plan,
    (entries, today): (&[Entry], NaiveDate),
) {
    let owed = |plan: &Plan| BTreeSet::from_iter(reading::obligations(plan));
    let (before, after) = (owed(now), owed(then));
    let (gained, lost) = ((&after - &before).len(), (&before - &after).len());
    let said = format!("obligations: {gained} added, {lost} removed");
    assert_eq!(
        told.contains(&said),
        gained + lost > 0,
        "{flip:b}: {said}\n{told}"
    );
    assert_eq!(
        told.contains("obligations:"),
        gained + lost > 0,
        "{flip:b}\n{told}"
    );
    let codes = |plan: &Plan| -> BTreeSet<String> {
        let open = plan.units.iter().filter(|unit| unit.until.is_none());
        open.map(|unit| unit.name.clone()).collect()
    };
    let there = |plan: &Plan| -> BTreeSet<String> {
        plan.units.iter().map(|unit| unit.name.clone()).collect()
    };
    let mut amended = entries.to_vec();
    amended.extend(reading::gains(now, then, today));
    let before = Reading::new(now, entries, today);
    let after = Reading::new(then, &amended, today);
    let (lagged, lags) = (lagging(&before), lagging(&after));
    for (words, wanted) in [
        ("units added", &there(then) - &there(now)),
        ("units ended", &codes(now) - &codes(then)),
        ("will join the units behind", &lags - &lagged),
        ("will leave the units behind", &lagged - &lags),
    ] {
        let said: BTreeSet<String> = listed(told, words).into_iter().collect();
        assert_eq!(said, wanted, "{flip:b} {words}\n{told}");
    }
    let (stood, stands) = (stood(&before), stood(&after));
    let done = |standing: &Standing| matches!(standing, Standing::Done | Standing::Late);
    let turned = |to_done: bool| -> Vec<String> {
        let turned = stood.iter().filter(|(key, standing)| {
            let now = stands.get(key);
            done(standing) != to_done && now.is_some_and(|now| done(now) == to_done)
        });
        let mut turned: Vec<String> = turned
            .map(|((unit, task, _), _)| format!("{} {task}", name(then, unit)))
            .collect();
        turned.sort();
        turned
    };
    for (words, wanted) in [
        ("now completed", turned(true)),
        ("no longer completed", turned(false)),
    ] {
        let mut said = listed(told, words);
        let count = format!("{words}, {} item", wanted.len());
        assert_eq!(
            told.contains(&count),
            !wanted.is_empty(),
            "{flip:b} {count}\n{told}"
        );
        if wanted.len() <= 20 {
            said.sort();
            assert_eq!(said, wanted, "{flip:b} {words}\n{told}");
        }
    }
}

/// Everything that is looked at of a campaign, under a plan.
fn check_looks(
    project: &Project,
    plan: &Plan,
    entries: &[Entry],
    today: NaiveDate,
    looks: &[Look],
) {
    for (which, other, back, known) in looks {
        let as_of = today - Days::new(back.unsigned_abs());
        let known = known.map(|known| today - Days::new(known.unsigned_abs()));
        let entries = match known {
            None => entries.to_vec(),
            Some(known) => reading::known_by(entries, known),
        };
        let known = known.map_or(String::new(), |known| format!(" --known-by {known}"));
        let reading = Reading::new(plan, &entries, as_of);
        let cells = reading.cells();
        for which in [*which, *other] {
            let (options, fits) = scope(plan, which % SCOPES);
            let scope = (options + &known, fits);
            check_status(project, &reading, &cells, &scope);
            check_lagging(project, &reading, &cells, &scope);
            let since = as_of - Days::new(3 + back.unsigned_abs() / 2);
            if since >= NaiveDate::from_ymd_opt(2020, 6, 1).unwrap() {
                check_since(project, &reading, &cells, &scope, since);
            }
        }
        check_units(project, &reading, &cells, &known);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn every_figure_recounts_from_the_journal(script in script()) {
        let played = play(&script);
        let project = &played.project;
        let plan = Plan::read(&plan(played.bits));
        let entries = journal(&project.ok("export").stdout);
        check_looks(project, &plan, &entries, played.day, &script.looks);
        points::check_bookings(&played, &entries);
        points::check_score(&played, &plan, &entries);
        points::check_notice(&played, &plan, &entries);
        check_apply(project, &played, &entries);
        prop_assert!(WHOLE > 0);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, ..ProptestConfig::default() })]

    #[test]
    fn two_stores_that_merge_answer_alike_and_as_it_recounts(fork in fork()) {
        let (here, there) = play_apart(&fork);
        // Late enough for every day that is asked about below.
        let day = here.day.max(there.day).max(NaiveDate::from_ymd_opt(2020, 6, 15).unwrap());
        let mut stores = [here, there];
        let exports: Vec<String> = stores.iter().map(|one| one.project.ok("export").stdout).collect();
        for (store, other) in stores.iter_mut().zip(exports.iter().rev()) {
            store.day = day;
            store.project.on(&day.to_string());
            store.project.write("other.jsonl", other);
            store.project.ok("import other.jsonl");
        }
        let [here, there] = &stores;
        let answers = |played: &Played| {
            let lines = ["status", "status --as-of 2020-06-12", "status --by unit --since 2020-06-10", "lagging", "board --all", "score", "audit", "todo", "show v1", "show v2", "explain v1 banner", "explain v2 total"];
            lines.map(|line| played.project.ok(&format!("{line} --format json")).stdout)
        };
        for (one, other) in answers(here).iter().zip(answers(there)) {
            let lacks = |text: &str, other: &str| {
                let lines = text.lines().filter(|line| !other.contains(line.trim_end_matches(',')));
                lines.map(ToString::to_string).collect::<Vec<String>>()
            };
            prop_assert!(*one == other, "{:?} {:?}\n{}", lacks(one, &other), lacks(&other, one), one);
        }
        let plan = Plan::read(&plan(here.bits));
        let entries = journal(&here.project.ok("export").stdout);
        check_looks(&there.project, &plan, &entries, day, &fork.start.looks);
        points::check_score(there, &plan, &entries);
    }
}
