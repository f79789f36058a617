//! What can be typed. The doc comments are the English help; the Chinese one is laid over by `help`.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use clap::{Args, CommandFactory, FromArgMatches, Parser};

use super::commands::{Command, alone};
use super::output::formats;
use crate::render::Format;

/// Tracks what a plan asks of many units: who has done it, who is late, who is behind, and drafts the notice.
///
/// A plan file (TOML) sets who must do what and by when; `done` and `import` record what each unit has done; `status`,
/// `lagging` and `board` show the progress as of any day.
#[derive(Debug, Parser)]
#[command(
    name = "duban",
    version,
    disable_help_subcommand = true,
    infer_subcommands = false
)]
pub(super) struct Arguments {
    #[command(flatten)]
    pub globals: Globals,
    #[command(subcommand)]
    pub command: Command,
}

impl Arguments {
    /// What was typed.
    ///
    /// # Errors
    /// What clap has to say instead: help, a version, a mistake.
    pub(super) fn typed(args: &[OsString]) -> Result<Self, clap::Error> {
        // Making all the commands takes longer than many of them run: the one that is typed is made alone first. What it
        // cannot parse, all of them judge.
        let mut words = args.iter().skip(1).filter_map(|word| word.to_str());
        if let Some(command) = words.find_map(alone) {
            let root = Globals::augment_args(clap::Command::new("duban")).subcommand(command);
            let alone = root.try_get_matches_from(args);
            if let Ok(arguments) = alone.and_then(|matches| Self::from_arg_matches(&matches)) {
                return Ok(arguments);
            }
        }
        let matches = Self::command().try_get_matches_from(args)?;
        Self::from_arg_matches(&matches)
    }
}

/// What every command takes.
#[derive(Args, Clone, Debug, Default)]
pub(super) struct Globals {
    /// Plan file [default: DUBAN_PLAN, else duban.toml here or above]
    #[arg(
        long,
        global = true,
        value_name = "FILE",
        help_heading = "Global options"
    )]
    pub plan: Option<PathBuf>,
    /// Store [default: DUBAN_STORE, else the .db next to the plan]
    #[arg(
        long,
        global = true,
        value_name = "PATH",
        help_heading = "Global options"
    )]
    pub store: Option<PathBuf>,
    /// Folder for evidence files [default: DUBAN_EVIDENCE, else the .evidence next to the store]
    #[arg(
        long,
        global = true,
        value_name = "DIR",
        help_heading = "Global options"
    )]
    pub evidence_dir: Option<PathBuf>,
    /// Language of messages and tables: zh-CN or en [default: DUBAN_LANG, else the locale, else the plan's]
    #[arg(
        long,
        global = true,
        value_name = "LANG",
        help_heading = "Global options"
    )]
    pub lang: Option<String>,
    /// Print errors only on standard error
    #[arg(long, global = true, help_heading = "Global options")]
    pub quiet: bool,
}

/// Where an answer goes and in what form.
#[derive(Args, Clone, Debug, Default)]
pub(super) struct OutputArgs {
    /// Output format
    #[arg(long, value_parser = formats(), value_name = "FORMAT", help_heading = "Output")]
    pub format: Option<Format>,
    /// Write to FILE; format inferred from the extension: .docx .txt .md .html .json .jsonl .csv
    #[arg(short, long, value_name = "FILE", help_heading = "Output")]
    pub output: Option<PathBuf>,
}

impl OutputArgs {
    /// Whether the answer is for a screen, which folds rows away and hints at commands; anything else holds all rows.
    pub(super) fn is_for_screen(&self) -> bool {
        self.file().is_none() && self.format.is_none_or(|format| format == Format::Text)
    }

    /// Whether the answer is plain text, on a screen or in a file.
    pub(super) fn is_text(&self) -> bool {
        let of_file = || self.file().map_or(Some(Format::Text), Format::from_ending);
        matches!(
            self.format.or_else(of_file),
            Some(Format::Text | Format::Txt)
        )
    }

    /// The file named; `-` is standard output, as without any.
    pub(super) fn file(&self) -> Option<&Path> {
        file(self.output.as_ref())
    }
}

/// The file that `-o` names, if it is not `-` for standard output.
pub(super) fn file(output: Option<&PathBuf>) -> Option<&Path> {
    output.map(PathBuf::as_path).filter(|path| *path != "-")
}

/// The day asked about, and what was known by when.
#[derive(Args, Clone, Debug, Default)]
pub(super) struct ViewArgs {
    /// Report date (a future date gives a forecast) [default: today]
    #[arg(
        long,
        value_name = "DAY",
        allow_hyphen_values = true,
        help_heading = "View"
    )]
    pub as_of: Option<String>,
    /// Count only entries recorded by DAY
    #[arg(
        long,
        value_name = "DAY",
        allow_hyphen_values = true,
        help_heading = "View"
    )]
    pub known_by: Option<String>,
}

/// Which units and tasks.
#[derive(Args, Clone, Debug, Default)]
pub(super) struct FilterArgs {
    /// Only units in this area, at any depth [default: DUBAN_AREA]
    #[arg(long, value_name = "AREA", help_heading = "Filters")]
    pub area: Option<String>,
    /// Only units of this kind
    #[arg(
        long,
        value_name = "KIND",
        value_delimiter = ',',
        help_heading = "Filters"
    )]
    pub kind: Vec<String>,
    /// Only units with this label
    #[arg(
        long,
        value_name = "LABEL",
        value_delimiter = ',',
        help_heading = "Filters"
    )]
    pub label: Vec<String>,
    /// Only tasks of this phase
    #[arg(
        long,
        value_name = "PHASE",
        value_delimiter = ',',
        help_heading = "Filters"
    )]
    pub phase: Vec<String>,
    /// Only this task
    #[arg(
        long,
        value_name = "TASK",
        value_delimiter = ',',
        help_heading = "Filters"
    )]
    pub task: Vec<String>,
    /// Only this unit
    #[arg(
        long,
        value_name = "UNIT",
        value_delimiter = ',',
        help_heading = "Filters"
    )]
    pub unit: Vec<String>,
}

impl FilterArgs {
    /// Whether nothing was typed.
    pub(super) const fn is_empty(&self) -> bool {
        let Self {
            area,
            kind,
            label,
            phase,
            task,
            unit,
        } = self;
        area.is_none()
            && kind.is_empty()
            && label.is_empty()
            && phase.is_empty()
            && task.is_empty()
            && unit.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_alone_takes_what_it_takes_among_all() {
        let ids = |command: &clap::Command| {
            let ids = command.get_arguments().map(|arg| arg.get_id().to_string());
            ids.collect::<Vec<_>>()
        };
        let all = Arguments::command();
        for sub in all.get_subcommands() {
            let alone = alone(sub.get_name()).unwrap();
            assert_eq!(alone.get_name(), sub.get_name());
            assert_eq!(ids(&alone), ids(sub));
        }
        assert!(alone("stauts").is_none());
    }

    #[test]
    fn a_command_s_name_as_a_value_is_no_command() {
        let parse = |words: &[&str]| {
            let words = ["duban"].iter().chain(words).map(OsString::from);
            Arguments::typed(&words.collect::<Vec<_>>())
        };
        let parsed = parse(&["--plan", "status", "lagging", "--unit", "board"]).unwrap();
        assert_eq!(parsed.globals.plan, Some(PathBuf::from("status")));
        assert!(matches!(parsed.command, Command::Lagging(_)));
        let parsed = parse(&["status", "--store", "lagging"]).unwrap();
        assert_eq!(parsed.globals.store, Some(PathBuf::from("lagging")));
        assert!(matches!(parsed.command, Command::Status(_)));
        for wrong in [
            &["--plan", "status"][..],
            &["STATUS"],
            &["status", "board"],
            &[],
        ] {
            assert!(parse(wrong).is_err(), "{wrong:?}");
        }
    }
}
