//! Words as a workbook may have them: cells without what steers a program, in the length that a cell takes; names of sheets.

use std::collections::HashSet;

use crate::render::safe::replaced;

/// The most letters that a cell takes, in UTF-16.
const MOST_LETTERS: usize = 32_767;
/// The most letters that the name of a sheet has, in UTF-16.
const MOST_OF_NAME: usize = 31;

/// The words of a cell. What is too long is cut, and says how many letters were left out.
pub(super) fn cell(words: &str) -> String {
    let words = replaced(words);
    if words.len() <= MOST_LETTERS || words.encode_utf16().count() <= MOST_LETTERS {
        return words.into_owned();
    }
    const MARK: usize = 32;
    let kept = first(&words, MOST_LETTERS - MARK);
    let left = words[kept.len()..].chars().count();
    format!("{kept}… (+{left})")
}

/// Whether a spreadsheet would take the words for a formula if somebody typed them.
pub(super) fn is_formula_like(words: &str) -> bool {
    let signs = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];
    words.trim_start().starts_with(signs)
}

/// The longest beginning of so many letters in UTF-16.
fn first(words: &str, most: usize) -> &str {
    let mut room = most;
    let end = words.char_indices().find(|(_, letter)| {
        let fits = letter.len_utf16() <= room;
        room = room.saturating_sub(letter.len_utf16());
        !fits
    });
    end.map_or(words, |(at, _)| &words[..at])
}

/// The names of the sheets so far.
#[derive(Default)]
pub(super) struct Names(HashSet<String>);

impl Names {
    /// A name that no sheet has yet, as like that one as can be.
    pub(super) fn next(&mut self, wanted: &str) -> String {
        let wanted = replaced(wanted);
        let allowed = wanted.replace(['[', ']', ':', '*', '?', '/', '\\'], " ");
        let allowed = allowed.trim_matches(|c: char| c == '\'' || c.is_whitespace());
        // The last is a name that Excel keeps for itself.
        let is_name = !allowed.is_empty() && !allowed.eq_ignore_ascii_case("history");
        let allowed = if is_name { allowed } else { "Sheet" };
        let ends = (1..).map(|at| match at {
            1 => String::new(),
            at => format!(" ({at})"),
        });
        let mut names = ends.map(|end| {
            let kept = first(allowed, MOST_OF_NAME - end.len());
            format!("{}{end}", kept.trim_end_matches(['\'', ' ']))
        });
        let name = names.find(|name| self.0.insert(name.to_lowercase()));
        name.unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_takes_no_more_than_it_can_and_says_so() {
        assert_eq!(cell("塘坝\u{1b}村"), "塘坝\u{fffd}村");
        let whole = "村".repeat(MOST_LETTERS);
        assert_eq!(cell(&whole), whole);
        let cut = cell(&format!("{whole}🙂"));
        assert!(cut.encode_utf16().count() <= MOST_LETTERS);
        assert!(cut.ends_with("村… (+33)"), "{}", &cut[cut.len() - 20..]);
    }

    #[test]
    fn what_could_be_a_formula_is_known() {
        for words in ["=1+1", " =1", "+1", "-x", "@a", "＝1"] {
            assert!(is_formula_like(words), "{words}");
        }
        assert!(!is_formula_like("1-1"));
    }

    #[test]
    fn names_are_allowed_and_differ() {
        let mut names = Names::default();
        let mut case = |wanted: &str, expected: &str| assert_eq!(names.next(wanted), expected);
        case("进度", "进度");
        case("进度", "进度 (2)");
        case("Board", "Board");
        case("board", "board (2)");
        case("'a/b'", "a b");
        case("", "Sheet");
        case("History", "Sheet (2)");
        case(&"村".repeat(40), &"村".repeat(31));
        case(&"村".repeat(40), &format!("{} (2)", "村".repeat(27)));
        case(
            "🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂",
            "🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂",
        );
    }
}
