//! A project in a folder of its own: a fixed day, a fixed width, an environment that holds nothing else.

mod process;
pub(crate) mod server;

use std::cell::Cell;
use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use duban::{Colour, Exit, Terminal, World};
use tempfile::TempDir;

/// A project.
pub(crate) struct Project {
    folder: TempDir,
    inside: PathBuf,
    variables: BTreeMap<String, String>,
    width: Option<usize>,
    terminal: Terminal,
    input: Vec<u8>,
}

/// What a command said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Output {
    /// Standard output.
    pub stdout: String,
    /// Standard error.
    pub stderr: String,
    /// The exit code.
    pub code: u8,
}

thread_local! {
    static COUNTER: Cell<u64> = const { Cell::new(0) };
}

/// Bytes that differ from call to call and are the same in every run of a test.
fn random() -> [u8; 16] {
    let number = COUNTER.with(|counter| {
        counter.set(counter.get() + 1);
        counter.get()
    });
    let mut bytes = [0; 16];
    for (byte, at) in bytes.iter_mut().zip(1..) {
        *byte = (number
            .wrapping_mul(0x9e37_79b9_7f4a_7c15)
            .rotate_left(at * 7)
            & 0xff) as u8;
    }
    bytes
}

/// 2020-07-03T09:00:00+08:00.
const NOW: i64 = 1_593_738_000_000;

impl Project {
    /// An empty folder, in Chinese, on 2020-07-03.
    pub(crate) fn empty() -> Self {
        COUNTER.with(|counter| counter.set(0));
        let variables = [
            ("DUBAN_TODAY", "2020-07-03"),
            ("DUBAN_ACTOR", "王干事"),
            ("DUBAN_LANG", "zh-CN"),
        ];
        Self {
            folder: tempfile::tempdir().unwrap(),
            inside: PathBuf::new(),
            variables: variables
                .into_iter()
                .map(|(name, value)| (name.to_string(), value.to_string()))
                .collect(),
            width: None,
            terminal: Terminal::default(),
            input: Vec::new(),
        }
    }

    /// A project with that plan file, and the roster that it names beside it.
    pub(crate) fn with_plan(plan: &str) -> Self {
        let project = Self::empty();
        project.write("duban.toml", plan);
        project
    }

    /// The Qingjiang plan with its roster.
    pub(crate) fn qingjiang() -> Self {
        let project = Self::empty();
        let plans = Path::new(env!("CARGO_MANIFEST_DIR")).join("plans");
        project.write(
            "duban.toml",
            fs::read_to_string(plans.join("qingjiang-2020.toml")).unwrap(),
        );
        let roster = "qingjiang-2020.units.csv";
        project.write(roster, fs::read_to_string(plans.join(roster)).unwrap());
        project
    }

    /// A small plan in English with its roster inside.
    pub(crate) fn small() -> Self {
        Self::with_plan(SMALL).set("DUBAN_LANG", "en")
    }

    /// The same with a variable set.
    pub(crate) fn set(mut self, name: &str, value: &str) -> Self {
        self.variables.insert(name.to_string(), value.to_string());
        self
    }

    /// Sets a variable.
    pub(crate) fn put(&mut self, name: &str, value: &str) -> &mut Self {
        self.variables.insert(name.to_string(), value.to_string());
        self
    }

    /// What a variable says.
    pub(crate) fn variable(&self, name: &str) -> Option<&str> {
        self.variables.get(name).map(String::as_str)
    }

    /// Removes a variable.
    pub(crate) fn unset(&mut self, name: &str) -> &mut Self {
        self.variables.remove(name);
        self
    }

    /// On another day.
    pub(crate) fn on(&mut self, day: &str) -> &mut Self {
        self.put("DUBAN_TODAY", day)
    }

    /// On a screen of that width.
    pub(crate) fn wide(mut self, width: usize) -> Self {
        self.width = Some(width);
        self
    }

    /// With standard output on a terminal.
    pub(crate) fn seen(mut self) -> Self {
        self.terminal.stdout = true;
        self
    }

    /// In a folder below; `..` goes up again.
    pub(crate) fn enter(&mut self, folder: &str) -> &mut Self {
        if folder == ".." {
            self.inside.pop();
        } else {
            self.inside.push(folder);
        }
        self
    }

    /// The folder in which commands run.
    pub(crate) fn here(&self) -> PathBuf {
        self.folder.path().join(&self.inside)
    }

    /// With that on standard input.
    pub(crate) fn input(&mut self, bytes: impl Into<Vec<u8>>) -> &mut Self {
        self.input = bytes.into();
        self
    }

    /// A path in the project.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file.
    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    /// Reads a file.
    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    /// Runs a command, typed as in a shell; quotes hold words together.
    pub(crate) fn run(&self, line: &str) -> Output {
        let mut args = vec!["duban".to_string()];
        args.extend(words(line));
        let (mut stdout, mut stderr) = (Vec::new(), Vec::new());
        let exit: Exit = duban::run(
            args.into_iter().map(Into::into).collect(),
            World {
                variables: self.variables.clone(),
                folder: self.here(),
                stdin: &mut self.input.as_slice(),
                stdout: &mut stdout,
                stderr: &mut stderr,
                terminal: self.terminal,
                colour: Colour::default(),
                width: self.width,
                now: NOW,
                random,
            },
        );
        let folder = self.folder.path().to_str().unwrap();
        let text = |bytes| {
            String::from_utf8(bytes)
                .unwrap()
                .replace(folder, "[folder]")
        };
        let output = Output {
            stdout: text(stdout),
            stderr: text(stderr),
            code: exit.code(),
        };
        for said in [&output.stdout, &output.stderr] {
            assert!(
                !said.contains("{$"),
                "duban {line}: a message lacks a value\n{output}"
            );
        }
        output
    }

    /// Runs a command that has to succeed.
    #[track_caller]
    pub(crate) fn ok(&self, line: &str) -> Output {
        let output = self.run(line);
        assert_eq!(output.code, 0, "duban {line}\n{output}");
        output
    }

    /// Runs a command that has to succeed and answers in JSON.
    #[track_caller]
    pub(crate) fn json(&self, line: &str) -> serde_json::Value {
        serde_json::from_str(&self.ok(&format!("{line} --format json")).stdout).unwrap()
    }

    /// Runs commands one after another and tells the whole conversation.
    pub(crate) fn talk(&self, lines: &[&str]) -> String {
        lines
            .iter()
            .map(|line| format!("$ duban {line}\n{}", self.run(line)))
            .collect::<Vec<_>>()
            .join("\n")
    }
}

impl fmt::Display for Output {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.stdout)?;
        if !self.stderr.is_empty() {
            writeln!(f, "--- stderr ---")?;
            f.write_str(&self.stderr)?;
        }
        writeln!(f, "--- {} ---", self.code)
    }
}

/// The words of a line; single and double quotes hold words together.
pub(crate) fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    for c in line.chars() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (None, '"' | '\'') => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            (None, ' ') => words.extend(word.take()),
            (_, c) => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    words
}

/// A plan that has one of everything, small enough to work out by hand.
pub(crate) const SMALL: &str = r#"
[plan]
id = "small"
title = "Small plan"
issuer = "Office"
issued = 2020-06-01
supervisor = "office"
lang = "en"
timezone = "+00:00"

[[phase]]
id = "p1"
name = "First"
from = 2020-06-01
to = 2020-08-31

[[phase.activity]]
id = "work"
name = "Work"
clause = "1"
due = 2020-06-30
who = ["village"]

[[phase.activity.task]]
id = "banner"
name = "Hang banners"
short = "banner"
target = { count = 3, measure = "pcs" }

[[phase.activity.task]]
id = "plan"
name = "Write a plan"
short = "plan"

[[phase.activity.task]]
id = "report"
name = "Monthly report"
short = "report"
every = "month"
nil = true

[[phase.activity.task]]
id = "notice"
name = "Read out the notice"
short = "notice"
on = "instruction"

[[phase.activity.task]]
id = "office-plan"
name = "The office's own plan"
short = "own plan"
who = ["office"]

[[unit]]
code = "area"
name = "North"
kind = "area"

[[unit]]
code = "v1"
name = "Alder"
kind = "village"
parent = "area"
contact = "Ann"
phone = "13812341234"

[[unit]]
code = "v2"
name = "Birch"
kind = "village"
parent = "area"

[[unit]]
code = "v3"
name = "Cedar"
kind = "village"
parent = "area"

[[unit]]
code = "office"
name = "Town office"
kind = "office"
"#;
