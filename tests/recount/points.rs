//! Points, and what the notice says of them: rule 11 read a second time.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde_json::Value;

use super::campaign::{Played, plan};
use super::reading::{Cell, Entry, Plan, Reading, Rule, Standing, figures, percent};
use super::{is_closed, list, name, text};

/// What a unit is named for, as the journal and JSON tell it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Naming {
    unit: String,
    on: String,
    task: Option<String>,
    period: Option<NaiveDate>,
    /// The return or commendation behind it.
    of: Option<String>,
    days: i64,
    rule: Option<String>,
    points: i64,
}

/// What notices booked before, as far as it stands.
fn booked<'a>(reading: &Reading<'a>, unit: &str) -> Vec<&'a Entry> {
    let own = |entry: &&Entry| entry.unit.as_deref() == Some(unit);
    reading.live("book").filter(own).collect()
}

/// The objection to a booking, if there is one: the first that fits. Praise was not taken.
fn objection<'a>(reading: &Reading<'a>, line: &Entry) -> Option<&'a Entry> {
    if text(&line.said, "trigger") == "commended" || line.number("points") > 0 {
        return None;
    }
    reading.live("object").find(|entry| {
        let unit_points = entry.said.get("unit_points").is_some();
        entry.unit == line.unit
            && entry.number("notice") == line.number("notice")
            && (entry.task == line.task || entry.task.is_none() && !unit_points)
            && (entry.period().is_none() || entry.period() == line.period())
    })
}

fn is_reversed(reading: &Reading, line: &Entry) -> bool {
    let objection = objection(reading, line);
    objection.is_some_and(|objection| {
        let mut reversals = reading.live("reverse");
        reversals.any(|entry| entry.of.as_ref() == Some(&objection.id))
    })
}

/// What a notice of that number has to name units for. `reading` is of all that is known when it is issued.
fn namings(reading: &Reading, notice: i64) -> Vec<Naming> {
    let plan = reading.plan;
    let cells = reading.cells();
    let mut all = Vec::new();
    for unit in &plan.units {
        if unit.kind != "village" && unit.kind != "office" {
            continue;
        }
        // The supervisor is shown on its own; a closed unit is not named.
        if unit.code == "office" || is_closed(plan, &unit.code, reading.as_of) {
            continue;
        }
        let own: Vec<&Cell> = cells.iter().filter(|cell| cell.unit == unit.code).collect();
        let before = booked(reading, &unit.code);
        for on in ["overdue", "late", "returned", "commended"] {
            let reasons = reasons(reading, &unit.code, on, &own, &before);
            all.extend(book(reading, on, &reasons, &before, notice));
        }
    }
    all
}

/// What a unit may be named for, and whether points for it were booked once and for all.
fn reasons(
    reading: &Reading,
    unit: &str,
    on: &str,
    cells: &[&Cell],
    before: &[&Entry],
) -> Vec<(Naming, bool)> {
    let naming = |task: Option<&String>, period, of: Option<&String>, days| Naming {
        unit: unit.to_string(),
        on: on.to_string(),
        task: task.cloned(),
        period,
        of: of.cloned(),
        days,
        rule: None,
        points: 0,
    };
    let told = |of: &String| before.iter().any(|line| line.of.as_ref() == Some(of));
    if on == "commended" {
        let own = |entry: &&Entry| entry.unit.as_deref() == Some(unit) && !told(&entry.id);
        let praise = reading.live("commend").filter(own);
        return praise
            .map(|entry| {
                let task = entry.task.as_ref();
                let task = task.filter(|task| reading.plan.task(task).is_some());
                (naming(task, None, Some(&entry.id), 0), false)
            })
            .collect();
    }
    let mut reasons = Vec::new();
    for cell in cells {
        let period = reading.told(cell);
        let named = |on: &str| {
            before.iter().any(|line| {
                text(&line.said, "trigger") == on
                    && line.task.as_ref() == Some(&cell.task)
                    && line.period() == period
            })
        };
        let task = Some(&cell.task);
        match on {
            "overdue" if cell.standing == Standing::Overdue => {
                reasons.push((naming(task, period, None, cell.days), false));
            }
            "late" if cell.standing == Standing::Late && !named("late") && !named("overdue") => {
                reasons.push((naming(task, period, None, cell.days), false));
            }
            "returned" => {
                if let Some(back) = cell.returned.as_ref().filter(|back| !told(back)) {
                    reasons.push((naming(task, period, Some(back), 0), named("returned")));
                }
            }
            _ => {}
        }
    }
    reasons.sort_by_key(|(_, spent)| *spent);
    reasons
}

fn book(
    reading: &Reading,
    on: &str,
    reasons: &[(Naming, bool)],
    before: &[&Entry],
    notice: i64,
) -> Vec<Naming> {
    let rules: Vec<&Rule> = reading
        .plan
        .rules
        .iter()
        .filter(|rule| rule.on == on)
        .collect();
    // Where two rules fit, the one that names the task books alone.
    let fits = |rule: &Rule, naming: &Naming| {
        let names = |rule: &Rule| {
            naming
                .task
                .as_ref()
                .is_some_and(|task| rule.tasks.contains(task))
        };
        names(rule) || rule.tasks.is_empty() && !rules.iter().any(|other| names(other))
    };
    let mut made: Vec<Naming> = Vec::new();
    for rule in &rules {
        let of_rule: Vec<&&Entry> = before
            .iter()
            .filter(|line| text(&line.said, "rule") == rule.id)
            .collect();
        let taken: i64 = of_rule
            .iter()
            .filter(|line| !is_reversed(reading, line))
            .map(|line| line.number("points"))
            .sum();
        let mut left = rule.cap.map(|cap| (cap - taken.abs()).max(0));
        let mut add = |naming: &Naming, days: i64, times: i64, again: bool| {
            let factor = rule.again.filter(|_| again).unwrap_or(1000);
            let points = rule.points * factor / 1000 * times;
            let points = left.map_or(points, |left| points.clamp(-left, left));
            left = left.map(|left| left - points.abs());
            made.push(Naming {
                days,
                rule: Some(rule.id.clone()),
                points,
                ..naming.clone()
            });
        };
        let fitting = || {
            let open = reasons
                .iter()
                .filter(|(naming, spent)| !spent && fits(rule, naming));
            open.map(|(naming, _)| naming)
        };
        let about = |naming: &Naming, line: &Entry| {
            line.task == naming.task && line.period() == naming.period
        };
        if rule.per == "unit" {
            if let Some(first) = fitting().next() {
                let unit = Naming {
                    task: None,
                    period: None,
                    of: None,
                    ..first.clone()
                };
                let again = of_rule.iter().any(|line| {
                    about(&unit, line)
                        && line.number("notice") == (notice - 1) * 1000
                        && !is_reversed(reading, line)
                });
                add(&unit, 0, 1, again);
            }
            continue;
        }
        for naming in fitting() {
            let lines = || of_rule.iter().filter(|line| about(naming, line));
            if rule.per == "day" {
                let so_far: i64 = lines().map(|line| line.number("days") / 1000).sum();
                let days = naming.days - so_far;
                if days > 0 {
                    add(naming, days, days, false);
                }
                continue;
            }
            let again = lines().any(|line| {
                line.number("notice") == (notice - 1) * 1000 && !is_reversed(reading, line)
            });
            add(naming, naming.days, 1, again);
        }
    }
    // What no rule takes points for is named all the same; late work only where a rule is about it.
    for (naming, _) in reasons {
        let same = |other: &Naming| {
            (&other.task, other.period, &other.of) == (&naming.task, naming.period, &naming.of)
        };
        let ruled = rules.iter().any(|rule| fits(rule, naming));
        if !made.iter().any(same) && (on != "late" || ruled) {
            made.push(naming.clone());
        }
    }
    made
}

/// What each notice booked, against what it had to.
pub(super) fn check_bookings(played: &Played, entries: &[Entry]) {
    let issued = entries
        .iter()
        .enumerate()
        .filter(|(_, entry)| entry.kind == "notice");
    let issued = issued.filter(|(_, entry)| entry.command == "notice");
    for ((at, notice), bits) in issued.zip(&played.notices) {
        let plan = Plan::read(&plan(*bits));
        let reading = Reading::new(&plan, &entries[..at], notice.on);
        let number = notice.number("number") / 1000;
        let mut wanted = namings(&reading, number);
        let of_batch = entries
            .iter()
            .filter(|entry| entry.batch == notice.batch && entry.kind == "book");
        let mut said: Vec<Naming> = of_batch
            .map(|line| Naming {
                unit: line.unit.clone().unwrap(),
                on: text(&line.said, "trigger").into(),
                task: line.task.clone(),
                period: line.period(),
                of: line.of.clone(),
                days: line.number("days") / 1000,
                rule: line
                    .said
                    .get("rule")
                    .map(|rule| rule.as_str().unwrap().into()),
                points: line.number("points"),
            })
            .collect();
        wanted.sort();
        said.sort();
        assert_eq!(said, wanted, "notice {number} of {}", notice.on);
    }
}

fn thousandths(value: &Value) -> i64 {
    (value.as_f64().unwrap() * 1000.0).round() as i64
}

/// Rule 11: base, deducted, added, given back; the rank among all who are assessed.
pub(super) fn check_score(played: &Played, plan: &Plan, entries: &[Entry]) {
    let reading = Reading::new(plan, entries, played.day);
    let mut scores: Vec<(String, [i64; 5])> = Vec::new();
    for unit in &plan.units {
        let lines = booked(&reading, &unit.code);
        if unit.kind != "village" && lines.is_empty() {
            continue;
        }
        let points = || lines.iter().map(|line| line.number("points"));
        let deducted: i64 = points().filter(|points| *points < 0).sum();
        let added: i64 = points().filter(|points| *points > 0).sum();
        let back = lines.iter().filter(|line| is_reversed(&reading, line));
        let back: i64 = back.map(|line| -line.number("points")).sum();
        let sum = 100_000 + deducted + added + back;
        scores.push((
            unit.code.clone(),
            [deducted, added, back, sum, sum.max(90_000)],
        ));
    }
    for options in ["", " --kind village", " --area t2", " --unit v1"] {
        let line = format!("score{options}");
        let told = played.project.json(&line);
        let assessed = scores
            .iter()
            .filter(|(unit, _)| plan.unit(unit).kind == "village");
        let assessed: Vec<_> = assessed.collect();
        assert_eq!(told["assessed"], assessed.len(), "{line}");
        let rows = list(&told, "rows");
        assert!(!rows.is_empty());
        for row in rows {
            let (unit, wanted) = scores
                .iter()
                .find(|(unit, _)| unit == text(row, "code"))
                .unwrap();
            let said = ["deducted", "added", "given_back", "sum", "score"]
                .map(|key| thousandths(&row[key]));
            assert_eq!(said, *wanted, "{line}: {row}");
            if plan.unit(unit).kind == "village" {
                let better = assessed
                    .iter()
                    .filter(|(_, other)| other[4] > wanted[4])
                    .count();
                assert_eq!(row["rank"], better + 1, "{line}: {row}");
            }
        }
    }
}

/// The rows of a table of Markdown, without its head.
fn table(section: &str) -> Vec<Vec<&str>> {
    let lines = section.lines().filter(|line| line.starts_with('|')).skip(2);
    lines
        .map(|line| {
            let cells = line.trim_matches('|').split('|');
            cells.map(str::trim).collect()
        })
        .collect()
}

fn plural(n: usize, one: &str, other: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { other })
}

/// What the next notice would say: each number of its sentences, and the tables below them.
pub(super) fn check_notice(played: &Played, plan: &Plan, entries: &[Entry]) {
    let project = &played.project;
    let output = project.run("notice --format markdown");
    if output.code == 2 {
        // One was issued today: there is none before tomorrow.
        return;
    }
    let said = output.stdout.replace("\\", "");
    let reading = Reading::new(plan, entries, played.day);
    let cells = reading.cells();
    let all: Vec<&Cell> = cells.iter().collect();
    let last = reading
        .live("notice")
        .map(|entry| entry.number("number") / 1000)
        .max();
    let namings = namings(&reading, last.unwrap_or_default() + 1);
    let sections: Vec<&str> = said.split("\n## ").collect();
    let section = |name: &str| {
        let found = sections
            .iter()
            .find(|section| section.lines().next().unwrap().contains(name));
        found.copied().unwrap_or_default()
    };
    let count = figures(&all, played.day);
    let open = |cell: &&&Cell| !is_closed(plan, &cell.unit, played.day);
    let lags = all
        .iter()
        .filter(open)
        .filter(|cell| cell.standing == Standing::Overdue);
    let mut units: Vec<&String> = lags.map(|cell| &cell.unit).collect();
    units.dedup();
    let wanted = format!(
        "{} of {} due items were completed ({}), {} of them on time ({}). {} overdue in {}",
        count["completed"],
        count["expected"],
        percent(count["completed"], count["expected"]),
        count["on_time"],
        percent(count["on_time"], count["expected"]),
        plural(count["overdue"] as usize, "item is", "items are"),
        plural(units.len(), "unit", "units"),
    );
    assert!(said.contains(&wanted), "{wanted}\n{said}");

    let of = |on: &str| {
        let mut units: BTreeMap<String, Vec<&Naming>> = BTreeMap::new();
        for naming in namings
            .iter()
            .filter(|naming| naming.on == on && naming.task.is_some())
        {
            let known = units.entry(name(plan, &naming.unit)).or_default();
            let about =
                |other: &&Naming| (&other.task, other.period) == (&naming.task, naming.period);
            if !known.iter().any(about) {
                known.push(naming);
            }
        }
        units
    };
    // Each table names its units once, and has a row for each item that its sentence counts.
    for (on, title, sentence) in [
        ("overdue", "Units behind schedule", "behind schedule, with "),
        ("late", "Work completed late", "completed "),
        ("returned", "Work returned", "reviewed and returned"),
    ] {
        let section = section(title);
        let wanted = of(on);
        let items: usize = wanted.values().map(Vec::len).sum();
        let rows = table(section);
        assert_eq!(rows.len(), items, "{on}\n{section}\n{wanted:?}");
        if items == 0 {
            continue;
        }
        let column = usize::from(on == "overdue");
        let named: Vec<&str> = rows
            .iter()
            .map(|row| row[column])
            .filter(|name| !name.is_empty())
            .collect();
        assert_eq!(named.len(), wanted.len(), "{on}\n{section}\n{wanted:?}");
        let mut unit = "";
        let mut told: BTreeMap<&str, usize> = BTreeMap::new();
        for row in &rows {
            unit = if row[column].is_empty() {
                unit
            } else {
                row[column]
            };
            *told.entry(unit).or_default() += 1;
        }
        for (name, items) in &wanted {
            assert_eq!(told[name.as_str()], items.len(), "{on} {name}\n{section}");
        }
        let units = match wanted.len() {
            1 => "The following unit".to_string(),
            n => format!("The following {n} units"),
        };
        let units = units.replace(
            "The following",
            if on == "returned" {
                "the following"
            } else {
                "The following"
            },
        );
        assert!(section.contains(&units), "{units}\n{section}");
        let items = match on {
            "overdue" => format!(
                "{sentence}{}",
                plural(items, "overdue item", "overdue items")
            ),
            "late" => format!("{sentence}{} late", plural(items, "item", "items")),
            _ => sentence.to_string(),
        };
        assert!(section.contains(&items), "{items}\n{section}");
    }
    check_points(plan, &namings, section("Points"));
    check_before(&reading, last, section("Follow-up"));
}

fn amount(points: i64) -> String {
    let text = format!("{}.{:03}", points / 1000, points % 1000);
    text.trim_end_matches('0').trim_end_matches('.').to_string()
}

fn check_points(plan: &Plan, namings: &[Naming], section: &str) {
    let mut sums: BTreeMap<String, i64> = BTreeMap::new();
    for naming in namings.iter().filter(|naming| naming.rule.is_some()) {
        *sums.entry(name(plan, &naming.unit)).or_default() += naming.points;
    }
    let rows = table(section);
    assert_eq!(rows.len(), sums.len(), "{section}\n{sums:?}");
    for row in &rows {
        let told: f64 = row[1].parse().unwrap();
        assert_eq!((told * 1000.0).round() as i64, sums[row[0]], "{section}");
    }
    if sums.is_empty() {
        return;
    }
    // A unit that is both punished and praised is counted with both: its row tells them apart.
    let gross = |keep: fn(i64) -> bool| {
        let mut units: BTreeMap<&str, i64> = BTreeMap::new();
        for naming in namings.iter().filter(|naming| keep(naming.points)) {
            *units.entry(&naming.unit).or_default() += naming.points;
        }
        units.into_values().collect::<Vec<i64>>()
    };
    let (taken, given) = (gross(|points| points < 0), gross(|points| points > 0));
    let off = amount(-taken.iter().sum::<i64>());
    let up = amount(given.iter().sum());
    for (units, points, word) in [
        (taken.len(), off, "deducted from"),
        (given.len(), up, "awarded to"),
    ] {
        let said = format!("{word} {units}");
        assert_eq!(section.contains(word), units > 0, "{said}\n{section}");
        if units > 0 {
            assert!(
                section.contains(&said) && section.contains(&format!(" {points} ")),
                "{points} {said}\n{section}"
            );
        }
    }
}

/// What became of what the notice before named.
fn check_before(reading: &Reading, last: Option<i64>, section: &str) {
    let Some(number) = last else {
        assert_eq!(section, "");
        return;
    };
    let lines = reading.live("book").filter(|line| {
        line.number("notice") == number * 1000
            && line.task.is_some()
            && ["overdue", "returned"].contains(&text(&line.said, "trigger"))
    });
    let mut items: Vec<(&String, &String, Option<NaiveDate>)> = Vec::new();
    let mut units: Vec<&String> = Vec::new();
    for line in lines {
        let unit = line.unit.as_ref().unwrap();
        if is_closed(reading.plan, unit, reading.as_of) || unit == "office" {
            continue;
        }
        let item = (unit, line.task.as_ref().unwrap(), line.period());
        if !items.contains(&item) {
            items.push(item);
        }
        if !units.contains(&unit) {
            units.push(unit);
        }
    }
    let rows = table(section);
    assert_eq!(rows.len(), items.len(), "{section}\n{items:?}");
    if items.is_empty() {
        return;
    }
    let said = format!(
        "named {} for {}",
        plural(units.len(), "unit", "units"),
        plural(items.len(), "item", "items")
    );
    assert!(section.contains(&said), "{said}\n{section}");
    // Each number of the sentence is the number of rows that say so.
    let told = |words: &[&str]| {
        rows.iter()
            .filter(|row| words.iter().any(|word| row[3].contains(word)))
            .count()
    };
    let right = told(&["completed on"]);
    let reversed = told(&["withdrawn"]);
    let spared = told(&["excused", "no longer owed", "not due yet"]);
    let open = rows.len() - right - reversed - spared;
    let mut said = format!("{} resolved, ", plural(right, "item was", "items were"));
    if reversed > 0 {
        said += &format!("{reversed} withdrawn as named in error, ");
    }
    if spared > 0 {
        said += &format!("{spared} excused, no longer owed or not due yet, ");
    }
    said += &format!(
        "and {open} {} open",
        if open == 1 { "remains" } else { "remain" }
    );
    assert!(section.contains(&said), "{said}\n{section}");
}
