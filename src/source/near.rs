//! Near names: what somebody probably meant by a word that nothing has.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

use super::problem::{Saying, say};

/// A text in the letters that it stands for: full and half width, and what only looks different, are one (NFKC).
pub(crate) fn folded(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.nfkc().collect())
    }
}

/// The candidate nearest to `word`, if it is near enough to be meant.
pub(super) fn near<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    candidates
        .into_iter()
        .filter_map(|candidate| Some((slips(word, candidate)?, candidate)))
        .min_by_key(|(slips, _)| *slips)
        .map(|(_, candidate)| candidate)
}

/// How many slips of the keyboard make `candidate` of `word`; `None` where they are too many for that to be meant.
pub(crate) fn slips(word: &str, candidate: &str) -> Option<usize> {
    let length = word.chars().count();
    let most = match length {
        0 => return None,
        1..=4 => 1,
        5..=7 => 2,
        _ => 3,
    };
    let slips = strsim::osa_distance(&word.to_lowercase(), &candidate.to_lowercase());
    (slips <= most && slips < candidate.chars().count().max(length)).then_some(slips)
}

/// The hint that names the nearest.
pub(super) fn did_you_mean<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<Saying> {
    near(word, candidates).map(|name| say!("hint-did-you-mean", name = name))
}

#[cfg(test)]
mod tests {
    use super::near;

    #[test]
    fn a_slip_of_the_keyboard_is_seen_and_another_word_is_not() {
        let keys = ["evidence", "who", "target", "due", "横幅"];
        assert_eq!(near("evidnece", keys), Some("evidence"));
        assert_eq!(near("Who", keys), Some("who"));
        assert_eq!(near("横符", keys), Some("横幅"));
        assert_eq!(near("colour", keys), None);
        assert_eq!(near("", keys), None);
        assert_eq!(near("海报", keys), None);
        assert_eq!(near("code", ["note"]), None);
    }
}
