//! Where an answer goes, and in what form: the screen, a pipe, or a file.

mod target;

use std::io::{self, Seek, Write};
use std::path::Path;

use anyhow::Result;
use tempfile::SpooledTempFile;

pub(super) use self::target::{Target, is_open_elsewhere, save, save_private};
use super::arguments::OutputArgs;
use super::context::Context;
use super::exit::Exit;
use crate::document::Document;
use crate::query::{Error, Workspace};
use crate::render::text::Screen;
use crate::render::{self, Format, Writer};
use crate::report::Report;
use crate::source::problem::{Saying, say};
use crate::words::Words;

/// Ends the moment that was asked about, and publishes the answer as the options say.
pub(super) fn answer<R: Report>(
    context: &mut Context,
    args: &OutputArgs,
    workspace: &Workspace,
    report: &R,
) -> Result<Exit> {
    if report.reads_rows() {
        return answer_read(context, args, workspace, report);
    }
    workspace.end();
    context.say_notes()?;
    publish(context, args, report)
}

/// What is written while the moment lasts waits in memory up to so many bytes, and beyond that on the disk: whoever reads it may be
/// slow, and until the moment has ended nobody can write.
pub(super) const MOST_IN_MEMORY: usize = 1 << 24;

/// As [`answer`], of a report that reads its rows while they are written.
fn answer_read<R: Report>(
    context: &mut Context,
    args: &OutputArgs,
    workspace: &Workspace,
    report: &R,
) -> Result<Exit> {
    let words = context.words().clone();
    let format = match args.file() {
        None => args.format.unwrap_or(Format::Text),
        Some(path) => format_of(args, path)?,
    };
    let mut spool = SpooledTempFile::new(MOST_IN_MEMORY);
    let (screen, is_file) = (context.screen(), args.file().is_some());
    let written = write(&mut spool, format, report, &words, screen, is_file);
    // What the store says comes through the writer.
    written.map_err(|error| match error.downcast::<Error>() {
        Ok(error) => anyhow::Error::from(error),
        Err(error) => error.into(),
    })?;
    workspace.end();
    context.say_notes()?;
    spool.rewind()?;
    match args.file() {
        None => drop(io::copy(&mut spool, &mut *context.world.stdout)?),
        Some(path) => save(context, path, |file| io::copy(&mut spool, file).map(drop))?,
    }
    Ok(Exit::Done)
}

/// Publishes a report as the options say.
pub(super) fn publish<R: Report>(
    context: &mut Context,
    args: &OutputArgs,
    report: &R,
) -> Result<Exit> {
    let words = context.words().clone();
    publish_in(context, args, report, &words)
}

/// As [`publish`], in those words.
pub(super) fn publish_in<R: Report>(
    context: &mut Context,
    args: &OutputArgs,
    report: &R,
    words: &Words,
) -> Result<Exit> {
    let named = args.format;
    let Some(path) = args.file() else {
        let format = named.unwrap_or(Format::Text);
        expect_screen(context, format)?;
        expect_days(format, report, words)?;
        let screen = context.screen();
        let out = &mut *context.world.stdout;
        write(out, format, report, words, screen, false)?;
        return Ok(Exit::Done);
    };
    let format = format_of(args, path)?;
    expect_days(format, report, words)?;
    let screen = Screen {
        width: None,
        colour: false,
    };
    save(context, path, |file| {
        write(file, format, report, words, screen, true)
    })?;
    Ok(Exit::Done)
}

/// The form of a file: what was typed, else what its ending says.
pub(super) fn format_of(args: &OutputArgs, path: &Path) -> Result<Format, Saying> {
    let format = args.format.or_else(|| Format::from_ending(path));
    format.ok_or_else(|| unknown_format(path))
}

/// Says that a path's ending picks no format.
pub(super) fn unknown_format(path: &Path) -> Saying {
    let hint = say!("error-format-hint", endings = Format::all_endings());
    say!("error-format", path = path.display()).hint(hint)
}

/// Refuses to write to a terminal what no terminal can show.
pub(super) fn expect_screen(context: &Context, format: Format) -> Result<(), Saying> {
    if format.is_text() || !context.world.terminal.stdout {
        return Ok(());
    }
    Err(say!("error-screen", format = format.name()).hint(say!("error-screen-hint")))
}

/// Writes a file that `-o` names, from bytes that are ready; with `if_changed` only where they are others than those in it. Whether it
/// was written.
pub(super) fn keep(
    context: &mut Context,
    path: &Path,
    bytes: &[u8],
    if_changed: bool,
) -> Result<bool> {
    let same = |path: &Path| std::fs::read(path).is_ok_and(|before| before == bytes);
    if if_changed && same(&context.path(path)) {
        return Ok(false);
    }
    save(context, path, |file| file.write_all(bytes))?;
    Ok(true)
}

/// A document as the bytes of a file.
pub(super) fn document_bytes(format: Format, document: Document) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    if let Writer::Document(write) = format.writer() {
        let screen = Screen {
            width: None,
            colour: false,
        };
        write(&mut bytes, document, screen)?;
    }
    Ok(bytes)
}

/// Refuses to make a calendar of what is not about days.
fn expect_days<R: Report>(format: Format, report: &R, words: &Words) -> Result<(), Saying> {
    let is_calendar = matches!(format.writer(), Writer::Calendar);
    if is_calendar && report.calendar(words).is_none() {
        return Err(say!("error-no-days").hint(say!("error-no-days-hint")));
    }
    Ok(())
}

/// Writes a report as a file has it.
pub(super) fn file<R: Report>(
    out: &mut dyn Write,
    format: Format,
    report: &R,
    words: &Words,
) -> io::Result<()> {
    let screen = Screen {
        width: None,
        colour: false,
    };
    write(out, format, report, words, screen, true)
}

/// A report as the bytes of a file.
pub(super) fn bytes<R: Report>(format: Format, report: &R, words: &Words) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    file(&mut bytes, format, report, words)?;
    Ok(bytes)
}

fn write<R: Report>(
    out: &mut dyn Write,
    format: Format,
    report: &R,
    words: &Words,
    screen: Screen,
    file: bool,
) -> io::Result<()> {
    match format.writer() {
        Writer::Json => {
            render::json::write_with_rows(out, report, &|visit| report.each_rows(visit))
        }
        Writer::Jsonl => render::json::lines(out, &|visit| report.each_rows(visit)),
        Writer::Csv => render::csv::write(out, &|visit| report.each_rows(visit), file),
        Writer::Calendar => report
            .calendar(words)
            .map_or(Ok(()), |calendar| render::ics::write(out, &calendar)),
        Writer::Document(write) => write(out, report.document(words), screen),
        Writer::Picture(write) => write(out, report.picture(words)),
    }
}
