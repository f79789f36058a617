//! Near names: what somebody probably meant by a word that nothing has.

use super::problem::{Saying, say};

/// The candidate nearest to `word`, if it is near enough to be meant.
pub(super) fn near<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let length = word.chars().count();
    let lower = word.to_lowercase();
    let most = match length {
        0 => return None,
        1..=3 => 1,
        4..=7 => 2,
        _ => 3,
    };
    let distance = |candidate: &str| strsim::osa_distance(&lower, &candidate.to_lowercase());
    candidates
        .into_iter()
        .map(|candidate| (distance(candidate), candidate))
        .filter(|(distance, candidate)| {
            *distance <= most && *distance < candidate.chars().count().max(length)
        })
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// The hint that names it.
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
    }
}
