//! Exit codes, as grep and diff have them.

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// 0: answered, or done.
    Done,
    /// 1: lagging units exist, and `--exit-code` was given.
    Lagging,
    /// 2: could not; standard error says why.
    Failed,
}

impl Exit {
    /// The code that the process ends with.
    pub const fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Lagging => 1,
            Self::Failed => 2,
        }
    }
}
