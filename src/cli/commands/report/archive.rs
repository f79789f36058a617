//! A folder of weeks: each week in a folder of its own, and an index of all of them. Writing a week twice changes nothing.

use std::fs;
use std::path::Path;

use anyhow::Result;

use crate::cli::context::Context;
use crate::cli::output::{bytes, document_bytes, keep};
use crate::query::Error;
use crate::render::Format;
use crate::report::weekly::{Told, Weekly, index};

/// The forms in which a week is kept; the first is the one that people read.
const KEPT: [Format; 4] = [Format::Html, Format::Txt, Format::Docx, Format::Json];

/// What is in a folder of a week that no machine reads on its own.
fn name(format: Format) -> String {
    format!("report.{}", format.endings()[0])
}

/// Writes the week below that folder, then the index. Prints the week's folder; with `if_changed` only where something changed.
pub(super) fn write(
    context: &mut Context,
    folder: &Path,
    mut week: Weekly,
    if_changed: bool,
) -> Result<()> {
    let words = context.words().clone();
    let own = folder.join(week.folder());
    let unwritable = |cause| Error::Unwritable {
        path: context.path(&own),
        cause,
    };
    fs::create_dir_all(context.path(&own)).map_err(unwritable)?;
    let mut changed = false;
    for format in KEPT {
        // What a mail says is the five sentences; the others are pages.
        week.page = format != Format::Txt;
        let bytes = bytes(format, &week, &words)?;
        changed |= keep(context, &own.join(name(format)), &bytes, if_changed)?;
    }
    let weeks = told(&context.path(folder), week.plan())?;
    let index = index(&words, week.heading(), weeks, &name(KEPT[0]));
    let bytes = document_bytes(Format::Html, index)?;
    changed |= keep(context, &folder.join("index.html"), &bytes, if_changed)?;
    if changed || !if_changed {
        writeln!(context.world.stdout, "{}", own.display())?;
    }
    Ok(())
}

/// What was told of the weeks in a folder. What is no week of that plan is none of ours.
fn told(folder: &Path, plan: &str) -> Result<Vec<(String, Told)>, Error> {
    let unreadable = |cause| Error::Unreadable {
        path: folder.to_path_buf(),
        cause,
    };
    let mut weeks = Vec::new();
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        let Ok(name_of) = entry.file_name().into_string() else {
            continue;
        };
        let json = fs::read(entry.path().join(name(Format::Json)));
        let told = json.ok().and_then(|json| Told::read(&json, plan));
        weeks.extend(told.map(|told| (name_of, told)));
    }
    Ok(weeks)
}
