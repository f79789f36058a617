//! Running the blocks of a document.
//!
//! | info string | what becomes of the block |
//! |---|---|
//! | `console` | runs; what is shown has to be what comes |
//! | `toml` | a whole plan: `duban check` finds no error |
//! | `toml fragment` | appended to [`MINIMAL`], without its `[plan]` where the fragment has one: no error |
//! | `toml NAME`, `csv NAME` | saved as NAME in the folder where the console is; a plan is checked before the next command |
//! | `text NAME` | saved as it is: a file that is wrong on purpose |
//! | `sh`, `text`, `rust`, `json` | shown only |

use std::fs;
use std::io::Write;
use std::process::{Command, Stdio};

use super::{chinese, documents, root, text};
use crate::support::Project;

/// What a fragment of a plan is appended to.
const MINIMAL: &str = r#"
[plan]
id = "minimal"
title = "A minimal plan"
issued = 2026-03-02

[[goal]]
id = "clean"
name = "A clean harbour"

[[theme]]
id = "glass"
name = "Glass is collected apart"

[[unit]]
code = "town"
name = "Harbour Town"
kind = "town"

[[unit]]
code = "v01"
name = "Alder"
kind = "village"
parent = "town"
labels = ["seaside"]
contact = "Ann"
households = 120

[[unit]]
code = "v02"
name = "Birch"
kind = "village"
parent = "town"
contact = "Ben"
households = 85

[[phase]]
id = "spring"
name = "Spring"
from = 2026-03-02
to = 2026-12-31

[[phase.activity]]
id = "quay"
name = "Clean the quay"
who = ["village"]

[[phase.activity.task]]
id = "sweep"
name = "Sweep the quay"
"#;

/// A document that is run.
struct Run<'a> {
    name: &'a str,
    project: Project,
    /// Plans that were saved and not checked yet.
    saved: Vec<String>,
}

impl Run<'_> {
    /// Runs the blocks and gives the text back with the outputs that came.
    fn replay(&mut self, text: &str) -> String {
        let mut replayed = String::new();
        let mut lines = text.lines();
        while let Some(line) = lines.next() {
            push(&mut replayed, line);
            let Some(info) = line.strip_prefix("```") else {
                continue;
            };
            let body: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
            match info.split_once(' ').unwrap_or((info, "")) {
                ("console", "") => {
                    self.check_saved();
                    replayed.push_str(&self.console(&body));
                }
                (kind, word) => {
                    self.data(kind, word, &body.join("\n"));
                    body.iter().for_each(|line| push(&mut replayed, line));
                }
            }
            push(&mut replayed, "```");
        }
        self.check_saved();
        replayed
    }

    fn console(&mut self, body: &[&str]) -> String {
        let mut replayed = String::new();
        let mut lines = body.iter().peekable();
        while let Some(line) = lines.next() {
            let Some(command) = line.strip_prefix("$ ") else {
                panic!("{}: output before the first command: {line}", self.name);
            };
            push(&mut replayed, line);
            let mut shown = String::new();
            while let Some(line) = lines.next_if(|line| !line.starts_with("$ ")) {
                push(&mut shown, line);
            }
            replayed.push_str(&self.answer(command).unwrap_or(shown));
        }
        replayed
    }

    /// What a command says; `None` for those of cargo, which do not run inside a test.
    fn answer(&mut self, command: &str) -> Option<String> {
        if let Some(assignment) = command.strip_prefix("export ") {
            let (name, value) = assignment.split_once('=').unwrap();
            self.project.put(name, value);
            return Some(String::new());
        }
        if let Some(folder) = command.strip_prefix("cd ") {
            self.project.enter(folder);
            return Some(String::new());
        }
        let command = match command.strip_prefix("cargo run --release -- ") {
            None if command.starts_with("cargo ") => return None,
            None => command.to_string(),
            Some(rest) => format!("duban {rest}"),
        };
        Some(match command.strip_prefix("duban ") {
            Some(line) => self.duban(line),
            None => self.shell(&command, ""),
        })
    }

    /// Runs duban, and what the shell would do with its output: `; echo $?`, `> FILE`, `| COMMAND`.
    fn duban(&self, line: &str) -> String {
        let (line, mark, rest) = split(line);
        let output = self.project.run(line);
        let answer = match mark {
            "; " => format!("{}{}\n", output.stdout, output.code),
            " | " => self.shell(rest, &output.stdout),
            " > " if rest == "/dev/null" => String::new(),
            " > " => {
                fs::write(self.project.here().join(rest), &output.stdout).unwrap();
                String::new()
            }
            _ => output.stdout,
        };
        format!("{}{answer}", output.stderr).replace("[folder]", "~")
    }

    /// Runs a command that is not duban.
    fn shell(&self, command: &str, input: &str) -> String {
        let mut child = Command::new("sh")
            .args(["-c", command])
            .current_dir(self.project.here())
            .env_clear()
            .env("PATH", "/usr/local/bin:/usr/bin:/bin")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdin = child.stdin.take().unwrap();
        stdin.write_all(input.as_bytes()).unwrap();
        drop(stdin);
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success(), "{}: {command}", self.name);
        String::from_utf8(output.stdout).unwrap()
    }

    /// Checks or saves a block that is not run.
    fn data(&mut self, kind: &str, word: &str, body: &str) {
        match (kind, word) {
            ("toml", "") => self.check(body),
            ("toml", "fragment") => {
                let head = MINIMAL.find("[[goal]]").unwrap();
                let minimal = if body.lines().any(|line| line == "[plan]") {
                    &MINIMAL[head..]
                } else {
                    MINIMAL
                };
                self.check(&format!("{minimal}\n{body}"));
            }
            ("toml" | "csv" | "text", file) if !file.is_empty() => {
                fs::write(self.project.here().join(file), format!("{body}\n")).unwrap();
                if kind == "toml" {
                    self.saved.push(file.to_string());
                }
            }
            ("sh" | "text" | "rust" | "json", "") => {}
            _ => panic!("{}: a block of `{kind} {word}`", self.name),
        }
    }

    fn check(&self, plan: &str) {
        let project = Project::with_plan(plan).set("DUBAN_LANG", "en");
        let output = project.run("check");
        assert_eq!(output.code, 0, "{}: {plan}\n{output}", self.name);
    }

    fn check_saved(&mut self) {
        for file in self.saved.drain(..) {
            let output = self.project.run(&format!("check --plan {file}"));
            assert_eq!(output.code, 0, "{}: {file}\n{output}", self.name);
        }
    }
}

fn push(text: &mut String, line: &str) {
    text.push_str(line);
    text.push('\n');
}

/// A line up to the first mark outside quotes that the shell takes for itself, the mark, and what is behind it.
fn split(line: &str) -> (&str, &str, &str) {
    let mut quote = None;
    for (at, c) in line.char_indices() {
        match quote {
            Some(open) if c == open => quote = None,
            Some(_) => {}
            None if matches!(c, '"' | '\'') => quote = Some(c),
            None => {
                let found = [" | ", " > ", "; "]
                    .into_iter()
                    .find(|mark| line[at..].starts_with(mark));
                if let Some(mark) = found {
                    return (&line[..at], mark, &line[at + mark.len()..]);
                }
            }
        }
    }
    (line, "", "")
}

#[track_caller]
#[expect(
    clippy::disallowed_methods,
    reason = "whoever runs the test says whether to update"
)]
fn case(name: &str, lang: &str, actor: &str) {
    let shown = text(name);
    let project = Project::empty()
        .set("DUBAN_LANG", lang)
        .set("DUBAN_ACTOR", actor)
        .wide(80);
    let mut run = Run {
        name,
        project,
        saved: Vec::new(),
    };
    let said = run.replay(&shown);
    if std::env::var("DUBAN_README").is_ok_and(|value| value == "update") {
        fs::write(root().join(name), said).unwrap();
        return;
    }
    for (at, (shown, said)) in shown.lines().zip(said.lines()).enumerate() {
        assert_eq!(shown, said, "{name}:{}", at + 1);
    }
    assert_eq!(shown.lines().count(), said.lines().count(), "{name}");
}

#[test]
fn the_documents_show_what_duban_says() {
    for name in documents() {
        case(&name, "en", "wang");
    }
}

#[test]
fn the_chinese_documents_show_what_duban_says() {
    for name in documents() {
        case(&chinese(&name), "zh-CN", "王干事");
    }
}
