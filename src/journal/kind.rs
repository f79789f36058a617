//! The kinds of entries, as stores number them and files name them. Numbers and names are for ever.

use std::fmt;
use std::str::FromStr;

use crate::model::entry::Act;

/// What sort of fact an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Kind {
    /// 报送.
    Record = 1,
    /// Something never was.
    Undo = 2,
    /// 审核通过.
    Accept = 3,
    /// 退回整改.
    Return = 4,
    /// 表扬.
    Commend = 5,
    /// 免办.
    Excuse = 6,
    /// A later due day.
    Extend = 7,
    /// 上级部署.
    Instruct = 8,
    /// 催办.
    Remind = 9,
    /// 通报.
    Notice = 10,
    /// 申诉.
    Object = 11,
    /// 维持.
    Uphold = 12,
    /// 撤销.
    Reverse = 13,
    /// Another plan or roster.
    Apply = 14,
    /// An obligation laid on a unit by an apply.
    Gain = 15,
    /// A contact named by the roster.
    Contact = 16,
    /// 点名, 扣分.
    Book = 17,
}

/// A name that no kind has.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown kind of entry `{0}`")]
pub struct UnknownKind(pub String);

impl Kind {
    /// All of them, by number.
    pub const ALL: [Self; 17] = [
        Self::Record,
        Self::Undo,
        Self::Accept,
        Self::Return,
        Self::Commend,
        Self::Excuse,
        Self::Extend,
        Self::Instruct,
        Self::Remind,
        Self::Notice,
        Self::Object,
        Self::Uphold,
        Self::Reverse,
        Self::Apply,
        Self::Gain,
        Self::Contact,
        Self::Book,
    ];

    /// The kind of that act.
    pub const fn of(act: &Act) -> Self {
        match act {
            Act::Record(_) => Self::Record,
            Act::Undo { .. } => Self::Undo,
            Act::Accept { .. } => Self::Accept,
            Act::Return { .. } => Self::Return,
            Act::Excuse { .. } => Self::Excuse,
            Act::Extend { .. } => Self::Extend,
            Act::Instruct { .. } => Self::Instruct,
            Act::Apply { .. } => Self::Apply,
            Act::Gain { .. } => Self::Gain,
            Act::Contact { .. } => Self::Contact,
            Act::Commend { .. } => Self::Commend,
            Act::Remind { .. } => Self::Remind,
            Act::Notice(_) => Self::Notice,
            Act::Book(_) => Self::Book,
            Act::Object { .. } => Self::Object,
            Act::Uphold { .. } => Self::Uphold,
            Act::Reverse { .. } => Self::Reverse,
        }
    }

    /// Its number in stores and hashes.
    pub const fn number(self) -> u8 {
        self as u8
    }

    /// The kind with that number, if this version knows it.
    pub fn from_number(number: i64) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|kind| i64::from(kind.number()) == number)
    }

    /// Its name in files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Record => "record",
            Self::Undo => "undo",
            Self::Accept => "accept",
            Self::Return => "return",
            Self::Excuse => "excuse",
            Self::Extend => "extend",
            Self::Instruct => "instruct",
            Self::Apply => "apply",
            Self::Gain => "gain",
            Self::Contact => "contact",
            Self::Commend => "commend",
            Self::Remind => "remind",
            Self::Notice => "notice",
            Self::Book => "book",
            Self::Object => "object",
            Self::Uphold => "uphold",
            Self::Reverse => "reverse",
        }
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
        Self::ALL
            .into_iter()
            .find(|kind| kind.name() == text)
            .ok_or_else(|| UnknownKind(text.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_names_lead_back_to_their_kind() {
        for kind in Kind::ALL {
            assert_eq!(Kind::from_number(i64::from(kind.number())), Some(kind));
            assert_eq!(kind.name().parse(), Ok(kind));
        }
        assert_eq!(Kind::from_number(0), None);
        assert!("praise".parse::<Kind>().is_err());
    }

    #[test]
    fn numbers_never_change() {
        let numbers: Vec<u8> = Kind::ALL.into_iter().map(Kind::number).collect();
        assert_eq!(numbers, (1..=17).collect::<Vec<u8>>());
    }
}
