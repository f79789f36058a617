//! What can be typed. The doc comments are the English help; the Chinese one is laid over by `help`.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args, CommandFactory, FromArgMatches, Parser, ValueEnum};

use super::commands::{Command, alone};
use crate::model::entry::Via;
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
#[command(next_help_heading = "Global options")]
pub(super) struct Globals {
    /// Plan file [default: DUBAN_PLAN, else duban.toml here or above]
    #[arg(long, global = true, value_name = "FILE")]
    pub plan: Option<PathBuf>,
    /// Store: a file, or postgres://NAME@HOST/DATABASE [default: DUBAN_STORE, else the .db next to the plan]
    #[arg(long, global = true, value_name = "PATH|URL")]
    pub store: Option<PathBuf>,
    /// Folder for evidence files [default: DUBAN_EVIDENCE, else the .evidence next to the store]
    #[arg(long, global = true, value_name = "DIR")]
    pub evidence_dir: Option<PathBuf>,
    /// Language of messages and tables: zh-CN or en [default: DUBAN_LANG, else the locale, else the plan's]
    #[arg(long, global = true, value_name = "LANG")]
    pub lang: Option<String>,
    /// Colour in text output: auto, always or never [default: auto]
    #[arg(
        long,
        global = true,
        value_enum,
        value_name = "WHEN",
        default_value = "auto",
        hide_default_value = true,
        hide_possible_values = true
    )]
    pub color: ColorWhen,
    /// Print errors only on standard error
    #[arg(long, global = true)]
    pub quiet: bool,
}

/// What is asked, about whom, and where the answer goes.
#[derive(Args, Clone, Debug, Default)]
pub(super) struct LookArgs {
    #[command(flatten)]
    pub view: ViewArgs,
    #[command(flatten)]
    pub filter: FilterArgs,
    #[command(flatten)]
    pub output: OutputArgs,
}

/// When text is coloured.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum ColorWhen {
    /// Where it is welcome: on a terminal, unless NO_COLOR is set; elsewhere if CLICOLOR_FORCE is
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

impl ColorWhen {
    /// As it is typed.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Always => "always",
            Self::Never => "never",
        }
    }

    /// Whether a stream gets colour where it is `welcome`.
    pub(super) const fn wanted(self, welcome: bool) -> bool {
        match self {
            Self::Auto => welcome,
            Self::Always => true,
            Self::Never => false,
        }
    }
}

/// Where an answer goes and in what form.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Output")]
pub(super) struct OutputArgs {
    /// Output format
    #[arg(long, value_parser = formats(), value_name = "FORMAT")]
    pub format: Option<Format>,
    /// Write to FILE; format inferred from the extension
    #[arg(short, long, value_name = "FILE", help = output_help())]
    pub output: Option<PathBuf>,
}

/// The help of `-o` with the endings of all formats.
fn output_help() -> String {
    let endings = Format::all_endings();
    format!("Write to FILE; format inferred from the extension: {endings}")
}

/// Reads what follows `--format`.
fn formats() -> impl TypedValueParser<Value = Format> {
    let all = Format::ALL.iter();
    let all = all.map(|format| PossibleValue::new(format.name()).help(format.about()));
    let unknown = "there is no format of this name";
    PossibleValuesParser::new(all).try_map(move |name| Format::from_name(&name).ok_or(unknown))
}

impl OutputArgs {
    /// Whether the answer is for a screen, which folds rows away and hints at commands; anything else holds all rows.
    pub(super) fn is_for_screen(&self) -> bool {
        self.file().is_none() && self.format.is_none_or(|format| format == Format::Text)
    }

    /// Whether the answer is for scripts.
    pub(super) fn is_for_scripts(&self) -> bool {
        matches!(
            self.wanted(),
            Some(Format::Json | Format::Jsonl | Format::Csv)
        )
    }

    /// Whether the answer is plain text, on a screen or in a file.
    pub(super) fn is_text(&self) -> bool {
        matches!(self.wanted(), Some(Format::Text | Format::Txt))
    }

    /// Whether the answer is a page, which can show photographs.
    pub(super) fn is_page(&self) -> bool {
        self.wanted() == Some(Format::Html)
    }

    /// Whether the answer is a picture, which has room for what a screen shows.
    pub(super) fn is_picture(&self) -> bool {
        matches!(self.wanted(), Some(Format::Svg | Format::Png))
    }

    /// The format that is asked for; `None` where the ending of a file's name tells none.
    pub(super) fn wanted(&self) -> Option<Format> {
        let of_file = || self.file().map_or(Some(Format::Text), Format::from_ending);
        self.format.or_else(of_file)
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

/// How many rows.
#[derive(Args, Clone, Copy, Debug, Default)]
pub(super) struct LimitArgs {
    /// List at most N rows [default: all]
    #[arg(short = 'n', long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..), help_heading = "Output")]
    pub limit: Option<u32>,
}

impl LimitArgs {
    /// The most rows to list, where somebody said.
    pub(super) fn most(self) -> Option<usize> {
        self.limit
            .map(|limit| usize::try_from(limit).unwrap_or(usize::MAX))
    }
}

/// The day asked about, and what was known by when.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "View")]
pub(super) struct ViewArgs {
    /// Report date (a future date gives a forecast) [default: today]
    #[arg(long, value_name = "DAY", allow_hyphen_values = true)]
    pub as_of: Option<String>,
    /// Count only entries recorded by DAY
    #[arg(long, value_name = "DAY", allow_hyphen_values = true)]
    pub known_by: Option<String>,
}

/// Which units and tasks.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Filters")]
pub(super) struct FilterArgs {
    /// Only units in this area, at any depth [default: DUBAN_AREA]
    #[arg(long, value_name = "AREA")]
    pub area: Option<String>,
    /// Only units of this kind
    #[arg(long, value_name = "KIND", value_delimiter = ',')]
    pub kind: Vec<String>,
    /// Only units with this label
    #[arg(long, value_name = "LABEL", value_delimiter = ',')]
    pub label: Vec<String>,
    /// Only tasks of this phase
    #[arg(long, value_name = "PHASE", value_delimiter = ',')]
    pub phase: Vec<String>,
    /// Only this task
    #[arg(long, value_name = "TASK", value_delimiter = ',')]
    pub task: Vec<String>,
    /// Only this unit
    #[arg(long, value_name = "UNIT", value_delimiter = ',')]
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

/// What is said of a record, beside unit and task.
#[derive(Args, Clone, Debug, Default)]
pub(super) struct RecordArgs {
    /// Date of completion [default: today]
    #[arg(long, value_name = "DAY", allow_hyphen_values = true)]
    pub on: Option<String>,
    /// Running total; where counts add up, what is missing to it is recorded
    #[arg(long, value_name = "N", allow_hyphen_values = true)]
    pub total: Option<String>,
    /// Nil report
    #[arg(long)]
    pub nil: bool,
    /// Form used, for tasks that offer several
    #[arg(long, value_name = "FORM")]
    pub form: Option<String>,
    /// Period, if not the one that contains the date: 2020-07, 2020-W27 or a day
    #[arg(long = "for", value_name = "PERIOD")]
    pub period: Option<String>,
    /// Evidence: a file or a link; may be repeated
    #[arg(long, value_name = "FILE|URL")]
    pub evidence: Vec<String>,
    /// Who reported it
    #[arg(long, value_name = "NAME")]
    pub from: Option<String>,
    /// How the report arrived
    #[arg(long, value_enum, value_name = "WAY")]
    pub via: Option<ViaName>,
    /// Note
    #[arg(long, value_name = "TEXT")]
    pub note: Option<String>,
}

/// How a record came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ViaName {
    /// Chat
    #[value(aliases = ["chat", "微信"])]
    Wechat,
    /// Phone call
    #[value(alias = "电话")]
    Phone,
    /// On paper
    #[value(aliases = ["纸质", "书面"])]
    Paper,
    /// Site visit
    #[value(aliases = ["走访", "现场", "实地"])]
    Visit,
}

impl From<ViaName> for Via {
    fn from(name: ViaName) -> Self {
        match name {
            ViaName::Wechat => Self::Wechat,
            ViaName::Phone => Self::Phone,
            ViaName::Paper => Self::Paper,
            ViaName::Visit => Self::Visit,
        }
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
