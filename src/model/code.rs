//! Codes: the checked names by which files, stores and JSON know plans, tasks, units and the parts of a plan.

use std::fmt;
use std::str::FromStr;

use compact_str::CompactString;
use serde::{Deserialize, Serialize};

/// What is wrong with a text that should be a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CodeError {
    /// Nothing there.
    #[error("empty")]
    Empty,
    /// More than 64 characters.
    #[error("longer than 64 characters")]
    Long,
    /// A character that no code holds.
    #[error("a code holds letters, digits, `-`, `_` and `.`, and begins with a letter or a digit")]
    Character,
}

/// Letters and digits of any script, `-`, `_`, `.`; begins with a letter or a digit; at most 64 characters.
fn examine(text: &str) -> Result<(), CodeError> {
    let first = text.chars().next().ok_or(CodeError::Empty)?;
    if text.chars().count() > 64 {
        return Err(CodeError::Long);
    }
    let allowed = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    if first.is_alphanumeric() && text.chars().all(allowed) {
        Ok(())
    } else {
        Err(CodeError::Character)
    }
}

macro_rules! code {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        #[serde(transparent)]
        pub struct $name(CompactString);

        impl $name {
            /// The code as it is written.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = CodeError;
            fn from_str(text: &str) -> Result<Self, CodeError> {
                examine(text).map(|()| Self(text.into()))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }

        impl PartialEq<str> for $name {
            fn eq(&self, other: &str) -> bool {
                self.0 == other
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}

code! {
    /// A plan's id: names its store.
    PlanId
}
code! {
    /// A task's code, unique in its plan.
    TaskCode
}
code! {
    /// A unit's code, unique in the roster.
    UnitCode
}
code! {
    /// The id of a part of the plan: a phase, an activity, a goal, a theme, an anchor, a rule.
    Id
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_letters_and_digits_of_any_script() {
        for text in ["banner", "511902101001", "T01", "镇人普办", "a-b_c.d"] {
            assert_eq!(
                text.parse::<TaskCode>().map(|code| code.to_string()),
                Ok(text.to_string())
            );
        }
    }

    #[test]
    fn texts_that_would_confuse_a_shell_a_path_or_a_spreadsheet_are_no_codes() {
        for text in [
            "-x",
            "=1+1",
            "a/b",
            "a b",
            "a,b",
            "a=b",
            "../x",
            ".x",
            "a\u{1b}[0m",
            "@x",
        ] {
            assert_eq!(
                text.parse::<UnitCode>(),
                Err(CodeError::Character),
                "{text:?}"
            );
        }
        assert_eq!("".parse::<UnitCode>(), Err(CodeError::Empty));
        assert_eq!("x".repeat(65).parse::<UnitCode>(), Err(CodeError::Long));
    }
}
