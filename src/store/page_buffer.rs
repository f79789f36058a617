//! From entries to the items of pages: what an entry leaves on a sheet, and the items that wait to be written there.

use super::database::{Connection, values};
use super::entries::{ENTRIES, WIDTH};
use super::error::StoreError;
use super::page;
use super::page_row;
use super::seal;
use crate::journal::Kind;
use crate::model::day::Day;
use crate::model::entry::{Act, Booking, Entry, RuleNo, Seq, TaskNo};
use crate::model::sheet::{Booked, Fact, Item, Mark, NO_TASK};
use crate::model::unit::UnitNo;

/// The entry that another one is about.
#[derive(Clone, Copy, Debug)]
pub(super) struct Target {
    pub(super) seq: Seq,
    pub(super) unit: Option<UnitNo>,
    pub(super) task: Option<TaskNo>,
    /// Whether it is a record: nothing else is replaced by what comes after its undo.
    pub(super) recorded: bool,
}

/// Where the entry of that seq stands.
pub(super) fn target_at(connection: &Connection, seq: Seq) -> Result<Target, StoreError> {
    let mut statement = connection.prepare(&format!("{ENTRIES} WHERE seq = ?1"))?;
    let mut rows = statement.query(values![seq.cast_signed()])?;
    let row = rows
        .next()?
        .ok_or_else(|| StoreError::damaged("entry", seq))?;
    seal::expect(row, "entry", WIDTH)?;
    Ok(Target {
        seq,
        unit: row.get(3)?,
        task: row.get(4)?,
        recorded: row.get::<i64>(2)? == i64::from(Kind::Record.number()),
    })
}

/// The number of the assessment rule by which an act books points, a new one if it is new.
pub(super) fn rule_of(connection: &Connection, act: &Act) -> Result<Option<RuleNo>, StoreError> {
    let Act::Book(Booking { rule: Some(id), .. }) = act else {
        return Ok(None);
    };
    let sql = "SELECT no FROM rule WHERE id = ?1";
    let known = connection.first(sql, values![id.as_str()], |row| row.get(0))?;
    if known.is_some() {
        return Ok(known);
    }
    let next = "SELECT coalesce(max(no) + 1, 0) FROM rule";
    let number: RuleNo = connection.value(next, &[])?;
    seal::add(connection, "rule", values![number, id.as_str()])?;
    Ok(Some(number))
}

/// What an entry leaves on a sheet, and on whose; `None` where the fold has no use for it. What is about another entry stands
/// where that entry stands.
pub(super) fn item_of(
    entry: &Entry,
    seq: Seq,
    recorded: Day,
    target: Option<Target>,
    rule: Option<RuleNo>,
) -> Option<(Option<UnitNo>, Item)> {
    let of = target.map(|target| target.seq);
    let fact = match &entry.act {
        Act::Record(record) => Fact::Record(Mark {
            count: record.count,
            total: record.total,
            nil: record.nil,
            proof: !record.evidence.is_empty(),
            period: record.period,
        }),
        Act::Undo { .. } => Fact::Undo { of: of? },
        Act::Accept { .. } => Fact::Accept { of: of? },
        Act::Return { rectify, .. } => Fact::Return {
            of: of?,
            rectify: *rectify,
        },
        Act::Excuse { period, .. } => Fact::Excuse { period: *period },
        Act::Extend { period, due, .. } => Fact::Extend {
            period: *period,
            due: *due,
        },
        Act::Instruct { due, .. } => Fact::Instruct { due: *due },
        Act::Gain { period } => Fact::Gain { period: *period },
        Act::Contact { name } => Fact::Contact {
            named: !name.is_empty(),
        },
        Act::Commend { .. } => Fact::Commend,
        Act::Remind { period } => Fact::Remind { period: *period },
        Act::Notice(notice) => Fact::Notice {
            number: notice.number,
            until: notice.until,
        },
        Act::Book(booking) => Fact::Book(Booked {
            notice: booking.notice,
            on: booking.on,
            period: booking.period,
            of: match booking.of {
                None => None,
                Some(_) => Some(of?),
            },
            days: booking.days,
            rule,
            points: booking.points,
        }),
        Act::Object {
            notice,
            period,
            unit_points,
            reason: _,
        } => Fact::Object {
            notice: *notice,
            period: *period,
            unit_points: *unit_points,
        },
        Act::Uphold { .. } => Fact::Uphold { of: of? },
        Act::Reverse { .. } => Fact::Reverse { of: of? },
        Act::Apply { .. } => return None,
    };
    let (unit, task) = target.map_or((entry.unit, entry.task), |target| {
        (target.unit, target.task)
    });
    let item = Item {
        seq,
        task: task.unwrap_or(NO_TASK),
        day: entry.day,
        lag: recorded - entry.day,
        fact,
    };
    Some((unit, item))
}

/// When an entry was recorded: the moment and the id of its batch, and its place in that. The order of facts on a sheet, the same in
/// every store.
pub(super) type Moment = (i64, [u8; 16], Seq);

pub(super) fn moment_of(connection: &Connection, seq: Seq) -> Result<Moment, StoreError> {
    let sql = "SELECT b.at, b.id FROM entry e JOIN batch b ON b.n = e.batch WHERE e.seq = ?1";
    let moment = connection.first(sql, values![seq.cast_signed()], |row| {
        Ok((row.get(0)?, row.get(1)?, seq))
    })?;
    moment.ok_or_else(|| StoreError::damaged("entry", seq))
}

/// Items on their way to pages, packed: an import has millions.
#[derive(Debug)]
pub(super) struct PageBuffer {
    /// Whether all of them were recorded after what the pages hold, and one after another, so that they are appended.
    pub(super) newest: bool,
    /// Whose item, and where in `bytes` it begins.
    index: Vec<(UnitNo, u32)>,
    bytes: Vec<u8>,
    /// The numbers of the pages that were written.
    pub(super) pages: Vec<i64>,
    /// The units on whose sheets something is taken back or replaced.
    pub(super) tied: Vec<UnitNo>,
}

/// Stands for "no unit" in the index: sorts behind all.
const NO_UNIT: UnitNo = UnitNo::MAX;

/// So many bytes, those of the index among them, are kept before they are written out: of a nation's list a third. All at once takes
/// 50 MB more.
const ENOUGH: usize = 40 << 20;

const fn page_of(unit: UnitNo) -> i64 {
    match unit {
        NO_UNIT => page::ORDERS,
        unit => page::place_of(unit).0,
    }
}

impl PageBuffer {
    pub(super) const fn new(newest: bool) -> Self {
        Self {
            newest,
            index: Vec::new(),
            bytes: Vec::new(),
            pages: Vec::new(),
            tied: Vec::new(),
        }
    }

    /// Adds an item.
    pub(super) fn add(&mut self, unit: Option<UnitNo>, item: &Item) {
        if let (Fact::Undo { .. } | Fact::Same { .. }, Some(unit)) = (item.fact, unit)
            && self.tied.last() != Some(&unit)
        {
            self.tied.push(unit);
        }
        let at = u32::try_from(self.bytes.len()).unwrap_or(u32::MAX);
        self.index.push((unit.unwrap_or(NO_UNIT), at));
        page::put_item(&mut self.bytes, 0, item);
    }

    /// Whether it is time to write them out. What is older than the newest waits until its batch is there to say when it was recorded.
    pub(super) const fn is_full(&self) -> bool {
        self.newest && self.bytes.len() + size_of::<(UnitNo, u32)>() * self.index.len() >= ENOUGH
    }

    /// Writes all items to their pages, which need not be where the journal is.
    pub(super) fn flush(
        &mut self,
        journal: &Connection,
        pages: &Connection,
    ) -> Result<(), StoreError> {
        self.index.sort_unstable();
        let mut select = pages.prepare(page_row::ONE)?;
        let mut writer = page_row::writer(pages)?;
        let newest = self.newest;
        let mut out = Vec::new();
        let mut items = Vec::new();
        let same_page =
            |one: &(UnitNo, u32), other: &(UnitNo, u32)| page_of(one.0) == page_of(other.0);
        for group in self.index.chunk_by(same_page) {
            let number = page_of(group[0].0);
            let place_of = |unit| match unit {
                NO_UNIT => 0,
                unit => page::place_of(unit).1,
            };
            let mut rows = select.query(values![number])?;
            let (data, mut last) = match rows.next()? {
                Some(row) => (page_row::data(row)?, page_row::seq(row)?),
                None => (&[][..], 0),
            };
            let mut left = group;
            page::rewrite(data, &mut out, |place, section, fresh| {
                items.clear();
                while let [(unit, at), rest @ ..] = left
                    && place_of(*unit) == place
                {
                    let mut bytes = &self.bytes[*at as usize..];
                    let item = page::take_item(&mut bytes, 0)?;
                    last = last.max(item.seq);
                    items.push(item);
                    left = rest;
                }
                if items.is_empty() {
                    fresh.extend_from_slice(section);
                    return Ok::<_, StoreError>(());
                }
                if newest {
                    Ok(page::put_extended(fresh, section, &items)?)
                } else {
                    let moment = |seq| moment_of(journal, seq);
                    page::put_among(fresh, section, &items, moment)
                }
            })?;
            drop(rows);
            page_row::put(&mut writer, number, &out, last)?;
            self.pages.push(number);
        }
        self.index.clear();
        self.bytes.clear();
        Ok(())
    }
}
