//! Where a plan's units are: the name of a roster file, or `[[unit]]` tables.

use super::RosterSource;
use super::finding::{Finding, KeyPath};
use super::raw;
use super::scalar::UnitTable;
use crate::source::near::did_you_mean;
use crate::source::problem::say;
use crate::source::roster::{self, Column, Row, units};
use crate::source::table::Columns;

/// A plan's units, and what was found on the way.
pub(super) struct Rows {
    /// `None` where the plan does not say where they are.
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
        Some(_) if !tables.is_empty() => {
            let saying = say!("check-roster-twice").hint(say!("hint-roster-twice"));
            refused(Finding::error(&at, saying))
        }
        Some(name) if name.trim().is_empty() => {
            refused(Finding::error(&at, say!("check-empty", key = "roster")))
        }
        Some(name) => {
            let lower = name.to_lowercase();
            let endings = [".csv", ".xlsx", ".xls", ".xlsb", ".ods"];
            if !endings.iter().any(|ending| lower.ends_with(ending)) {
                let saying = say!("check-roster-ending", name = name);
                return refused(Finding::error(&at, saying));
            }
            let source = RosterSource::File {
                path: name,
                encoding,
                sheet,
            };
            Rows {
                source: Some(source),
                found: Vec::new(),
            }
        }
        None if tables.is_empty() && file.plan.is_some() => {
            let saying = say!("check-no-roster").hint(say!("hint-roster"));
            refused(Finding::error(&plan, saying).missing(&["roster"]))
        }
        None => tabled(&tables),
    }
}

fn tabled(tables: &[UnitTable]) -> Rows {
    let list = KeyPath::top("unit");
    let mut found = Vec::new();
    let mut rows = roster::Rows::default();
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
            let columns = Column::ALL.iter();
            let absent = columns.filter(|(column, _)| row.cells[column.number()].is_empty());
            if let Some(hint) = did_you_mean(key, absent.map(|(column, _)| column.name())) {
                let saying = say!("check-column-like", column = key);
                found.push(Finding::warning(&table.key(key), saying.hint(hint)));
            }
        }
        rows.push(&mut row);
    }
    let (roster, remarks) = units(rows, |row| format!("unit[{row}]"));
    for remark in remarks {
        let table = list.index(remark.row);
        let key = remark.column.map(Columns::name);
        let at = key.map_or(table, |key| table.key(key));
        let missing = key
            .filter(|_| remark.saying.id == "check-cell-empty")
            .into_iter();
        found.push(Finding {
            severity: remark.severity,
            path: at.path(),
            missing: missing.collect(),
            saying: remark.saying,
        });
    }
    Rows {
        source: Some(RosterSource::Rows(roster)),
        found,
    }
}
