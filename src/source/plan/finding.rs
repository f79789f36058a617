//! What reading a plan found, by key path; the places are looked up only when there is something to say.

use std::fmt;

use crate::source::problem::{Saying, Severity};

/// A spot in the plan's tree of tables, linked to the one above it. Costs nothing until it is written out.
#[derive(Clone, Copy, Debug)]
pub(super) struct KeyPath<'a> {
    up: Option<&'a KeyPath<'a>>,
    step: Step<'a>,
}

/// One step down the tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step<'a> {
    /// Into a table.
    Key(&'a str),
    /// Into an array.
    Index(usize),
}

impl<'a> KeyPath<'a> {
    /// A key of the file itself.
    pub(super) const fn top(key: &'a str) -> Self {
        Self {
            up: None,
            step: Step::Key(key),
        }
    }

    /// A key of the table here.
    pub(super) const fn key(&'a self, key: &'a str) -> Self {
        Self {
            up: Some(self),
            step: Step::Key(key),
        }
    }

    /// An element of the array here.
    pub(super) const fn index(&'a self, index: usize) -> Self {
        Self {
            up: Some(self),
            step: Step::Index(index),
        }
    }

    /// The path from the top.
    pub(super) fn path(&self) -> Path {
        let mut path = self.up.map_or_else(Path::default, Self::path);
        path.0.push(match self.step {
            Step::Key(key) => KeyPart::Key(key.to_string()),
            Step::Index(index) => KeyPart::Index(index),
        });
        path
    }
}

/// A key path, `phase[0].activity[1].due`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Path(pub Vec<KeyPart>);

/// One part of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum KeyPart {
    /// A key.
    Key(String),
    /// A place in an array.
    Index(usize),
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, part) in self.0.iter().enumerate() {
            match part {
                KeyPart::Key(key) if place > 0 => write!(f, ".{key}")?,
                KeyPart::Key(key) => f.write_str(key)?,
                KeyPart::Index(index) => write!(f, "[{index}]")?,
            }
        }
        Ok(())
    }
}

/// Something worth saying about a spot of the plan.
#[derive(Clone, Debug)]
pub(super) struct Finding {
    /// How much it matters.
    pub severity: Severity,
    /// Where.
    pub path: Path,
    /// Keys of which one should be there, or beside it, and none is.
    pub missing: Vec<&'static str>,
    /// What, and what would help.
    pub saying: Saying,
}

impl Finding {
    /// An error at that spot.
    pub(super) fn error(at: &KeyPath<'_>, saying: Saying) -> Self {
        Self {
            severity: Severity::Error,
            path: at.path(),
            missing: Vec::new(),
            saying,
        }
    }

    /// A warning at that spot.
    pub(super) fn warning(at: &KeyPath<'_>, saying: Saying) -> Self {
        Self {
            severity: Severity::Warning,
            ..Self::error(at, saying)
        }
    }

    /// The same, where one of those keys should be there and none is.
    pub(super) fn missing(self, keys: &[&'static str]) -> Self {
        let missing = keys.to_vec();
        Self { missing, ..self }
    }
}
