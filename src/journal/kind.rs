//! The kinds of entries, as stores number them and files name them. Numbers and names are for ever.

use std::fmt;
use std::str::FromStr;

use crate::model::entry::Act;

/// Declares the kinds: each with its number in stores and hashes, its name in files, and the act that is of it.
macro_rules! kinds {
    ($($(#[$about:meta])* $kind:ident = $number:literal, $name:literal, $act:pat,)+) => {
        /// What sort of fact an entry is.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub enum Kind {
            $($(#[$about])* $kind = $number,)+
        }

        impl Kind {
            /// All of them, by number.
            pub const ALL: &[Self] = &[$(Self::$kind),+];

            /// The kind of that act.
            pub const fn of(act: &Act) -> Self {
                match act {
                    $($act => Self::$kind,)+
                }
            }

            /// Its name in files.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$kind => $name,)+
                }
            }
        }
    };
}

kinds! {
    /// 报送.
    Record = 1, "record", Act::Record(_),
    /// Something never was.
    Undo = 2, "undo", Act::Undo { .. },
    /// 审核通过.
    Accept = 3, "accept", Act::Accept { .. },
    /// 退回整改.
    Return = 4, "return", Act::Return { .. },
    /// 表扬.
    Commend = 5, "commend", Act::Commend { .. },
    /// 免办.
    Excuse = 6, "excuse", Act::Excuse { .. },
    /// A later due day.
    Extend = 7, "extend", Act::Extend { .. },
    /// 上级部署.
    Instruct = 8, "instruct", Act::Instruct { .. },
    /// 催办.
    Remind = 9, "remind", Act::Remind { .. },
    /// 通报.
    Notice = 10, "notice", Act::Notice(_),
    /// 申诉.
    Object = 11, "object", Act::Object { .. },
    /// 维持.
    Uphold = 12, "uphold", Act::Uphold { .. },
    /// 撤销.
    Reverse = 13, "reverse", Act::Reverse { .. },
    /// Another plan or roster.
    Apply = 14, "apply", Act::Apply { .. },
    /// An obligation laid on a unit by an apply.
    Gain = 15, "gain", Act::Gain { .. },
    /// A contact named by the roster.
    Contact = 16, "contact", Act::Contact { .. },
    /// 点名, 扣分.
    Book = 17, "book", Act::Book(_),
}

/// A name that no kind has.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown kind of entry `{0}`")]
pub struct UnknownKind(pub String);

impl Kind {
    /// Its number in stores and hashes.
    pub const fn number(self) -> u8 {
        self as u8
    }

    /// The kind with that number, if this version knows it.
    pub fn from_number(number: i64) -> Option<Self> {
        let mut all = Self::ALL.iter().copied();
        all.find(|kind| i64::from(kind.number()) == number)
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Kind {
    type Err = UnknownKind;

    fn from_str(text: &str) -> Result<Self, UnknownKind> {
        let mut all = Self::ALL.iter().copied();
        let found = all.find(|kind| kind.name() == text);
        found.ok_or_else(|| UnknownKind(text.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_names_lead_back_to_their_kind() {
        for kind in Kind::ALL.iter().copied() {
            assert_eq!(Kind::from_number(i64::from(kind.number())), Some(kind));
            assert_eq!(kind.name().parse(), Ok(kind));
        }
        assert_eq!(Kind::from_number(0), None);
        assert!("praise".parse::<Kind>().is_err());
    }

    #[test]
    fn numbers_never_change() {
        let numbers: Vec<u8> = Kind::ALL.iter().map(|kind| kind.number()).collect();
        assert_eq!(numbers, (1..=17).collect::<Vec<u8>>());
    }
}
