//! What a run may know of the world around it: everything that `main` reads from the system, as one argument.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::path::PathBuf;

/// The world of one run.
pub struct World<'a> {
    /// Environment variables; those that are not UTF-8 are left out.
    pub variables: BTreeMap<String, String>,
    /// The folder that relative paths are relative to.
    pub folder: PathBuf,
    /// Standard input.
    pub stdin: &'a mut dyn Read,
    /// Standard output: data.
    pub stdout: &'a mut dyn Write,
    /// Standard error: talk.
    pub stderr: &'a mut dyn Write,
    /// Which of the three are terminals.
    pub terminal: Terminal,
    /// Where colour is welcome, unless `--color` says otherwise.
    pub colour: Colour,
    /// The terminal's width in columns, where it is known.
    pub width: Option<usize>,
    /// Now, in milliseconds since 1970 UTC.
    pub now: i64,
    /// Sixteen random bytes.
    pub random: fn() -> [u8; 16],
}

/// Which streams are terminals.
#[derive(Clone, Copy, Debug, Default)]
pub struct Terminal {
    /// Standard input.
    pub stdin: bool,
    /// Standard output.
    pub stdout: bool,
    /// Standard error.
    pub stderr: bool,
}

/// Which streams show colour: terminals that can, by what `NO_COLOR`, `CLICOLOR`, `CLICOLOR_FORCE` and `TERM` ask.
#[derive(Clone, Copy, Debug, Default)]
pub struct Colour {
    /// Standard output.
    pub stdout: bool,
    /// Standard error.
    pub stderr: bool,
}

impl World<'_> {
    /// A variable that is set and not empty.
    pub fn variable(&self, name: &str) -> Option<&str> {
        self.variables
            .get(name)
            .map(String::as_str)
            .filter(|value| !value.trim().is_empty())
    }
}
