//! Where an answer goes, and in what form: the screen, a pipe, or a file that is written beside its place and renamed.

use std::io::Write;
use std::path::Path;

use anyhow::Result;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

use super::arguments::OutputArgs;
use super::context::Context;
use super::diagnostic::Trouble;
use crate::query::{Fault, Workspace};
use crate::render::text::Screen;
use crate::render::{self, Format, Writer};
use crate::report::Report;
use crate::words::Words;

/// Reads what follows `--format`.
pub fn formats() -> impl TypedValueParser<Value = Format> {
    let all = Format::ALL.iter();
    let all = all.map(|format| PossibleValue::new(format.name()).help(format.about()));
    let unknown = "there is no format of this name";
    PossibleValuesParser::new(all).try_map(move |name| Format::from_name(&name).ok_or(unknown))
}

/// Ends the moment that was asked about, and publishes the answer as the options say.
pub fn answer<R: Report>(
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
pub fn publish<R: Report>(context: &mut Context, args: &OutputArgs, report: &R) -> Result<()> {
    let words = context.words().clone();
    publish_in(context, args, report, &words)
}

/// As [`publish`], in those words.
pub fn publish_in<R: Report>(
    context: &mut Context,
    args: &OutputArgs,
    report: &R,
    words: &Words,
) -> Result<()> {
    let named = args.format;
    let Some(path) = &args.output else {
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
        return Err(Trouble::new("error-format", vec![("path", path)])
            .hint("error-format-hint")
            .into());
    };
    let path = context.world.folder.join(path);
    let screen = Screen {
        width: None,
        colour: false,
    };
    replace(&path, |file| {
        write(file, format, report, words, screen, true)
    })?;
    let path = path.display().to_string();
    context.say("talk-wrote", &[("path", path.as_str().into())])
}

/// Refuses to write to a terminal what no terminal can show.
pub fn expect_screen(context: &Context, format: Format) -> Result<(), Trouble> {
    if format.is_text() || !context.world.terminal.stdout {
        return Ok(());
    }
    let format = format.name().to_string();
    Err(Trouble::new("error-screen", vec![("format", format)]).hint("error-screen-hint"))
}

/// A report as the bytes of a file.
pub fn bytes<R: Report>(format: Format, report: &R, words: &Words) -> std::io::Result<Vec<u8>> {
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

/// Writes a file beside its place, syncs it and renames it, so that nobody ever sees half of it.
///
/// # Errors
/// [`Fault::Unwritable`] with the reason.
pub fn replace(
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> std::io::Result<()>,
) -> Result<(), Fault> {
    let unwritable = |cause| Fault::Unwritable {
        path: path.to_path_buf(),
        cause,
    };
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    // Asked first, because a temporary file's own error would name that file.
    std::fs::metadata(folder).map_err(unwritable)?;
    let mut beside = tempfile::Builder::new()
        .prefix(".duban-")
        .tempfile_in(folder)
        .map_err(unwritable)?;
    {
        let mut buffer = std::io::BufWriter::new(beside.as_file_mut());
        write(&mut buffer)
            .and_then(|()| buffer.flush())
            .map_err(unwritable)?;
    }
    beside.as_file().sync_all().map_err(unwritable)?;
    let mode = std::fs::metadata(path).map(|data| data.permissions()).ok();
    set_mode(beside.path(), mode).map_err(unwritable)?;
    beside
        .persist(path)
        .map_err(|error| unwritable(error.error))?;
    Ok(())
}

/// A temporary file is private; the file that it becomes has the mode of the one before, or that of any new file.
#[cfg(unix)]
fn set_mode(path: &Path, mode: Option<std::fs::Permissions>) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(
        path,
        mode.unwrap_or_else(|| std::fs::Permissions::from_mode(0o644)),
    )
}

#[cfg(not(unix))]
fn set_mode(_path: &Path, _mode: Option<std::fs::Permissions>) -> std::io::Result<()> {
    Ok(())
}
