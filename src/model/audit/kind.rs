//! The kinds of suspicion.

use serde::{Serialize, Serializer};

/// Declares the kinds in the order in which they are told, each with its name in JSON and CSV.
macro_rules! kinds {
    ($($kind:ident $name:literal,)+) => {
        /// A kind of suspicion; they ascend in the order in which they are told.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub(crate) enum SuspicionKind {
            $(#[doc = $name] $kind,)+
        }

        impl SuspicionKind {
            /// Every kind.
            pub(crate) const ALL: &'static [Self] = &[$(Self::$kind),+];

            /// Its name in JSON and CSV.
            pub(crate) const fn name(self) -> &'static str {
                match self {
                    $(Self::$kind => $name,)+
                }
            }
        }
    };
}

kinds! {
    SamePhotograph "same_photograph",
    Lookalike "lookalike",
    OutsideWindow "outside_window",
    SameNote "same_note",
    BackDated "back_dated",
    TwoVerdicts "two_verdicts",
    TwoCorrections "two_corrections",
    SameRow "same_row",
    NoProof "no_proof",
}

impl Serialize for SuspicionKind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl SuspicionKind {
    /// Whether a merge brought it, so that no verdict settles it.
    pub(crate) const fn is_of_merge(self) -> bool {
        matches!(
            self,
            Self::TwoVerdicts | Self::TwoCorrections | Self::SameRow
        )
    }

    /// Whether several photographs are behind it.
    pub(crate) const fn is_of_photographs(self) -> bool {
        matches!(self, Self::SamePhotograph | Self::Lookalike)
    }
}
