//! The number that words stand for, and how it is to be shown so that it reads as they do.

use compact_str::{CompactString, format_compact};

/// More digits than this a spreadsheet does not keep.
const MOST_DIGITS: usize = 15;
/// The pattern that shows whatever somebody makes of the number.
const GENERAL: &str = "General";

/// The one number among the words (`16天`, `-17.5`, `86.8%`) with its pattern, which shows it in the same words. Words without a
/// digit are a nought that is shown as they are. `None` = there are no words, or more than one number, or more digits than can be kept.
pub(super) fn read(words: &str) -> Option<(f64, CompactString)> {
    let words = words.trim();
    if words.is_empty() || words.contains(['"', '\\']) {
        return None;
    }
    let Some(first) = words.find(|c: char| c.is_ascii_digit()) else {
        let shown = literal(words);
        return Some((0.0, format_compact!("{GENERAL};-{GENERAL};{shown}")));
    };
    let (before, rest) = words.split_at(first);
    let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.');
    let (digits, after) = rest.split_at(end.unwrap_or(rest.len()));
    let (before, sign) = match before.strip_suffix(['-', '+']) {
        Some(shorter) => (shorter, &before[shorter.len()..]),
        None => (before, ""),
    };
    if after.contains(|c: char| c.is_ascii_digit()) || digits.len() > MOST_DIGITS {
        return None;
    }
    let number: f64 = format_compact!("{sign}{digits}").parse().ok()?;
    let places = digits.split_once('.').map_or(0, |(_, places)| places.len());
    let mut shown = CompactString::from("0");
    if places > 0 {
        shown.push('.');
        shown.extend(std::iter::repeat_n('0', places));
    }
    let (number, after) = match after.strip_prefix('%') {
        Some(after) => {
            shown.push('%');
            (number / 100.0, after)
        }
        None => (number, after),
    };
    if shown == "0" && sign != "+" && before.is_empty() && after.is_empty() {
        return Some((number, GENERAL.into()));
    }
    let (before, after) = (literal(before), literal(after));
    let plain = format_compact!("{before}{shown}{after}");
    let pattern = match sign {
        "+" => format_compact!("{before}+{shown}{after};{before}-{shown}{after};{plain}"),
        _ => plain,
    };
    Some((number, pattern))
}

fn literal(words: &str) -> CompactString {
    match words {
        "" => CompactString::default(),
        words => format_compact!("\"{words}\""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_with_what_shows_it() {
        #[track_caller]
        fn case(words: &str, number: f64, pattern: &str) {
            assert_eq!(read(words), Some((number, pattern.into())), "{words}");
        }
        case("12", 12.0, "General");
        case("-3", -3.0, "General");
        case("+3", 3.0, "+0;-0;0");
        case("16天", 16.0, "0\"天\"");
        case("1 day", 1.0, "0\" day\"");
        case("第2期", 2.0, "\"第\"0\"期\"");
        case("-17.5", -17.5, "0.0");
        case("+0.5", 0.5, "+0.0;-0.0;0.0");
        case("86.8%", 0.868, "0.0%");
        case("100%", 1.0, "0%");
        case("-", 0.0, "General;-General;\"-\"");
    }

    #[test]
    fn what_is_no_single_number_stays_words() {
        for words in [
            "",
            " ",
            "12/20张",
            "2020-07-03",
            "1.2.3",
            "3\"",
            "1234567890123456",
        ] {
            assert_eq!(read(words), None, "{words}");
        }
    }
}
