//! Reading: the roster in force, by number, code, name and area.

use std::collections::HashMap;

use super::columns::{expect_next, parsed};
use super::database::{Row, Rows, Value, values};
use super::error::StoreError;
use super::read::{PLAN_WIDTH, PLANS, Reader};
use super::seal;
use super::unit_row::{AREA, GONE, PLAIN, ROWS, UnitRow, WIDTH, code, day, unit_row};
use crate::model::code::UnitCode;
use crate::model::entry::TaskNo;
use crate::model::plan::{Dropped, Plan};
use crate::model::unit::{Class, Tenure, UnitNo};

/// A unit under which others stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Area {
    /// Its number.
    pub no: UnitNo,
    /// Its place in the roster.
    pub place: u32,
    /// Its code.
    pub code: UnitCode,
    /// Its name.
    pub name: String,
    /// The number of the area above it.
    pub parent: Option<UnitNo>,
}

/// From one in so many units on, reading them all is faster than looking each up.
const DENSE: usize = 8;

impl Reader {
    /// The unit of that number.
    ///
    /// # Errors
    /// `Damaged` where there is none, and what reading runs into.
    pub fn unit(&self, no: UnitNo) -> Result<UnitRow, StoreError> {
        self.first("WHERE u.no = ?1", values![no])?
            .ok_or_else(|| StoreError::damaged("unit", no))
    }

    /// The units of those numbers, in the order given.
    ///
    /// # Errors
    /// As for [`Reader::unit`].
    pub fn units(&self, numbers: &[UnitNo]) -> Result<Vec<UnitRow>, StoreError> {
        let Some((first, last)) = dense(numbers) else {
            return numbers.iter().map(|no| self.unit(*no)).collect();
        };
        let sql = format!("{ROWS} WHERE u.no BETWEEN ?1 AND ?2 ORDER BY u.no");
        let mut statement = self.connection.prepare(&sql)?;
        let mut rows = statement.scan(values![first, last])?;
        let mut list = Vec::with_capacity(numbers.len());
        for no in numbers {
            list.push(unit_row(next(&mut rows, *no)?)?);
        }
        Ok(list)
    }

    /// Calls `visit` with every unit of the roster in force, in its order.
    ///
    /// # Errors
    /// What reading runs into.
    pub fn each_unit(&self, visit: &mut dyn FnMut(UnitRow)) -> Result<(), StoreError> {
        let order = self.order()?;
        let mut next = 0;
        let rest = format!("WHERE u.gone IS NULL ORDER BY {order}");
        self.each(&rest, &[], &mut |row| {
            // Places in the roster follow one another: a row that is gone leaves a gap.
            expect_next("unit", row.place.into(), next)?;
            next += 1;
            visit(row);
            Ok(())
        })
    }

    /// Calls `visit` with every unit there ever was, by number.
    ///
    /// # Errors
    /// What `visit` fails with, and what reading runs into.
    pub(super) fn each_row_of_units(
        &self,
        visit: &mut dyn FnMut(UnitRow) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let mut next = 0;
        self.each("ORDER BY u.no", &[], &mut |row| {
            expect_next("unit", row.no.into(), next)?;
            next += 1;
            visit(row)
        })
    }

    /// The column that has the order of the roster: numbers stand in it as long as no amendment moved a row, and need no sorting.
    fn order(&self) -> Result<&'static str, StoreError> {
        let sql = "SELECT in_order FROM in_force ORDER BY id DESC LIMIT 1";
        let in_order = self.connection.first(sql, &[], |row| row.get(0))?;
        Ok(match in_order.unwrap_or(false) {
            true => "u.no",
            false => "u.place",
        })
    }

    /// The unit of that code, in force or gone.
    ///
    /// # Errors
    /// What reading runs into.
    pub fn unit_by_code(&self, code: &str) -> Result<Option<UnitRow>, StoreError> {
        let row = self.first("WHERE u.code = ?1", values![code])?;
        match row {
            // An index that leads to another row.
            Some(row) if row.unit.code.as_str() != code => Err(StoreError::damaged("unit", row.no)),
            row => Ok(row),
        }
    }

    /// The units of the roster in force that took over the one of that code, in the roster's order.
    ///
    /// # Errors
    /// What reading runs into.
    pub fn successors_of(&self, code: &UnitCode) -> Result<Vec<UnitRow>, StoreError> {
        // Few units took over others.
        let rest = "WHERE u.was IS NOT NULL AND u.gone IS NULL ORDER BY u.place";
        let mut heirs = self.list(rest, &[])?;
        heirs.retain(|row| row.unit.was.contains(code));
        Ok(heirs)
    }

    /// Calls `visit` with the number, code, class and tenure of every unit of the roster in force.
    ///
    /// # Errors
    /// What reading runs into.
    pub fn each_code(
        &self,
        visit: &mut dyn FnMut(UnitNo, &str, u32, Tenure),
    ) -> Result<(), StoreError> {
        let mut statement = self.connection.prepare(&format!("{PLAIN} ORDER BY no"))?;
        let mut rows = statement.scan(&[])?;
        let mut next = 0;
        while let Some(row) = rows.next()? {
            seal::expect(row, "unit", WIDTH)?;
            expect_next("unit", row.get(0)?, next)?;
            next += 1;
            if row.get::<Option<bool>>(GONE)?.unwrap_or(false) {
                continue;
            }
            visit(
                row.get(0)?,
                row.text(2)?,
                row.get(15)?,
                Tenure {
                    since: day(row, 11)?,
                    until: day(row, 12)?,
                },
            );
        }
        Ok(())
    }

    /// Calls `visit` with the number, class, name and short name, where it has one, of every unit of the roster in force, in its order.
    ///
    /// # Errors
    /// What reading runs into.
    pub fn each_name(
        &self,
        visit: &mut dyn FnMut(UnitNo, u32, &str, Option<&str>),
    ) -> Result<(), StoreError> {
        let order = self.order()?;
        let sql = format!(
            "SELECT no, class, name, short FROM unit u WHERE gone IS NULL ORDER BY {order}"
        );
        let mut statement = self.connection.prepare(&sql)?;
        let mut rows = statement.scan(&[])?;
        while let Some(row) = rows.next()? {
            let name = row.text(2)?;
            let short = row.text_or_null(3)?;
            visit(row.get(0)?, row.get(1)?, name, short);
        }
        Ok(())
    }

    /// The code of the task of that number; `None` where there is none.
    ///
    /// # Errors
    /// What reading runs into.
    pub fn task_code(&self, number: TaskNo) -> Result<Option<String>, StoreError> {
        let sql = "SELECT no, code, seal FROM task WHERE no = ?1";
        let mut statement = self.connection.prepare(sql)?;
        let mut rows = statement.query(values![number])?;
        let Some(row) = rows.next()? else {
            let given = self.ends.is_some_and(|ends| i64::from(number) < ends.tasks);
            return match given {
                true => Err(StoreError::damaged("task", number)),
                false => Ok(None),
            };
        };
        seal::expect(row, "task", 2)?;
        row.get(1)
    }

    /// The task of that number as the last plan that had it said.
    ///
    /// # Errors
    /// What reading runs into.
    pub fn dropped(&self, number: TaskNo) -> Result<Dropped, StoreError> {
        let code = self.task_code(number)?.unwrap_or_default();
        let sql = format!("{PLANS} ORDER BY id DESC");
        let mut statement = self.connection.prepare(&sql)?;
        let mut rows = statement.query(&[])?;
        while let Some(row) = rows.next()? {
            seal::expect(row, "in_force", PLAN_WIDTH)?;
            let plan: Plan = parsed(row.text(2)?)?;
            let task = plan
                .tasks
                .into_iter()
                .find(|task| task.code.as_str() == code);
            if task.is_some() {
                return Ok(Dropped { code, task });
            }
        }
        self.expect_plans()?;
        Ok(Dropped { code, task: None })
    }

    /// The units whose name or short name is that text, in the order of the roster.
    ///
    /// # Errors
    /// What reading runs into.
    pub fn units_named(&self, text: &str) -> Result<Vec<UnitRow>, StoreError> {
        let rest = "WHERE u.no IN (SELECT no FROM unit WHERE name = ?1 UNION SELECT no FROM unit WHERE short = ?1)
            AND u.gone IS NULL ORDER BY u.place";
        self.list(rest, values![text])
    }

    /// The units right under an area, in the order of the roster.
    ///
    /// # Errors
    /// What reading runs into.
    pub fn children(&self, area: UnitNo) -> Result<Vec<UnitRow>, StoreError> {
        let children = self.list("WHERE u.parent = ?1 ORDER BY u.place", values![area])?;
        self.expect_below(area, children.len())?;
        Ok(children)
    }

    /// Makes sure that so many units stand right under an area.
    fn expect_below(&self, area: UnitNo, found: usize) -> Result<(), StoreError> {
        let sql = format!("{PLAIN} WHERE no = ?1");
        let mut statement = self.connection.prepare(&sql)?;
        let mut rows = statement.query(values![area])?;
        let damaged = || StoreError::damaged("unit", area);
        let row = rows.next()?.ok_or_else(damaged)?;
        seal::expect(row, "unit", WIDTH)?;
        let told: Option<i64> = row.get(AREA)?;
        match usize::try_from(told.unwrap_or(0)) == Ok(found) {
            true => Ok(()),
            false => Err(damaged()),
        }
    }

    /// What the classes of units are: each by number, as one unit of it says. A class to which no unit belongs any more is left out.
    ///
    /// # Errors
    /// What reading runs into.
    pub(super) fn classes_of_units(&self, plan: &Plan) -> Result<Vec<(u32, Class)>, StoreError> {
        let sql =
            "SELECT class, min(no) FROM unit WHERE gone IS NULL GROUP BY class ORDER BY class";
        let first = |row: Row<'_>| Ok((row.get(0)?, row.get(1)?));
        let first: Vec<(u32, UnitNo)> = self.connection.all(sql, &[], first)?;
        let class = |(class, no)| Ok((class, self.unit(no)?.unit.class(plan)));
        first.into_iter().map(class).collect()
    }

    /// The numbers of all units under an area at any depth, without itself, ascending.
    ///
    /// # Errors
    /// What reading runs into.
    pub fn below(&self, area: UnitNo) -> Result<Vec<UnitNo>, StoreError> {
        // `UNION`, not `UNION ALL`: a roster whose areas stand in a ring must not hang us.
        let sql = "WITH RECURSIVE down (no, parent) AS (
                SELECT no, parent FROM unit WHERE parent = ?1
                UNION SELECT unit.no, unit.parent FROM down JOIN unit ON unit.parent = down.no)
            SELECT no, parent FROM down";
        let mut statement = self.connection.prepare(sql)?;
        let mut rows = statement.scan(values![area])?;
        let mut found: Vec<(UnitNo, UnitNo)> = Vec::new();
        while let Some(row) = rows.next()? {
            found.push((row.get(1)?, row.get(0)?));
        }
        found.sort_unstable();
        if found.is_empty() {
            self.expect_below(area, 0)?;
        }
        // Each area says how many stand right under it, so that one that was moved away is missed.
        for below in found.chunk_by(|one, other| one.0 == other.0) {
            self.expect_below(below[0].0, below.len())?;
        }
        let mut numbers: Vec<UnitNo> = found.into_iter().map(|(_, no)| no).collect();
        numbers.sort_unstable();
        if numbers.len() <= FEW {
            self.units(&numbers)?;
        }
        Ok(numbers)
    }

    /// The place in the roster of the first unit of each kind.
    ///
    /// # Errors
    /// What reading runs into.
    pub fn first_places(&self) -> Result<HashMap<String, u32>, StoreError> {
        // Place and number in one, so that the least place brings its number along.
        let sql =
            "SELECT kind, min(place * 4294967296 + no) FROM unit WHERE gone IS NULL GROUP BY kind";
        let first = |row: Row<'_>| Ok((row.get(0)?, row.get(1)?));
        let first: Vec<(String, i64)> = self.connection.all(sql, &[], first)?;
        let mut places = HashMap::new();
        for (kind, both) in first {
            let place = u32::try_from(both >> 32).unwrap_or(u32::MAX);
            let row = self.unit(u32::try_from(both & 0xFFFF_FFFF).unwrap_or(u32::MAX))?;
            if row.place != place {
                return Err(StoreError::damaged("unit", row.no));
            }
            places.insert(kind, place);
        }
        Ok(places)
    }

    /// The units under which others stand, by number.
    ///
    /// # Errors
    /// What reading runs into.
    pub fn areas(&self) -> Result<Vec<Area>, StoreError> {
        let sql = format!("{PLAIN} WHERE area IS NOT NULL ORDER BY no");
        let mut statement = self.connection.prepare(&sql)?;
        let mut rows = statement.scan(&[])?;
        let mut areas = Vec::new();
        while let Some(row) = rows.next()? {
            seal::expect(row, "unit", WIDTH)?;
            areas.push(Area {
                no: row.get(0)?,
                place: row.get(1)?,
                code: code(row.text(2)?)?,
                name: row.get(3)?,
                parent: row.get(7)?,
            });
        }
        Ok(areas)
    }

    fn first(&self, rest: &str, values: &[Value<'_>]) -> Result<Option<UnitRow>, StoreError> {
        let mut statement = self.connection.prepare(&format!("{ROWS} {rest}"))?;
        let mut rows = statement.query(values)?;
        rows.next()?.map(unit_row).transpose()
    }

    fn list(&self, rest: &str, values: &[Value<'_>]) -> Result<Vec<UnitRow>, StoreError> {
        let mut list = Vec::new();
        self.each(rest, values, &mut |row| {
            list.push(row);
            Ok(())
        })?;
        Ok(list)
    }

    fn each(
        &self,
        rest: &str,
        values: &[Value<'_>],
        visit: &mut dyn FnMut(UnitRow) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let mut statement = self.connection.prepare(&format!("{ROWS} {rest}"))?;
        let mut rows = statement.scan(values)?;
        while let Some(row) = rows.next()? {
            visit(unit_row(row)?)?;
        }
        Ok(())
    }
}

/// The first and the last of numbers that ascend and stand so close that all between them are best read in one go.
pub(super) fn dense(numbers: &[UnitNo]) -> Option<(UnitNo, UnitNo)> {
    let (first, last) = (*numbers.first()?, *numbers.last()?);
    let ascend = numbers.is_sorted_by(|one, other| one < other);
    (ascend && (last - first) as usize / DENSE < numbers.len()).then_some((first, last))
}

/// The next of rows that begin with their unit's number which is that unit's.
fn next<'r>(rows: &'r mut Rows<'_>, no: UnitNo) -> Result<Row<'r>, StoreError> {
    loop {
        match rows.next()? {
            None => return Err(StoreError::damaged("unit", no)),
            Some(row) if row.get::<UnitNo>(0)? == no => break,
            Some(_) => {}
        }
    }
    rows.row().ok_or_else(|| StoreError::damaged("unit", no))
}

/// Of so few units every row is checked, where else what the areas above them say is enough.
const FEW: usize = 4096;
