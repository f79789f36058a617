//! `notice`.

use std::io::Seek;
use std::path::Path;

use anyhow::Result;
use tempfile::SpooledTempFile;

use super::r#return::rectification;
use crate::cli::arguments::{OutputArgs, ViewArgs};
use crate::cli::context::Context;
use crate::cli::exit::Exit;
use crate::cli::output::{Target, answer, expect_screen, file, publish_in, save, unknown_format};
use crate::model::decimal::Decimal;
use crate::model::notice::Draft;
use crate::ops::Edition;
use crate::query::{NoticeOrder, Workspace};
use crate::render::Format;
use crate::report::notice::{Notice, NoticeList, NoticeRow};
use crate::source::day_text::Lean;
use crate::source::problem::say;
use crate::words::args;

/// Arguments of `notice`.
#[derive(clap::Args, Debug)]
#[command(
    mut_arg("as_of", |arg| arg.requires("list").help("With --list: the notices of that day [default: today]")),
    mut_arg("known_by", |arg| arg.requires("list").help("With --list: only those that had been recorded by DAY")),
)]
pub(crate) struct Args {
    /// Reprint an issued notice word for word [default: draft the next one]
    #[arg(value_name = "NUMBER", conflicts_with_all = ["list", "issue", "until", "rectify", "on", "leave_out", "reason"])]
    number: Option<u32>,
    /// List issued notices
    #[arg(long, conflicts_with_all = ["issue", "until", "rectify", "on", "leave_out", "reason"])]
    list: bool,
    /// Issue it: assign its number, store the documents, record the points
    #[arg(long)]
    issue: bool,
    /// Cut-off: report the status at the end of DAY [default: the issue date]
    #[arg(long, value_name = "DAY", allow_hyphen_values = true)]
    until: Option<String>,
    /// Correction deadline [default: the plan's number of days after the issue date]
    #[arg(long, value_name = "DAY", allow_hyphen_values = true)]
    rectify: Option<String>,
    /// Issue date [default: today]
    #[arg(long, value_name = "DAY", allow_hyphen_values = true)]
    on: Option<String>,
    /// Do not name UNIT; several with commas
    #[arg(long, value_name = "UNIT", value_delimiter = ',', requires = "reason")]
    leave_out: Vec<String>,
    /// Reason for not naming them
    #[arg(long, value_name = "TEXT", requires = "leave_out")]
    reason: Option<String>,
    #[command(flatten)]
    view: ViewArgs,
    #[command(flatten)]
    output: OutputArgs,
}

/// Drafts, issues, lists or prints notices.
pub(crate) fn run(args: Args, context: &mut Context) -> Result<Exit> {
    match args.number {
        Some(number) => again(number, &args.output, context),
        None if args.list => list(&args.view, &args.output, context),
        None if args.issue => issue(&args, context),
        None => {
            let workspace = context.workspace()?;
            let draft = draft(&args, &workspace, context)?;
            let notice = Notice::of(&workspace, &draft, true)?;
            let words = context.words_of_documents(&workspace.plan);
            workspace.end();
            context.say_notes()?;
            publish_in(context, &args.output, &notice, &words)?;
            context.say("talk-notice-draft", &[("n", notice.number.into())])?;
            Ok(Exit::Done)
        }
    }
}

fn draft(args: &Args, workspace: &Workspace, context: &Context) -> Result<Draft> {
    let plan = &workspace.plan;
    let on = context.acting_day(args.on.as_deref(), plan)?;
    let until = args
        .until
        .as_ref()
        .map(|text| context.day(text, on, Lean::Past, &workspace.plan));
    let rectify = args
        .rectify
        .as_ref()
        .map(|text| rectification(context, text, on, &workspace.plan));
    let order = NoticeOrder {
        until: until.transpose()?.unwrap_or(on),
        rectify: rectify.transpose()?,
        on,
        leave_out: &args.leave_out,
        reason: args.reason.as_deref(),
        area: context.area(),
    };
    Ok(workspace.draft_notice(&order)?)
}

/// The forms in which a notice is issued.
const ISSUED: [Format; 5] = [
    Format::Docx,
    Format::Txt,
    Format::Markdown,
    Format::Html,
    Format::Json,
];

fn issue(args: &Args, context: &mut Context) -> Result<Exit> {
    // Drafted, rendered and booked while nobody else writes: what it says is what it books.
    let recording = context.recording("notice")?;
    let draft = draft(args, &recording, context)?;
    let seen = recording.seen();
    let notice = Notice::of(&seen, &draft, false)?;
    let words = context.words_of_documents(&recording.plan);
    let edition = |format: Format| {
        let name = format!("notice-{}.{}", notice.number, format.endings()[0]);
        let (notice, words) = (&notice, &words);
        let edition: Edition<'_> = Box::new(move |out| file(out, format, notice, words));
        (name, edition)
    };
    // Written as they are made: those of a nation are larger than its memory should be.
    let files: Vec<(String, Edition<'_>)> = ISSUED.into_iter().map(edition).collect();
    let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
    // Asked before anything is booked: a form that is not issued could not be written afterwards.
    let target = match args.output.file() {
        None => None,
        Some(path) => {
            Target::of(context, path)?;
            let place = place_of(&names, format_of(path)?, notice.number)?;
            Some((path, &files[place].1))
        }
    };
    let (number, units) = (
        notice.number,
        notice.rows.iter().filter(|row| row.is_named()).count(),
    );
    let points: Decimal = notice.rows.iter().map(NoticeRow::points).sum();
    let done = recording.issue_notice(&draft, &files)?;
    context.say_applied(&done.applied)?;
    // The id of the whole batch: what `undo` takes.
    let id = done.written.short_id(true);
    let values = args!(
        id = id.as_str(),
        n = number,
        units = units,
        points = points.to_string()
    );
    context.say("talk-noticed", &values)?;
    // It is issued, and its id is told, whether the file can be written or not.
    let saved = target.map_or(Ok(()), |(path, edition)| save(context, path, edition));
    if saved.is_err() {
        context.say("talk-notice-unsaved", &args!(n = number))?;
    }
    writeln!(context.world.stdout, "{id}")?;
    saved?;
    Ok(Exit::Done)
}

fn list(view: &ViewArgs, output: &OutputArgs, context: &mut Context) -> Result<Exit> {
    let workspace = context.workspace()?;
    let view = context.view(view, &workspace.plan)?;
    let list = NoticeList::of(&workspace, view)?;
    answer(context, output, &workspace, &list)
}

/// Prints an issued notice, byte for byte.
fn again(number: u32, output: &OutputArgs, context: &mut Context) -> Result<Exit> {
    let workspace = context.workspace()?;
    let format = match (output.file(), output.format) {
        (Some(path), None) => format_of(path)?,
        (_, None | Some(Format::Text)) => Format::Txt,
        (_, Some(named)) => named,
    };
    if output.file().is_none() {
        expect_screen(context, format)?;
    }
    let files = workspace.notice(number)?.notice.files;
    let names: Vec<&str> = files.iter().map(|file| file.name.as_str()).collect();
    let file = &files[place_of(&names, format, number)?];
    // Whoever reads it may be slow, and it is whole only once all of it was read.
    let mut data = SpooledTempFile::new(MOST_IN_MEMORY);
    if !workspace.kept(file, &mut data)? {
        return Err(say!("error-not-kept-here", n = number).into());
    }
    workspace.end();
    context.say_notes()?;
    data.rewind()?;
    match output.file() {
        Some(path) => save(context, path, |file| {
            std::io::copy(&mut data, file).map(drop)
        })?,
        None => drop(std::io::copy(&mut data, &mut *context.world.stdout)?),
    }
    Ok(Exit::Done)
}

/// A document of up to so many bytes waits in memory.
const MOST_IN_MEMORY: usize = 1 << 24;

/// The form that a path's ending picks.
fn format_of(path: &Path) -> Result<Format> {
    Ok(Format::from_ending(path).ok_or_else(|| unknown_format(path))?)
}

/// The place among a notice's files of the one in that form.
fn place_of(names: &[&str], format: Format, number: u32) -> Result<usize> {
    let fits = |name: &&str| Format::from_ending(Path::new(name)) == Some(format);
    let missing = || {
        let (ending, names) = (format!(".{}", format.endings()[0]), names.join(", "));
        say!("error-no-kept", n = number, ending = ending, names = names)
    };
    Ok(names.iter().position(fits).ok_or_else(missing)?)
}
