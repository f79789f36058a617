//! How wide each column is. One answer for the rows laid out at once and for those that stream after them.

use super::wrap::NARROWEST;
use crate::document::{Align, Column};

/// The widths of a table's columns and the space between them, in terminal columns.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Layout {
    pub(super) widths: Vec<usize>,
    pub(super) gap: usize,
}

impl Layout {
    /// The widths for columns whose heads and first cells take `natural`. Two spaces stand between columns; one where
    /// that makes the table fit; and where it does not, columns that may wrap share what the others leave. They never
    /// become narrower than [`NARROWEST`]: then the table is wider than the screen.
    ///
    /// With `more` rows to come, a last column of words that may wrap gets all the space there is.
    pub(super) fn new(
        columns: &[Column],
        natural: Vec<usize>,
        screen: Option<usize>,
        more: bool,
    ) -> Layout {
        let total =
            |gap: usize| natural.iter().sum::<usize>() + gap * columns.len().saturating_sub(1);
        let Some(screen) = screen else {
            return Layout {
                widths: natural,
                gap: 2,
            };
        };
        let gap = if total(2) <= screen { 2 } else { 1 };
        let over = total(gap) > screen;
        let spare = screen.saturating_sub(total(gap));
        let mut widths = natural;
        if over {
            share(columns, &mut widths, screen, gap);
        } else if let (true, Some(last), Some(width)) = (more, columns.last(), widths.last_mut())
            && last.wrap
            && last.align == Align::Left
        {
            *width += spare;
        }
        Layout { widths, gap }
    }
}

/// Narrows the columns that may wrap until the table fits: the widest give first, to one common width.
fn share(columns: &[Column], widths: &mut [usize], screen: usize, gap: usize) {
    let fixed: usize = columns
        .iter()
        .zip(&*widths)
        .filter(|(column, _)| !column.wrap)
        .map(|(_, width)| width)
        .sum();
    let gaps = gap * columns.len().saturating_sub(1);
    let mut room = screen.saturating_sub(fixed + gaps);
    let mut wrapping: Vec<usize> = (0..columns.len()).filter(|&at| columns[at].wrap).collect();
    wrapping.sort_by_key(|&at| widths[at]);
    let mut left = wrapping.len();
    for at in wrapping {
        // The narrow ones come first and leave the rest of their part to the wide ones.
        widths[at] = widths[at].min((room / left).max(NARROWEST));
        room = room.saturating_sub(widths[at]);
        left -= 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(columns: &str, natural: &[usize], screen: usize, widths: &[usize], gap: usize) {
        let columns: Vec<Column> = columns
            .chars()
            .map(|kind| match kind {
                'n' => Column::right("n", ""),
                'w' => Column::left("w", "").wrapping(),
                _ => Column::left("l", ""),
            })
            .collect();
        let layout = Layout::new(&columns, natural.to_vec(), Some(screen), false);
        assert_eq!((layout.widths.as_slice(), layout.gap), (widths, gap));
    }

    #[test]
    fn columns_keep_their_width_while_they_fit() {
        case("lnw", &[10, 4, 20], 38, &[10, 4, 20], 2);
        case("lnw", &[10, 4, 20], 36, &[10, 4, 20], 1);
        case("", &[], 80, &[], 2);
    }

    #[test]
    fn those_that_may_wrap_give_way() {
        case("lnw", &[10, 4, 60], 40, &[10, 4, 24], 1);
        case("lww", &[10, 12, 60], 60, &[10, 12, 36], 1);
        case("lww", &[10, 70, 60], 60, &[10, 24, 24], 1);
    }

    #[test]
    fn too_narrow_a_screen_is_overrun() {
        case("lnw", &[40, 4, 60], 40, &[40, 4, NARROWEST], 1);
        case("ln", &[40, 10], 40, &[40, 10], 1);
        case("lw", &[40, 4], 40, &[40, 4], 1);
    }

    #[test]
    fn rows_to_come_may_use_the_whole_screen() {
        let columns = [Column::left("l", ""), Column::left("w", "").wrapping()];
        let layout = Layout::new(&columns, vec![10, 10], Some(80), true);
        assert_eq!(layout.widths, [10, 68]);
    }
}
