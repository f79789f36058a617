//! Small drawings that stand among words, in a cell or a line: what they show, not how. Each stands beside the words that say the
//! same, for formats without drawings and for people who listen.

use super::Tone;

/// A drawing of one line's height.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Figure {
    /// What a whole is made of (17 on time, 3 late, 1 overdue): the parts fill the length together. The words say the same and
    /// stand only where nothing is drawn.
    Share(Vec<Part>),
    /// One amount beside others (16 days overdue, of which 30 are the longest). The words stand beside it.
    Length {
        /// The amount.
        amount: u64,
        /// What the full length stands for: the greatest amount of the table.
        longest: u64,
        /// What the amount means.
        tone: Tone,
    },
    /// How something grew: what was expected and what was done, from day to day. The words say how it ended.
    Curve {
        /// What was expected.
        expected: Vec<u64>,
        /// What was done.
        done: Vec<u64>,
    },
    /// Where rows of the table that follows can be looked for and sorted, in a format that can; it is called that.
    Find(String),
    /// Where more is said: another file beside this one. The words name it.
    Link(String),
    /// When something is to be done. The words say the same and stand only where nothing is drawn.
    Track(Track),
}

/// A part of a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Part {
    /// How many it is of.
    pub count: u64,
    /// What they have in common.
    pub tone: Tone,
}

impl Part {
    /// So many of that tone.
    pub(crate) fn new(count: u64, tone: Tone) -> Self {
        Part { count, tone }
    }
}

/// A line of days, counted from 0, which is the same for every row of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Track {
    /// The last day.
    pub last: u32,
    /// From when to when something may be done, both days included.
    pub windows: Vec<(u32, u32)>,
    /// When something falls due, and how that stands.
    pub dues: Vec<(u32, Tone)>,
    /// The day asked about, where it is one of these.
    pub today: Option<u32>,
}
