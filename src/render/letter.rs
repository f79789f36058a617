//! What the formats that set lines agree on about letters: how the signature stands, by GB/T 9704-2012, 7.3.5.

/// How far the day keeps from the right edge, in columns: four Han letters (右空四字).
const CLEAR: usize = 8;

/// The space at the right of a signature's two lines, in columns of half a Han letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Insets {
    /// Beside the organ.
    pub(super) organ: usize,
    /// Beside the day.
    pub(super) day: usize,
}

/// The organ stands above the middle of the day; where it is the longer by far, it stands at the edge and the day above
/// which it stands moves in.
pub(super) fn closing(organ: usize, day: usize) -> Insets {
    let middle = (2 * CLEAR + day).max(organ);
    Insets {
        organ: (middle - organ) / 2,
        day: (middle - day) / 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_organ_stands_above_the_middle_of_the_day() {
        let insets = |organ, day| {
            let Insets { organ, day } = closing(organ, day);
            (organ, day)
        };
        assert_eq!(insets(10, 14), (10, 8));
        assert_eq!(insets(26, 14), (2, 8));
        assert_eq!(insets(40, 14), (0, 13));
    }
}
