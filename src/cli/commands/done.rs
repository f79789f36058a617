//! `done`.

use anyhow::Result;

use crate::cli::arguments::RecordArgs;
use crate::cli::context::{Context, amount};
use crate::cli::exit::Exit;
use crate::cli::wording;
use crate::model::decimal::Decimal;
use crate::ops::{Order, Recorded};
use crate::report::frame::measured;
use crate::words::{Words, args};

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
    let units = args.units.split([',', '，', '、']).map(str::trim);
    let units = units.filter(|text| !text.is_empty());
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
        let id = recorded.address.short_id(done.written.len() == 1);
        writeln!(context.world.stdout, "{id}")?;
    }
    Ok(Exit::Done)
}

fn line(words: &Words, recorded: &Recorded, single: bool) -> String {
    let what = match (&recorded.record, &recorded.measure) {
        (record, _) if record.nil => words.text("log-nil"),
        (record, Some(measure)) => measured(&record.count.to_string(), measure),
        (record, None) if record.count == Decimal::ONE => String::new(),
        (record, None) => record.count.to_string(),
    };
    let what = format!("{what} {}", recorded.day);
    let args = args!(
        id = recorded.address.short_id(single),
        unit = recorded.unit.1.as_str(),
        task = recorded.task.1.as_str(),
        what = what.trim_start()
    );
    let text = words.say("talk-recorded", &args);
    format!("{}{}", text.trim_end(), progress(words, recorded))
}

/// For which period a record counted, and what stays open of it; empty where there is nothing to add.
pub(crate) fn progress(words: &Words, recorded: &Recorded) -> String {
    let Some(progress) = recorded.progress else {
        return String::new();
    };
    let mut text = String::new();
    if let Some(day) = progress.met {
        text += &words.say("talk-progress-met", &args!(day = day.to_string()));
    }
    if let Some(day) = progress.period {
        text += &words.say("talk-progress-period", &args!(day = day.to_string()));
    }
    if let Some(need) = progress.need {
        let measure = recorded.measure.as_deref().unwrap_or_default();
        let count = measured(&format!("{}/{need}", progress.count), measure);
        let rest = need - progress.count;
        text += &match rest > Decimal::ZERO {
            true => {
                let args = args!(count = count, rest = rest.to_string());
                words.say("talk-progress-open", &args)
            }
            false => words.say("talk-progress-done", &args!(count = count)),
        };
    }
    text
}

/// Says what is worth saying of a record.
pub(crate) fn warn(context: &mut Context, recorded: &Recorded) -> Result<()> {
    let words = context.words().clone();
    for advice in &recorded.advice {
        let args = args!(
            unit = recorded.unit.1.as_str(),
            task = recorded.task.1.as_str(),
            what = wording::advice(&words, advice)
        );
        context.warn(&words.say("advice-line", &args))?;
    }
    Ok(())
}
