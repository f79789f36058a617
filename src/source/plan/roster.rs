//! Where a plan's units are: the name of a roster file, or `[[unit]]` tables.

use super::RosterSource;
use super::finding::{Finding, KeyPath};
use super::raw;
use super::scalar::UnitTable;
use crate::source::near::{did_you_mean, near};
use crate::source::problem::{Severity, say};
use crate::source::roster::{Column, Row, units};
use crate::source::table::Columns;

/// A plan's units, and what was found on the way.
pub(super) struct Rows {
    /// `None` where something is wrong.
    pub source: Option<RosterSource>,
    /// What was found.
    pub found: Vec<Finding>,
}

/// Takes the units out of a raw file.
pub(super) fn rows(file: &mut raw::File) -> Rows {
    let tables = std::mem::take(&mut file.unit);
    let of_plan = file.plan.as_ref();
    let named = of_plan.and_then(|plan| plan.roster.clone());
    let encoding = of_plan.and_then(|plan| plan.encoding.clone());
    let sheet = of_plan.and_then(|plan| plan.roster_sheet.clone());
    let plan = KeyPath::top("plan");
    let at = plan.key("roster");
    let refused = |found: Finding| Rows {
        source: None,
        found: vec![found],
    };
    match named {
        Some(_) if !tables.is_empty() => refused(Finding::error(&at, say!("check-roster-twice"))),
        Some(name) if name.trim().is_empty() => {
            refused(Finding::error(&at, say!("check-empty", key = "roster")))
        }
        Some(name) => {
            let lower = name.to_lowercase();
            if [".csv", ".xlsx", ".xls", ".xlsb", ".ods"]
                .iter()
                .any(|ending| lower.ends_with(ending))
            {
                return Rows {
                    source: Some(RosterSource::File {
                        path: name,
                        encoding,
                        sheet,
                    }),
                    found: Vec::new(),
                };
            }
            refused(Finding::error(
                &at,
                say!("check-roster-ending", name = name),
            ))
        }
        None if tables.is_empty() && file.plan.is_some() => {
            let found = Finding::error(&plan, say!("check-no-roster"));
            let found = Finding {
                missing: Some("roster"),
                ..found
            };
            refused(found.hinted(Some(say!("hint-roster"))))
        }
        None => tabled(&tables),
    }
}

fn tabled(tables: &[UnitTable]) -> Rows {
    let list = KeyPath::top("unit");
    let mut found = Vec::new();
    let mut rows = Vec::with_capacity(tables.len());
    for (place, UnitTable(cells)) in tables.iter().enumerate() {
        let table = list.index(place);
        let mut row = Row::default();
        for (key, text) in cells {
            match Column::named(key) {
                Some(column) => text.trim().clone_into(&mut row.cells[column.number()]),
                None => row.attributes.push((key.clone(), text.trim().to_string())),
            }
        }
        for (key, _) in &row.attributes {
            let absent = || {
                let columns = Column::ALL.iter();
                let columns = columns.filter(|(column, _)| row.cells[column.number()].is_empty());
                columns.map(|(column, _)| column.name())
            };
            if near(key, absent()).is_some() {
                let saying = say!("check-column-like", column = key);
                let hint = did_you_mean(key, absent());
                found.push(Finding::warning(&table.key(key), saying).hinted(hint));
            }
        }
        rows.push(row);
    }
    let (units, remarks) = units(&rows, |row| format!("unit[{row}]"));
    for remark in remarks {
        let table = list.index(remark.row);
        let key = remark.column.map(Columns::name);
        let at = key.map_or(table, |key| table.key(key));
        let missing = key.filter(|_| remark.saying.id == "check-cell-empty");
        found.push(Finding {
            severity: remark.severity,
            path: at.path(),
            missing,
            saying: remark.saying,
            hint: remark.hint,
        });
    }
    let good = !found.iter().any(|found| found.severity == Severity::Error);
    Rows {
        source: units.filter(|_| good).map(RosterSource::Rows),
        found,
    }
}
