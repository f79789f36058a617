//! The header of a table: which columns a kind of table knows, and which of a file's hold what.

use std::collections::HashSet;

use crate::source::near::did_you_mean;
use crate::source::problem::{Saying, Severity, say};

/// The columns that a kind of table knows, each with its names; the first is the one in documents.
pub(in crate::source) trait Columns: Copy + PartialEq + 'static {
    /// Every column in the order of its number.
    const ALL: &'static [(Self, &'static [&'static str])];

    /// The column's number.
    fn number(self) -> usize;

    /// The column's name in documents.
    fn name(self) -> &'static str {
        Self::ALL[self.number()].1[0]
    }

    /// The column's name in documents, with the Chinese one that stands first: `kind 类型`.
    fn names(self) -> String {
        let (_, names) = Self::ALL[self.number()];
        let chinese = names.iter().find(|name| !name.is_ascii());
        match chinese {
            Some(chinese) => format!("{} {chinese}", self.name()),
            None => self.name().to_string(),
        }
    }

    /// What a header says that the amounts below it are measured in: `数量（张）`, `张数`.
    fn measure(text: &str) -> Option<String> {
        let header = narrow(text);
        if let Some((_, inner)) = bracketed(&header) {
            let measure = inner.strip_prefix("单位").unwrap_or(inner);
            let measure = measure.trim_start_matches(':');
            // Longer words are remarks on how to fill it in, as are these; several measures fit any of them.
            let remark = ["必填", "选填", "required", "optional"].contains(&measure)
                || !measure.is_ascii() && measure.chars().count() > 3
                || measure.contains(['/', '、', ',', '或']);
            return (!measure.is_empty() && !remark).then(|| measure.to_string());
        }
        let mut letters = header.chars();
        match (letters.next(), letters.next(), letters.next()) {
            (Some(measure), Some('数'), None) => Some(measure.to_string()),
            _ => None,
        }
    }

    /// The column that a header means, however wide its letters are and whatever measure stands behind it in brackets.
    fn named(text: &str) -> Option<Self> {
        let text = plain(text);
        let find = |text: &str| {
            let mut all = Self::ALL.iter();
            let found = all.find(|(_, names)| names.contains(&text));
            found.map(|(column, _)| *column)
        };
        find(&text).or_else(|| find(without_measure(&text)?))
    }
}

/// Declares the columns of a kind of table, each with its headers; the first is the one in documents.
macro_rules! columns {
    ($(#[$about:meta])* $visible:vis enum $columns:ident; $($column:ident: $($header:literal)+,)+) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        $visible enum $columns {
            $($column,)+
        }

        impl $crate::source::table::Columns for $columns {
            const ALL: &'static [(Self, &'static [&'static str])] =
                &[$((Self::$column, &[$($header),+])),+];

            fn number(self) -> usize {
                self as usize
            }
        }
    };
}
pub(in crate::source) use columns;

/// Which of a table's columns hold what.
#[derive(Default)]
pub(super) struct Header {
    /// The place of each column by its number.
    pub at: Vec<Option<usize>>,
    /// What the amounts of each column are measured in, by its number.
    pub measures: Vec<Option<String>>,
    /// Further columns that have a header: their place and their header.
    pub further: Vec<(usize, String)>,
    /// Whether there is a header over each place.
    headed: Vec<bool>,
}

impl Header {
    /// Whether there is a header over that place.
    pub(super) fn has(&self, column: usize) -> bool {
        self.headed.get(column).copied().unwrap_or(false)
    }

    /// Reads a header row; what it finds goes to `report` with the column's place.
    pub(super) fn new<C: Columns>(
        cells: &[(usize, String)],
        mut report: impl FnMut(usize, Severity, Saying),
    ) -> Self {
        let mut header = Self {
            at: vec![None; C::ALL.len()],
            measures: vec![None; C::ALL.len()],
            ..Self::default()
        };
        let mut seen = HashSet::new();
        for (place, text) in cells.iter().filter(|(_, text)| !text.is_empty()) {
            let width = header.headed.len().max(place + 1);
            header.headed.resize(width, false);
            header.headed[*place] = true;
            let known = C::named(text);
            let twice = match known {
                Some(column) => {
                    header.measures[column.number()] = C::measure(text);
                    header.at[column.number()].replace(*place).is_some()
                }
                None => !seen.insert(text),
            };
            if twice {
                let saying = say!("check-column-twice", column = text);
                report(*place, Severity::Error, saying);
            } else if known.is_none() {
                header.further.push((*place, text.clone()));
            }
        }
        for (place, text) in &header.further {
            let columns = C::ALL.iter();
            let absent = columns.filter(|(column, _)| header.at[column.number()].is_none());
            let absent = absent.flat_map(|(_, names)| names.iter().copied());
            if let Some(hint) = did_you_mean(text, absent) {
                let saying = say!("check-column-like", column = text);
                report(*place, Severity::Warning, saying.hint(hint));
            }
        }
        header
    }
}

/// A header without case, and all that [`narrow`] leaves out.
fn plain(header: &str) -> String {
    narrow(header).to_lowercase()
}

/// A header without width, line breaks and other white space, and the marks that forms put on what must be filled in.
fn narrow(header: &str) -> String {
    let letters = header.chars().filter(|c| !c.is_whitespace() && *c != '*');
    let narrow = letters.map(|c| match c {
        '！'..='～' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '【' | '〔' => '(',
        '】' | '〕' => ')',
        c => c,
    });
    let narrow: String = narrow.collect();
    narrow
        .trim_end_matches(':')
        .replace('[', "(")
        .replace(']', ")")
}

/// A header before the brackets at its end, and what these hold.
fn bracketed(header: &str) -> Option<(&str, &str)> {
    header.strip_suffix(')')?.rsplit_once('(')
}

/// A header without the brackets at its end, unless they make the amounts below thousands of something.
fn without_measure(header: &str) -> Option<&str> {
    let (name, measure) = bracketed(header)?;
    (!measure.starts_with(['百', '千', '万', '亿'])).then_some(name)
}
