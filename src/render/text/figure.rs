//! Drawings in the letters that every terminal has, each one column wide.

use std::borrow::Cow;

use crate::document::{Composer, Figure, Part, Text, Tone, Track};

/// The columns of a whole and its parts.
const SHARE: usize = 20;
/// The columns of the longest of several amounts.
const LENGTH: usize = 10;
/// The columns of a line of days.
const TRACK: usize = 12;

/// The text with its drawings as words.
pub(super) fn drawn(text: &Text) -> Cow<'_, Text> {
    if text.0.iter().all(|span| span.figure.is_none()) {
        return Cow::Borrowed(text);
    }
    let mut out = Composer::default();
    for span in &text.0 {
        match span.figure.as_deref() {
            None | Some(Figure::Curve { .. } | Figure::Find(_) | Figure::Link(_)) => {
                out.put(&span.text, span.tone)
            }
            Some(Figure::Share(parts)) => share(&mut out, parts),
            Some(Figure::Length {
                amount,
                longest,
                tone,
            }) => {
                length(&mut out, *amount, *longest, *tone);
                out.put(&span.text, span.tone);
            }
            Some(Figure::Track(days)) => track(&mut out, days),
        }
    }
    Cow::Owned(out.take())
}

/// `#` for what was done, `=` for what was done late, a point for what is open.
fn share(out: &mut Composer, parts: &[Part]) {
    let counts: Vec<u64> = parts.iter().map(|part| part.count).collect();
    for (part, columns) in parts.iter().zip(columns(&counts, SHARE)) {
        let letter = match part.tone {
            Tone::Done => "#",
            Tone::Late => "=",
            _ => ".",
        };
        out.put(&letter.repeat(columns), part.tone);
    }
}

/// How many of the columns each part gets: by its share, rounded down; none that has something gets nothing; what is left over
/// or lacking is the widest part's.
fn columns(counts: &[u64], columns: usize) -> Vec<usize> {
    let whole: u128 = counts.iter().map(|count| u128::from(*count)).sum();
    let each = |count: &u64| {
        let share = (u128::from(*count) * columns as u128).checked_div(whole);
        let share = usize::try_from(share.unwrap_or(0)).unwrap_or(0);
        share.max(usize::from(*count > 0))
    };
    let mut shares: Vec<usize> = counts.iter().map(each).collect();
    let others: usize = shares.iter().sum();
    if whole > 0
        && let Some(widest) = shares.iter_mut().max()
    {
        *widest = (*widest + columns).saturating_sub(others);
    }
    shares
}

fn length(out: &mut Composer, amount: u64, longest: u64, tone: Tone) {
    if amount > 0 {
        let columns =
            (u128::from(amount) * LENGTH as u128).div_ceil(u128::from(longest.max(amount)));
        out.put(
            &"#".repeat(usize::try_from(columns).unwrap_or(LENGTH)),
            tone,
        );
        out.put(" ", Tone::Plain);
    }
}

/// `=` where there is time, `+` where something falls due, `|` today.
fn track(out: &mut Composer, days: &Track) {
    let mut cells = [(".", Tone::Dim); TRACK];
    let place = |day: u32| {
        let at = u64::from(day.min(days.last)) * (TRACK as u64 - 1);
        let at = at.checked_div(u64::from(days.last)).unwrap_or(0);
        usize::try_from(at).unwrap_or(0)
    };
    for (from, to) in &days.windows {
        cells[place(*from)..=place(*to).max(place(*from))].fill(("=", Tone::Plain));
    }
    for (due, tone) in &days.dues {
        cells[place(*due)] = ("+", *tone);
    }
    if let Some(today) = days.today {
        cells[place(today)] = ("|", Tone::Strong);
    }
    for (letter, tone) in cells {
        out.put(letter, tone);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn case(figure: Figure, words: &str, expected: &str) {
        assert_eq!(drawn(&Text::figure(figure, words)).plain(), expected);
    }

    #[test]
    fn a_whole_shows_each_of_its_parts() {
        let parts = |done, late, overdue| {
            Figure::Share(vec![
                Part::new(done, Tone::Done),
                Part::new(late, Tone::Late),
                Part::new(overdue, Tone::Overdue),
            ])
        };
        case(parts(17, 3, 1), "20/21", "#################==.");
        case(parts(93, 0, 1), "93/94", "###################.");
        case(parts(3, 0, 0), "3/3", "####################");
        case(parts(0, 0, 0), "-", "");
    }

    #[test]
    fn amounts_are_as_long_as_they_are_large_and_told() {
        let days = |amount| Figure::Length {
            amount,
            longest: 30,
            tone: Tone::Overdue,
        };
        case(days(30), "30天", "########## 30天");
        case(days(16), "16天", "###### 16天");
        case(days(1), "1天", "# 1天");
        case(days(0), "-", "-");
    }

    #[test]
    fn days_stand_where_they_fall() {
        let track = Track {
            last: 11,
            windows: vec![(2, 4), (9, 20)],
            dues: vec![(4, Tone::Overdue)],
            today: Some(6),
        };
        case(Figure::Track(track), "", "..==+.|..===");
        case(Figure::Track(Track::default()), "", "............");
    }

    proptest! {
        #[test]
        fn parts_fill_the_whole_and_none_is_lost(counts in prop::collection::vec(0..=u64::MAX, 1..6)) {
            let shares = columns(&counts, SHARE);
            let whole: u128 = counts.iter().map(|count| u128::from(*count)).sum();
            prop_assert_eq!(shares.iter().sum::<usize>(), if whole == 0 { 0 } else { SHARE });
            for (count, share) in counts.iter().zip(shares) {
                prop_assert_eq!(*count > 0, share > 0);
            }
        }
    }
}
