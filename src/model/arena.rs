//! Where the things of one unit lie in memory that is shared by all units.
//!
//! What is found of a unit is a few short lists and texts. A list of its own for each would be several allocations a unit, and a nation
//! has 650,000 units; so all units share one long list of each kind, and a unit keeps where its part is.

use std::ops::Range;

/// Where one unit's things are in the memory of all.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Extent {
    start: u32,
    end: u32,
}

impl Extent {
    /// From `start` to the end of what is now so long.
    fn since(start: usize, length: usize) -> Self {
        let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Self {
            start: place(start),
            end: place(length),
        }
    }

    /// Appends to a list.
    pub(crate) fn append<T>(all: &mut Vec<T>, more: impl IntoIterator<Item = T>) -> Self {
        let start = all.len();
        all.extend(more);
        Self::since(start, all.len())
    }

    /// Appends to a text.
    pub(crate) fn append_text(all: &mut String, more: &str) -> Self {
        let start = all.len();
        all.push_str(more);
        Self::since(start, all.len())
    }

    /// The places, for indexing.
    pub(crate) const fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}
