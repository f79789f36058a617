//! What programs make of days and codes in cells: numbers that look like others.

use crate::model::day::Day;
use crate::source::problem::{Saying, say};
use crate::source::workbook::{Cell, Kind};

/// Refuses a bare number where a day is wanted: 6.30 in a sheet is 6.3, and 44012 is whatever day a program counts from. One that is shown as
/// 6月 is none.
pub(in crate::source) fn no_number(cell: Cell<'_>) -> Result<(), Saying> {
    let digits = cell.text.len() > 4 && cell.text.bytes().all(|byte| byte.is_ascii_digit());
    if (cell.kind == Kind::Number && cell.text.is_ascii()) || digits {
        Err(say!("check-day-number", text = cell.text).hint(say!("hint-day-cell")))
    } else {
        Ok(())
    }
}

/// What `read` makes of a day or a period as it is shown. A year that the cell holds and nobody sees decides nothing: where it is another
/// than the one that is understood, the cell is refused.
pub(in crate::source) fn as_shown<T: PartialEq>(
    cell: Cell<'_>,
    mut read: impl FnMut(&str) -> Result<T, Saying>,
) -> Result<T, Saying> {
    let held = cell.text.get(..10).and_then(|day| day.parse::<Day>().ok());
    let Some(held) = held.filter(|_| cell.kind == Kind::NoYear) else {
        return read(cell.text);
    };
    let (_, month, day) = held.ymd();
    let shown = format!("{month}月{day}日");
    let found = read(&shown).map_err(|saying| match saying.hint {
        None => saying.hint(say!("hint-cell-part-of-day")),
        Some(_) => saying,
    })?;
    if found == read(&held.to_string())? {
        return Ok(found);
    }
    let saying = say!("check-day-year-unseen", shown = shown, text = held);
    Err(saying.hint(say!("hint-cell-part-of-day")))
}

/// The same with the hint that shows what may be written, where a day was not understood.
pub(in crate::source) fn with_day_forms(saying: Saying, forms: &'static str) -> Saying {
    match saying.id {
        "check-said-day" => saying.hint(Saying::new(forms, Vec::new())),
        _ => saying,
    }
}

/// Whether a text stands where there is nothing to write: `无`, `待定`, `-`, `/`.
pub(in crate::source) fn is_nothing(text: &str) -> bool {
    let mark = |c: char| {
        matches!(
            c,
            '-' | '－' | '–' | '—' | '―' | '/' | '／' | '\\' | '、' | '.' | '…'
        )
    };
    text.chars().all(|c| mark(c) || c.is_whitespace())
        || matches!(
            text.trim().to_lowercase().as_str(),
            "无" | "暂无" | "没有" | "待定" | "未定" | "未确定" | "none" | "nil" | "n/a" | "tbd"
        )
}

/// Whether a text is a number as a spreadsheet shows long ones, `5.11902E+11`.
pub(in crate::source) fn is_spoiled(text: &str) -> bool {
    let Some((head, tail)) = text.split_once(['E', 'e']) else {
        return false;
    };
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, places) = head.split_once('.').unwrap_or((head, "0"));
    whole.len() == 1
        && digits(whole)
        && digits(places)
        && tail.strip_prefix('+').is_some_and(digits)
}

/// What is to be said of such a text where a code is wanted.
pub(in crate::source) fn spoiled(text: &str) -> Saying {
    say!("check-code-spoiled", text = text).hint(say!("hint-code-spoiled"))
}
