//! `report`.

mod archive;

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::ValueEnum;

use crate::cli::arguments::{FilterArgs, OutputArgs, ViewArgs};
use crate::cli::context::Context;
use crate::cli::exit::Exit;
use crate::cli::output::{answer, bytes, format_of, keep};
use crate::model::board::View;
use crate::model::day::Day;
use crate::model::plan::Plan;
use crate::model::week::Week;
use crate::report::weekly::{Question, Weekly};
use crate::source::day_text::Lean;
use crate::source::problem::say;

/// Arguments of `report`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// The week that holds DAY, as of its Sunday [default: this week, as of today]
    #[arg(
        long,
        value_name = "DAY",
        allow_hyphen_values = true,
        conflicts_with = "as_of"
    )]
    week: Option<String>,
    /// Also write a page for each area, beside FILE
    #[arg(long, value_enum, value_name = "ROWS", requires = "output")]
    split: Option<Split>,
    /// Write the week into a folder of its own below DIR, and the index of all weeks there
    #[arg(long, value_name = "DIR", conflicts_with_all = ["output", "format", "split"])]
    archive: Option<PathBuf>,
    /// Leave files alone, and say nothing, where nothing changed
    #[arg(long)]
    if_changed: bool,
    #[command(flatten)]
    view: ViewArgs,
    #[command(flatten)]
    filter: FilterArgs,
    #[command(flatten)]
    output: OutputArgs,
}

/// What has a page of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Split {
    /// Areas directly below the one selected
    Area,
}

/// Tells the week in five sentences, or on a page.
pub(crate) fn run(args: Args, context: &mut Context) -> Result<Exit> {
    context.tell_within_a_page();
    let workspace = context.workspace()?;
    let view = view(&args, context, &workspace.plan)?;
    let question = |filter: &FilterArgs, context: &Context| -> Result<Question> {
        Ok(Question {
            view,
            selection: context.selection(filter, &workspace, view)?,
            page: !args.output.is_text(),
        })
    };
    let whole = question(&args.filter, context)?;
    let found = whole.found(&workspace)?;
    let week = Weekly::of(&workspace, &whole, &found)?;
    if let Some(folder) = &args.archive {
        workspace.end();
        context.say_notes()?;
        archive::write(context, folder, week, args.if_changed)?;
        return Ok(Exit::Done);
    }
    let Some(file) = args
        .output
        .file()
        .filter(|_| args.split.is_some() || args.if_changed)
    else {
        return answer(context, &args.output, &workspace, &week);
    };
    // Everything is asked before anything is written: all pages are of one moment.
    let codes = week.areas.iter().map(|area| area.code.clone());
    let codes = codes.filter(|code| args.split.is_some() && !code.is_empty());
    let mut parts = Vec::new();
    for code in codes {
        let filter = FilterArgs {
            area: Some(code.clone()),
            ..args.filter.clone()
        };
        let question = question(&filter, context)?;
        parts.push((code, question.found(&workspace)?, question));
    }
    let mut pages = Vec::with_capacity(parts.len());
    for (code, found, question) in &parts {
        let path = beside(file, code);
        pages.push((code, path, Weekly::of(&workspace, question, found)?));
    }
    let named = |path: &Path| {
        path.file_name()
            .map(|name| name.to_string_lossy().into_owned())
    };
    let links = pages
        .iter()
        .filter_map(|(code, path, _)| Some(((*code).clone(), named(path)?)));
    let week = week.with_links(links.collect());
    workspace.end();
    context.say_notes()?;
    let format = format_of(&args.output, file)?;
    let words = context.words().clone();
    for (_, path, page) in &pages {
        let bytes = bytes(format, page, &words)?;
        keep(context, path, &bytes, args.if_changed)?;
    }
    keep(
        context,
        file,
        &bytes(format, &week, &words)?,
        args.if_changed,
    )?;
    Ok(Exit::Done)
}

/// The file of an area beside that of the whole: `week-511902.html` beside `week.html`.
fn beside(file: &Path, code: &str) -> PathBuf {
    let text = |part: Option<&OsStr>| part.unwrap_or_default().to_string_lossy().into_owned();
    let (stem, ending) = (text(file.file_stem()), text(file.extension()));
    file.with_file_name(format!("{stem}-{code}.{ending}"))
}

/// The day as of which a week is told: its last, or today. A report says what was, so no week is told before it begins, or before
/// there was a plan.
fn view(args: &Args, context: &Context, plan: &Plan) -> Result<View> {
    let today = context.today(plan)?;
    let mut view = context.view(&args.view, plan)?;
    if let Some(text) = &args.week {
        view.as_of = context.day(text, today, Lean::Past, plan)?;
    }
    let week = Week::of(view.as_of);
    let refused = |id: &'static str, day: Day| {
        let (from, to) = (week.first(), week.last());
        say!(id, from = from, to = to, day = day)
    };
    if week.last() < plan.issued {
        return Err(refused("error-week-before", plan.issued).into());
    }
    if week.first() > today || (args.week.is_none() && view.as_of > today) {
        let refused = refused("error-week-future", today);
        return Err(refused.hint(say!("error-week-future-hint")).into());
    }
    if args.week.is_some() {
        view.as_of = week.last().min(today);
    }
    Ok(view)
}
