//! Where an answer goes, and in what form: the screen, a pipe, or a file.

mod target;

use std::io::Write;

use anyhow::Result;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

pub(super) use self::target::{Target, is_open_elsewhere, save};
use super::arguments::OutputArgs;
use super::context::Context;
use super::diagnostic::UsageError;
use crate::query::Workspace;
use crate::render::text::Screen;
use crate::render::{self, Format, Writer};
use crate::report::Report;
use crate::words::Words;

/// Reads what follows `--format`.
pub(super) fn formats() -> impl TypedValueParser<Value = Format> {
    let all = Format::ALL.iter();
    let all = all.map(|format| PossibleValue::new(format.name()).help(format.about()));
    let unknown = "there is no format of this name";
    PossibleValuesParser::new(all).try_map(move |name| Format::from_name(&name).ok_or(unknown))
}

/// Ends the moment that was asked about, and publishes the answer as the options say.
pub(super) fn answer<R: Report>(
    context: &mut Context,
    args: &OutputArgs,
    workspace: &Workspace,
    report: &R,
) -> Result<()> {
    workspace.end();
    context.say_notes()?;
    publish(context, args, report)
}

/// Publishes a report as the options say.
pub(super) fn publish<R: Report>(
    context: &mut Context,
    args: &OutputArgs,
    report: &R,
) -> Result<()> {
    let words = context.words().clone();
    publish_in(context, args, report, &words)
}

/// As [`publish`], in those words.
pub(super) fn publish_in<R: Report>(
    context: &mut Context,
    args: &OutputArgs,
    report: &R,
    words: &Words,
) -> Result<()> {
    let named = args.format;
    let Some(path) = args.file() else {
        let format = named.unwrap_or(Format::Text);
        expect_screen(context, format)?;
        let colour = context.world.terminal.stdout && context.world.variable("NO_COLOR").is_none();
        let screen = Screen {
            width: context.width(),
            colour,
        };
        return Ok(write(
            &mut *context.world.stdout,
            format,
            report,
            words,
            screen,
            false,
        )?);
    };
    let format = named.or_else(|| Format::from_ending(path));
    let Some(format) = format else {
        let path = path.display().to_string();
        return Err(UsageError::new("error-format", vec![("path", path)])
            .hint("error-format-hint")
            .into());
    };
    let screen = Screen {
        width: None,
        colour: false,
    };
    save(context, path, |file| {
        write(file, format, report, words, screen, true)
    })
}

/// Refuses to write to a terminal what no terminal can show.
pub(super) fn expect_screen(context: &Context, format: Format) -> Result<(), UsageError> {
    if format.is_text() || !context.world.terminal.stdout {
        return Ok(());
    }
    let format = format.name().to_string();
    Err(UsageError::new("error-screen", vec![("format", format)]).hint("error-screen-hint"))
}

/// A report as the bytes of a file.
pub(super) fn bytes<R: Report>(
    format: Format,
    report: &R,
    words: &Words,
) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let screen = Screen {
        width: None,
        colour: false,
    };
    write(&mut bytes, format, report, words, screen, true)?;
    Ok(bytes)
}

fn write<R: Report>(
    out: &mut dyn Write,
    format: Format,
    report: &R,
    words: &Words,
    screen: Screen,
    file: bool,
) -> std::io::Result<()> {
    match format.writer() {
        Writer::Json => render::json::write(out, report),
        Writer::Jsonl => render::json::lines(out, report.rows()),
        Writer::Csv => render::csv::write(out, report.rows(), file),
        Writer::Document(write) => write(out, report.document(words), screen),
    }
}
