//! Packs: what lists say of forty-eight consecutive units in one blob. Pure: briefs in, bytes out, and back.
//!
//! A pack is a version byte, then for each unit that there is: its place in the pack; its place in the roster less its number,
//! signed; its code, short name and contact. A text is told by the one of its kind before it: 0 = the same; else one more than
//! how many bytes it begins with that the other begins with, how many it ends with that the other ends with, and how many are
//! between, which follow. Numbers are varints.

use crate::model::unit::UnitNo;
use crate::store::varint::{PageError, put, put_signed, take, take_signed};

/// What lists say of a unit; lent while it is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnitLabel<'r> {
    /// Its number.
    pub no: UnitNo,
    /// Its place in the roster.
    pub place: u32,
    /// Its code.
    pub code: &'r str,
    /// Its short name.
    pub short: &'r str,
    /// Its contact; may be empty.
    pub contact: &'r str,
}

/// How many units share a pack.
const UNITS: u32 = 48;

/// The version of stores from which on there are packs.
pub(super) const PACKS: i64 = 2;

const VERSION: u8 = 1;

/// The pack that a unit is in.
pub(super) const fn pack_of(unit: UnitNo) -> UnitNo {
    unit / UNITS
}

/// The first and the last unit of a pack.
pub(super) const fn range(pack: UnitNo) -> (UnitNo, UnitNo) {
    let first = pack.saturating_mul(UNITS);
    (first, first.saturating_add(UNITS - 1))
}

/// A pack in the making.
#[derive(Debug, Default)]
pub(super) struct Packer {
    bytes: Vec<u8>,
    before: [String; 3],
}

impl Packer {
    /// Adds the next unit of the pack.
    pub(super) fn add(&mut self, brief: &UnitLabel<'_>) {
        let UnitLabel {
            no,
            place,
            code,
            short,
            contact,
        } = *brief;
        if self.bytes.is_empty() {
            self.bytes.push(VERSION);
        }
        put(&mut self.bytes, u64::from(no % UNITS));
        put_signed(&mut self.bytes, i64::from(place) - i64::from(no));
        for (before, text) in self.before.iter_mut().zip([code, short, contact]) {
            put_text(&mut self.bytes, before, text);
            before.clear();
            before.push_str(text);
        }
    }

    /// The bytes of what was added; the next unit begins another pack.
    pub(super) fn finish(&mut self, out: &mut Vec<u8>) {
        std::mem::swap(out, &mut self.bytes);
        self.bytes.clear();
        self.before.iter_mut().for_each(String::clear);
    }
}

fn put_text(out: &mut Vec<u8>, before: &str, text: &str) {
    if before == text {
        return put(out, 0);
    }
    let (before, text) = (before.as_bytes(), text.as_bytes());
    let same = |(one, other): &(&u8, &u8)| one == other;
    let head = before.iter().zip(text).take_while(same).count();
    let rest = before[head..].iter().rev().zip(text[head..].iter().rev());
    let tail = rest.take_while(same).count();
    let between = &text[head..text.len() - tail];
    for number in [head + 1, tail, between.len()] {
        put(out, number as u64);
    }
    out.extend_from_slice(between);
}

/// A pack that is read, unit by unit. Its room is used again from pack to pack.
#[derive(Debug, Default)]
pub(super) struct Unpacker {
    /// The least place that the next unit may have: places ascend.
    next: u64,
    no: UnitNo,
    place: u32,
    texts: [Vec<u8>; 3],
    room: Vec<u8>,
}

impl Unpacker {
    /// Begins a pack: what [`Unpacker::next`] takes the units from.
    pub(super) fn open<'b>(&mut self, data: &'b [u8]) -> Result<&'b [u8], PageError> {
        self.texts.iter_mut().for_each(Vec::clear);
        self.next = 0;
        match data {
            [VERSION, rest @ ..] => Ok(rest),
            _ => Err(PageError::Unknown),
        }
    }

    /// Goes on to the next unit of that pack, and says which it is; `None` = there are no more.
    pub(super) fn next(
        &mut self,
        pack: UnitNo,
        bytes: &mut &[u8],
    ) -> Result<Option<UnitNo>, PageError> {
        if bytes.is_empty() {
            return Ok(None);
        }
        let at = take(bytes)?;
        if at < self.next || at >= u64::from(UNITS) {
            return Err(PageError::Unknown);
        }
        self.next = at + 1;
        self.no = range(pack).0.saturating_add(at as UnitNo);
        let place = take_signed(bytes)?.wrapping_add(i64::from(self.no));
        self.place = u32::try_from(place).map_err(|_| PageError::Unknown)?;
        for text in &mut self.texts {
            take_text(bytes, text, &mut self.room)?;
        }
        Ok(Some(self.no))
    }

    /// What lists say of the unit in hand.
    pub(super) fn brief(&self) -> Result<UnitLabel<'_>, PageError> {
        let text = |bytes| str::from_utf8(bytes).map_err(|_| PageError::Unknown);
        let [code, short, contact] = &self.texts;
        Ok(UnitLabel {
            no: self.no,
            place: self.place,
            code: text(code)?,
            short: text(short)?,
            contact: text(contact)?,
        })
    }
}

#[inline]
fn take_text(bytes: &mut &[u8], text: &mut Vec<u8>, room: &mut Vec<u8>) -> Result<(), PageError> {
    let mut number = || usize::try_from(take(bytes)?).map_err(|_| PageError::Cut);
    let Some(head) = number()?.checked_sub(1) else {
        return Ok(());
    };
    let (tail, between) = (number()?, number()?);
    let (between, rest) = bytes.split_at_checked(between).ok_or(PageError::Cut)?;
    *bytes = rest;
    let tail = text.len().checked_sub(tail).ok_or(PageError::Unknown)?;
    // They do not overlap, or a few bytes could tell a text of any length.
    let head = text[..tail].get(..head).ok_or(PageError::Unknown)?;
    room.clear();
    room.extend_from_slice(head);
    room.extend_from_slice(between);
    room.extend_from_slice(&text[tail..]);
    std::mem::swap(text, room);
    Ok(())
}

#[cfg(test)]
pub(crate) mod tests {
    use proptest::prelude::*;

    use super::*;

    pub(crate) type Told = (UnitNo, u32, String, String, String);

    pub(crate) fn packed(units: &[Told]) -> Vec<u8> {
        let (mut packer, mut out) = (Packer::default(), Vec::new());
        for (no, place, code, short, contact) in units {
            packer.add(&UnitLabel {
                no: *no,
                place: *place,
                code,
                short,
                contact,
            });
        }
        packer.finish(&mut out);
        out
    }

    pub(crate) fn unpacked(pack: UnitNo, data: &[u8]) -> Result<Vec<Told>, PageError> {
        let (mut unpacker, mut told) = (Unpacker::default(), Vec::new());
        let mut rest = unpacker.open(data)?;
        while let Some(no) = unpacker.next(pack, &mut rest)? {
            let brief = unpacker.brief()?;
            assert_eq!(brief.no, no);
            told.push((
                no,
                brief.place,
                brief.code.into(),
                brief.short.into(),
                brief.contact.into(),
            ));
        }
        Ok(told)
    }

    #[test]
    fn what_units_share_is_told_once() {
        let unit = |no: UnitNo, code: &str, short: &str| {
            (no, no, code.to_string(), short.to_string(), String::new())
        };
        let units = [
            unit(48, "511902107200", "塘坝村村民委员会"),
            unit(49, "511902107201", "大排村村民委员会"),
            unit(95, "511902107202", "大排村村民委员会"),
        ];
        let data = packed(&units);
        assert_eq!(unpacked(1, &data), Ok(units.to_vec()));
        // The first in full; of the second one byte of the code is new, and five of the name; of the third one of the code.
        let lengths = [
            1,
            2 + (3 + 12) + (3 + 24) + 1,
            2 + 4 + (3 + 5) + 1,
            2 + 4 + 1 + 1,
        ];
        assert_eq!(data.len(), lengths.iter().sum::<usize>());
    }

    #[test]
    fn bytes_that_are_no_pack_are_refused() {
        let bad: [&[u8]; 9] = [
            &[],
            &[9],
            &[VERSION, 48, 0, 0, 0, 0],
            &[VERSION, 0],
            &[VERSION, 0, 1, 0, 0, 0],
            &[VERSION, 0, 0, 2, 0, 0, 0, 0],
            &[VERSION, 0, 0, 1, 0, 1, 0xFF, 0, 0],
            &[VERSION, 0, 0, 1, 0, 1, b'a', 0, 0, 1, 0, 2, 1, 0, 0, 0],
            &[VERSION, 5, 0, 0, 0, 0, 5, 0, 0, 0, 0],
        ];
        for data in bad {
            assert!(unpacked(0, data).is_err(), "{data:?}");
        }
    }

    proptest! {
        #[test]
        fn packs_say_what_was_put_in(
            pack in prop::sample::select(vec![0, 1, 500, u32::MAX / UNITS - 1]),
            units in prop::collection::btree_map(
                0..UNITS, (any::<u32>(), "[0-9]{0,3}", "[村居委甲a]{0,4}", "[张三é]{0,2}"), 0..UNITS as usize),
        ) {
            let told = units.into_iter().map(|(at, (place, code, short, contact))| {
                (range(pack).0 + at, place, code, short, contact)
            });
            let told: Vec<Told> = told.collect();
            let data = packed(&told);
            if !told.is_empty() {
                prop_assert_eq!(unpacked(pack, &data), Ok(told));
                for cut in 1..data.len() {
                    let _ = unpacked(pack, &data[..cut]);
                }
            }
        }
    }
}
