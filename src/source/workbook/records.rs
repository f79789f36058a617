//! What workbooks made of records have in common: those of Excel 97 to 2003 (`xls`) and the binary ones (`xlsb`).

use std::collections::HashMap;
use std::sync::Arc;

use super::Unread;
use super::hidden::Hidden;
use super::shown::{Format, Shown, built_in};

pub(super) fn damaged(error: impl std::fmt::Display) -> Unread {
    Unread::Damaged(error.to_string())
}

/// How a sheet looks: what it hides, and how it shows numbers.
#[derive(Default)]
pub(super) struct Looks {
    pub hidden: Hidden,
    pub shown: Shown,
}

/// The formats of a workbook as far as they have been read: their codes, and the number of that of each style.
#[derive(Default)]
pub(super) struct Formats {
    pub codes: HashMap<u16, String>,
    pub styles: Vec<u16>,
}

impl Formats {
    /// What each style makes of numbers.
    pub(super) fn understood(&self) -> Arc<[Option<Format>]> {
        let code = |number: &u16| {
            let own = self.codes.get(number).map(String::as_str);
            own.unwrap_or_else(|| built_in(*number))
        };
        let styles = self.styles.iter();
        styles.map(|number| Format::of(code(number))).collect()
    }
}

/// A number of two bytes at that place of a record.
pub(super) fn half(data: &[u8], at: usize) -> Option<u32> {
    let two = data.get(at..)?.first_chunk()?;
    Some(u32::from(u16::from_le_bytes(*two)))
}

/// A number of four bytes at that place of a record.
pub(super) fn whole(data: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(*data.get(at..)?.first_chunk()?))
}
