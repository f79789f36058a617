//! `done`.

use anyhow::Result;
use clap::ValueEnum;

use crate::cli::context::Context;
use crate::cli::diagnostic::UsageError;
use crate::cli::exit::Exit;
use crate::cli::wording;
use crate::model::decimal::{Decimal, DecimalError};
use crate::model::entry::Via;
use crate::model::quantity::Quantity;
use crate::ops::{Order, Recorded};
use crate::report::frame::measured;
use crate::report::log::short_id;
use crate::words::Words;

/// How a record came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ViaName {
    /// Chat
    Wechat,
    /// Phone call
    Phone,
    /// On paper
    Paper,
    /// Site visit
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

/// What is said of a record, beside unit and task.
#[derive(clap::Args, Clone, Debug, Default)]
pub(crate) struct RecordArgs {
    /// Date of completion [default: today]
    #[arg(long, value_name = "DAY", allow_hyphen_values = true)]
    pub on: Option<String>,
    /// Running total, for tasks that take one
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

/// Arguments of `done`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// Units, by code or name, separated by commas
    #[arg(value_name = "UNIT[,UNIT...]")]
    units: String,
    /// Tasks, by code or name, each with its count if it has one
    #[arg(value_name = "TASK[=COUNT]", required = true)]
    tasks: Vec<String>,
    #[command(flatten)]
    record: RecordArgs,
}

/// Records and says what was recorded.
pub(crate) fn run(args: Args, context: &mut Context) -> Result<Exit> {
    let mut tasks = Vec::new();
    for text in &args.tasks {
        let (task, count) = match text.split_once('=') {
            Some((task, count)) => (task, Some(amount(count)?)),
            None => (text.as_str(), None),
        };
        tasks.push((task.to_string(), count));
    }
    let units = args
        .units
        .split([',', '，', '、'])
        .map(str::trim)
        .filter(|text| !text.is_empty());
    let units: Vec<String> = units.map(ToString::to_string).collect();
    let evidence = context.intake(&args.record)?;
    let recording = context.recording("done")?;
    let draft = context.draft(&args.record, &recording.plan)?;
    let order = Order {
        units: &units,
        tasks: &tasks,
        draft,
        evidence,
        area: context.area(),
    };
    let done = recording.done(order)?;
    context.say_applied(&done.applied)?;
    let words = context.words().clone();
    for recorded in &done.written {
        context.tell(&line(&words, recorded, done.written.len() == 1))?;
        warn(context, recorded)?;
    }
    for recorded in &done.written {
        writeln!(
            context.world.stdout,
            "{}",
            short_id(recorded.address, done.written.len() == 1)
        )?;
    }
    Ok(Exit::Done)
}

/// An amount as somebody typed it.
pub(crate) fn amount(text: &str) -> Result<Quantity> {
    let id = |error| match error {
        DecimalError::Places => ("check-number-places", "number"),
        DecimalError::Range => ("check-number-range", "number"),
        DecimalError::Form => ("check-not-a-number", "text"),
    };
    text.parse().map_err(|error| {
        let (id, name) = id(error);
        UsageError::new(id, vec![(name, text.to_string())]).into()
    })
}

fn line(words: &Words, recorded: &Recorded, single: bool) -> String {
    let what = match (&recorded.record, &recorded.measure) {
        (record, _) if record.nil => words.text("log-nil"),
        (record, Some(measure)) => measured(&record.count.to_string(), measure),
        (record, None) if record.count == Decimal::ONE => String::new(),
        (record, None) => record.count.to_string(),
    };
    let text = words.say(
        "talk-recorded",
        &[
            ("id", short_id(recorded.address, single).into()),
            ("unit", recorded.unit.1.as_str().into()),
            ("task", recorded.task.1.as_str().into()),
            (
                "what",
                format!("{what} {}", recorded.day).trim_start().into(),
            ),
        ],
    );
    format!("{}{}", text.trim_end(), progress(words, recorded))
}

/// For which period a record counted, and what stays open of it; empty where there is nothing to add.
pub(crate) fn progress(words: &Words, recorded: &Recorded) -> String {
    let Some(progress) = recorded.progress else {
        return String::new();
    };
    let mut text = String::new();
    if let Some(day) = progress.period {
        text += &words.say("talk-progress-period", &[("day", day.to_string().into())]);
    }
    if let Some(need) = progress.need {
        let measure = recorded.measure.as_deref().unwrap_or_default();
        let count = measured(&format!("{}/{need}", progress.count), measure);
        let rest = need - progress.count;
        text += &match rest > Decimal::ZERO {
            true => {
                let rest = measured(&rest.to_string(), measure);
                words.say(
                    "talk-progress-open",
                    &[("count", count.into()), ("rest", rest.into())],
                )
            }
            false => words.say("talk-progress-done", &[("count", count.into())]),
        };
    }
    text
}

/// Says what is worth saying of a record.
pub(crate) fn warn(context: &mut Context, recorded: &Recorded) -> Result<()> {
    let words = context.words().clone();
    for advice in &recorded.advice {
        let text = words.say(
            "advice-line",
            &[
                ("unit", recorded.unit.1.as_str().into()),
                ("task", recorded.task.1.as_str().into()),
                ("what", wording::advice(&words, advice).into()),
            ],
        );
        context.warn(&text)?;
    }
    Ok(())
}
