//! Items: one fact of a sheet in as few bytes as it needs. The step from the seq before, a tag (kind in the low half, flags in
//! the high one), task + 1 (0 = none), day, lag, and what its kind adds; targets count backwards from the item's own seq.

use super::{narrow, put_day, take_day, take_day_if};
use crate::model::day::Day;
use crate::model::decimal::Decimal;
use crate::model::entry::Seq;
use crate::model::plan::Trigger;
use crate::model::sheet::{Booked, Fact, Item, Mark, NO_TASK};
use crate::store::varint::{PageError, put, put_signed, take, take_signed};

const RECORD: u8 = 0;
const UNDO: u8 = 1;
const ACCEPT: u8 = 2;
const RETURN: u8 = 3;
const EXCUSE: u8 = 4;
const EXTEND: u8 = 5;
const INSTRUCT: u8 = 6;
const GAIN: u8 = 7;
const CONTACT: u8 = 8;
const COMMEND: u8 = 9;
const REMIND: u8 = 10;
const NOTICE: u8 = 11;
const BOOK: u8 = 12;
const OBJECT: u8 = 13;
const UPHOLD: u8 = 14;
const REVERSE: u8 = 15;

const PROOF: u8 = 0x10;
const NIL: u8 = 0x20;
const TOTAL: u8 = 0x40;
const MORE: u8 = 0x80;
const PERIOD: u8 = 0x10;
const NOBODY: u8 = 0x10;
const OF: u8 = 0x20;
const RULE: u8 = 0x40;
const UNIT_POINTS: u8 = 0x20;
/// On an undo: it takes nothing back, but the item's entry is one record with the other.
const SAME: u8 = 0x10;
const REPLACES: u8 = 0x20;

/// Puts an item after one with the seq `before`.
pub(crate) fn put_item(out: &mut Vec<u8>, before: Seq, item: &Item) {
    put(out, item.seq.wrapping_sub(before));
    let flag = |set: bool, flag: u8| if set { flag } else { 0 };
    let dated = |period: &Option<Day>| flag(period.is_some(), PERIOD);
    out.push(match &item.fact {
        Fact::Record(mark) => {
            RECORD
                | flag(mark.proof, PROOF)
                | flag(mark.nil, NIL)
                | flag(mark.total, TOTAL)
                | flag(mark.count != Decimal::ONE || mark.period.is_some(), MORE)
        }
        Fact::Undo { .. } => UNDO,
        Fact::Same { replaces, .. } => UNDO | SAME | flag(*replaces, REPLACES),
        Fact::Accept { .. } => ACCEPT,
        Fact::Return { .. } => RETURN,
        Fact::Excuse { period } => EXCUSE | dated(period),
        Fact::Extend { period, .. } => EXTEND | dated(period),
        Fact::Instruct { .. } => INSTRUCT,
        Fact::Gain { period } => GAIN | dated(period),
        Fact::Contact { named } => CONTACT | flag(!named, NOBODY),
        Fact::Commend => COMMEND,
        Fact::Remind { period } => REMIND | dated(period),
        Fact::Notice { .. } => NOTICE,
        Fact::Book(booked) => {
            BOOK | dated(&booked.period)
                | flag(booked.of.is_some(), OF)
                | flag(booked.rule.is_some(), RULE)
        }
        Fact::Object {
            period,
            unit_points,
            ..
        } => OBJECT | dated(period) | flag(*unit_points, UNIT_POINTS),
        Fact::Uphold { .. } => UPHOLD,
        Fact::Reverse { .. } => REVERSE,
    });
    put(out, u64::from(item.task.wrapping_add(1)));
    put_day(out, item.day);
    put_signed(out, i64::from(item.lag));
    let back =
        |out: &mut Vec<u8>, of: Seq| put_signed(out, item.seq.wrapping_sub(of).cast_signed());
    match item.fact {
        Fact::Record(mark) => {
            if mark.count != Decimal::ONE || mark.period.is_some() {
                put_signed(out, mark.count.thousandths());
                put(out, u64::from(mark.period.is_some()));
                mark.period.into_iter().for_each(|day| put_day(out, day));
            }
        }
        Fact::Undo { of }
        | Fact::Same { of, .. }
        | Fact::Accept { of }
        | Fact::Uphold { of }
        | Fact::Reverse { of } => back(out, of),
        Fact::Return { of, rectify } => {
            back(out, of);
            put_day(out, rectify);
        }
        Fact::Excuse { period } | Fact::Gain { period } | Fact::Remind { period } => {
            period.into_iter().for_each(|day| put_day(out, day));
        }
        Fact::Extend { period, due } => {
            period.into_iter().for_each(|day| put_day(out, day));
            put_day(out, due);
        }
        Fact::Instruct { due } => put_day(out, due),
        Fact::Contact { .. } | Fact::Commend => {}
        Fact::Notice { number, until } => {
            put(out, u64::from(number));
            put_day(out, until);
        }
        Fact::Object { notice, period, .. } => {
            put(out, u64::from(notice));
            period.into_iter().for_each(|day| put_day(out, day));
        }
        Fact::Book(booked) => {
            put(out, u64::from(booked.notice));
            out.push(booked.on as u8);
            booked.period.into_iter().for_each(|day| put_day(out, day));
            booked.of.into_iter().for_each(|of| back(out, of));
            put_signed(out, i64::from(booked.days));
            if let Some(rule) = booked.rule {
                put(out, u64::from(rule));
                put_signed(out, booked.points.thousandths());
            }
        }
    }
}

/// Takes the item that follows one with the seq `before`.
#[inline(always)]
pub(crate) fn take_item(bytes: &mut &[u8], before: Seq) -> Result<Item, PageError> {
    let seq = before.wrapping_add(take(bytes)?);
    let (tag, rest) = bytes.split_first().ok_or(PageError::Cut)?;
    *bytes = rest;
    let task = match take(bytes)? {
        0 => NO_TASK,
        task => narrow(task - 1)?,
    };
    let day = take_day(bytes)?;
    let lag = i32::try_from(take_signed(bytes)?).map_err(|_| PageError::Unknown)?;
    let fact = if tag & 0x0F == RECORD {
        let (count, period) = if tag & MORE == 0 {
            (Decimal::ONE, None)
        } else {
            take_more(bytes)?
        };
        Fact::Record(Mark {
            count,
            total: tag & TOTAL != 0,
            nil: tag & NIL != 0,
            proof: tag & PROOF != 0,
            period,
        })
    } else {
        take_fact(bytes, *tag, seq)?
    };
    Ok(Item {
        seq,
        task,
        day,
        lag,
        fact,
    })
}

fn take_more(bytes: &mut &[u8]) -> Result<(Decimal, Option<Day>), PageError> {
    let count = Decimal::from_thousandths(take_signed(bytes)?);
    let period = match take(bytes)? {
        0 => None,
        _ => Some(take_day(bytes)?),
    };
    Ok((count, period))
}

fn take_fact(bytes: &mut &[u8], tag: u8, seq: Seq) -> Result<Fact, PageError> {
    let back = |bytes: &mut &[u8]| Ok(seq.wrapping_sub(take_signed(bytes)?.cast_unsigned()));
    let fact = match tag & 0x0F {
        UNDO if tag & SAME != 0 => Fact::Same {
            of: back(bytes)?,
            replaces: tag & REPLACES != 0,
        },
        UNDO => Fact::Undo { of: back(bytes)? },
        ACCEPT => Fact::Accept { of: back(bytes)? },
        RETURN => Fact::Return {
            of: back(bytes)?,
            rectify: take_day(bytes)?,
        },
        EXCUSE => Fact::Excuse {
            period: take_day_if(bytes, tag & PERIOD)?,
        },
        EXTEND => Fact::Extend {
            period: take_day_if(bytes, tag & PERIOD)?,
            due: take_day(bytes)?,
        },
        INSTRUCT => Fact::Instruct {
            due: take_day(bytes)?,
        },
        GAIN => Fact::Gain {
            period: take_day_if(bytes, tag & PERIOD)?,
        },
        CONTACT => Fact::Contact {
            named: tag & NOBODY == 0,
        },
        COMMEND => Fact::Commend,
        REMIND => Fact::Remind {
            period: take_day_if(bytes, tag & PERIOD)?,
        },
        NOTICE => Fact::Notice {
            number: narrow(take(bytes)?)?,
            until: take_day(bytes)?,
        },
        BOOK => Fact::Book(take_booked(bytes, tag, seq)?),
        OBJECT => Fact::Object {
            notice: narrow(take(bytes)?)?,
            period: take_day_if(bytes, tag & PERIOD)?,
            unit_points: tag & UNIT_POINTS != 0,
        },
        UPHOLD => Fact::Uphold { of: back(bytes)? },
        REVERSE => Fact::Reverse { of: back(bytes)? },
        _ => return Err(PageError::Unknown),
    };
    Ok(fact)
}

fn take_booked(bytes: &mut &[u8], tag: u8, seq: Seq) -> Result<Booked, PageError> {
    let notice = narrow(take(bytes)?)?;
    let (on, rest) = bytes.split_first().ok_or(PageError::Cut)?;
    *bytes = rest;
    let on = Trigger::ALL
        .into_iter()
        .find(|trigger| *trigger as u8 == *on);
    let on = on.ok_or(PageError::Unknown)?;
    let period = take_day_if(bytes, tag & PERIOD)?;
    let of = match tag & OF {
        0 => None,
        _ => Some(seq.wrapping_sub(take_signed(bytes)?.cast_unsigned())),
    };
    let days = i32::try_from(take_signed(bytes)?).map_err(|_| PageError::Unknown)?;
    let (rule, points) = match tag & RULE {
        0 => (None, Decimal::ZERO),
        _ => (
            Some(narrow(take(bytes)?)?),
            Decimal::from_thousandths(take_signed(bytes)?),
        ),
    };
    Ok(Booked {
        notice,
        on,
        period,
        of,
        days,
        rule,
        points,
    })
}
