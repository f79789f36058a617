//! `import`.

use std::path::{Path, PathBuf};

use anyhow::Result;

use super::check;
use crate::cli::context::Context;
use crate::cli::exit::Exit;
use crate::cli::{progress, wording};
use crate::model::entry::Address;
use crate::ops::{
    self, Imported, Intake, LIST_HEAD, Merge, Repeats, Rows, Unpacked, Written, may_name_files,
};
use crate::query::{self, Error};
use crate::report::Report;
use crate::report::check::CheckReport;
use crate::source::problem::{Problems, Severity, say};
use crate::source::{records, roster};
use crate::words::args;

/// Arguments of `import`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// A file of records (CSV, XLSX, XLS, XLSB, ODS, JSON), or an export of another store (.jsonl, .zip with evidence); `-` is standard input
    #[arg(value_name = "FILE|-", required_unless_present = "columns")]
    file: Option<PathBuf>,
    /// Skip invalid rows instead of rejecting the whole file
    #[arg(long)]
    partial: bool,
    /// File encoding if not UTF-8, such as gb18030
    #[arg(long, value_name = "NAME")]
    encoding: Option<String>,
    /// The sheet of a workbook to read
    #[arg(long, value_name = "NAME")]
    sheet: Option<String>,
    /// List every header that is read, of lists and of rosters
    #[arg(long)]
    columns: bool,
    /// Rows with another amount than what was imported before correct it
    #[arg(long, conflicts_with = "again")]
    replace: bool,
    /// Rows with another amount than what was imported before are recorded as well
    #[arg(long, conflicts_with_all = ["replace", "again"])]
    add: bool,
    /// Record rows even if identical ones exist
    #[arg(long)]
    again: bool,
    /// Check the file and say what would be recorded, and record nothing
    #[arg(long)]
    dry_run: bool,
}

/// Imports a file.
pub(crate) fn run(args: Args, context: &mut Context) -> Result<Exit> {
    let Some(file) = args.file.filter(|_| !args.columns) else {
        return columns(context);
    };
    let path = context.path(&file);
    if file != Path::new("-") && ops::is_archive(&path) {
        let unpacked = Unpacked::of(&path)?;
        let done =
            context
                .recording("import")?
                .merge(&unpacked.journal, Some(&unpacked), args.dry_run)?;
        return merged(&done, args.dry_run, context);
    }
    let List {
        name,
        folder,
        content,
    } = match List::open(&file, context) {
        Err(Error::Problems(problems)) => {
            refuse(context, &problems)?;
            return Ok(Exit::Failed);
        }
        other => other?,
    };
    if let Content::Read(bytes) = &content
        && is_journal(bytes)
    {
        let done = context
            .recording("import")?
            .merge(bytes, None, args.dry_run)?;
        return merged(&done, args.dry_run, context);
    }
    let area = context.area().map(ToString::to_string);
    let repeats = match (args.replace, args.add, args.again) {
        (true, _, _) => Repeats::Replace,
        (_, true, _) => Repeats::Add,
        (_, _, true) => Repeats::Again,
        _ => Repeats::Refuse,
    };
    let evidence = context.place()?.evidence.clone();
    let mut rows = Rows {
        name: &name,
        bytes: Vec::new(),
        encoding: args.encoding.as_deref(),
        sheet: args.sheet.as_deref(),
        partial: args.partial,
        dry_run: args.dry_run,
        repeats,
        area: area.as_deref(),
        folder: &folder,
    };
    let (intake, later) = match content {
        Content::Read(bytes) => {
            rows.bytes = bytes;
            (rows.intake(&evidence), None)
        }
        Content::Later(path) => (Intake::empty(&evidence), Some(path)),
    };
    let recording = context.recording("import")?;
    if let Some(path) = later {
        rows.bytes = query::read(&path, query::LIST)?;
    }
    let bar = progress::bar(context, rows.bytes.len() as u64 / 24, "talk-importing");
    let result = recording.import(rows, intake, &mut |at| bar.set_position(at));
    bar.finish_and_clear();
    let done = match result {
        Err(Error::Problems(problems)) => {
            refuse(context, &problems)?;
            let saying = say!("error-import", n = problems.count(Severity::Error));
            return Err(saying.hint(say!("error-import-hint")).into());
        }
        other => other?,
    };
    recorded(&done, &name, context)
}

/// Says what an import did.
fn recorded(done: &Written<Imported>, name: &str, context: &mut Context) -> Result<Exit> {
    context.say_applied(&done.applied)?;
    let imported = &done.written;
    if !imported.problems.is_empty() {
        refuse(context, &imported.problems)?;
    }
    let bad = imported.problems.count(Severity::Error);
    if bad > 0 {
        context.say("talk-import-partial", &args!(n = bad))?;
    }
    let words = context.words().clone();
    for (place, advice) in &imported.advice {
        let text = format!(
            "{}:{} {}",
            place.file,
            place.line,
            wording::advice(&words, advice)
        );
        context.warn(&text)?;
    }
    if imported.untold > 0 {
        context.say("talk-import-untold", &args!(n = imported.untold))?;
    }
    if imported.skipped > 0 {
        context.say("talk-import-skipped", &args!(n = imported.skipped))?;
    }
    if imported.corrected > 0 {
        context.say("talk-import-corrected", &args!(n = imported.corrected))?;
    }
    if imported.replaced > 0 && imported.batch.is_some() {
        context.say("talk-import-replaced", &args!(n = imported.replaced))?;
    }
    match imported.batch {
        Some(batch) => {
            let id = Address { batch, index: 0 }.short_id(true);
            context.say(
                "talk-imported",
                &args!(n = imported.entries, id = id.as_str()),
            )?;
            writeln!(context.world.stdout, "{id}")?;
        }
        None if imported.rows == 0 => {
            context.say("talk-import-empty", &args!(file = name))?;
        }
        None if imported.entries > 0 => {
            let args = args!(n = imported.entries, replaced = imported.replaced);
            context.say("talk-import-would", &args)?;
            context.say("talk-dry-run", &[])?;
        }
        None => context.say("talk-import-nothing", &[])?,
    }
    Ok(Exit::Done)
}

/// Says what a merge did.
fn merged(done: &Written<Merge>, dry_run: bool, context: &mut Context) -> Result<Exit> {
    context.say_applied(&done.applied)?;
    let Merge {
        batches,
        entries,
        known,
        evidence,
    } = done.written;
    let values = [("batches", batches.into()), ("entries", entries.into())];
    let id = match dry_run {
        true => "talk-would-merge",
        false => "talk-merged",
    };
    context.say(id, &values)?;
    if known > 0 {
        context.say("talk-merged-known", &[("n", known.into())])?;
    }
    if evidence > 0 {
        context.say("talk-import-evidence", &[("n", evidence.into())])?;
    }
    if dry_run {
        context.say("talk-dry-run", &[])?;
    }
    Ok(Exit::Done)
}

/// A list to import.
struct List {
    /// The file's name.
    name: String,
    /// The folder of the files that its rows name.
    folder: PathBuf,
    content: Content,
}

/// A list's content, or the file to read it from.
enum Content {
    Read(Vec<u8>),
    /// It is long and names no files, so that nothing of it is asked for before the transaction begins. The roster, which the first
    /// import puts in force, is gone by then: of a nation the list alone has 160 MB.
    Later(PathBuf),
}

impl List {
    fn open(file: &Path, context: &mut Context) -> Result<Self, Error> {
        if file == Path::new("-") {
            let bytes = query::all_of(&mut context.world.stdin, "-", query::LIST)?;
            return Ok(Self {
                name: "-".to_string(),
                folder: context.world.folder.clone(),
                content: Content::Read(bytes),
            });
        }
        let path = context.path(file);
        let name = path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default();
        let folder = path.parent().unwrap_or(&path).to_path_buf();
        let (head, size) = query::head(&path, LIST_HEAD)?;
        let early = is_journal(&head) || may_name_files(&head, size) || size > query::LIST;
        let content = match early {
            true => Content::Read(query::read(&path, query::LIST)?),
            false => Content::Later(path),
        };
        Ok(Self {
            name,
            folder,
            content,
        })
    }
}

/// Prints the headers that are read: a column a line, its name in documents first.
fn columns(context: &mut Context) -> Result<Exit> {
    let words = context.words().clone();
    let lists: Vec<_> = records::columns().collect();
    let rosters: Vec<_> = roster::columns().collect();
    for (id, columns) in [
        ("talk-columns-list", lists),
        ("talk-columns-roster", rosters),
    ] {
        writeln!(context.world.stdout, "{}", words.text(id))?;
        for names in columns {
            writeln!(context.world.stdout, "  {}", names.join("  "))?;
        }
    }
    Ok(Exit::Done)
}

/// Whether the first line is that of a journal.
fn is_journal(bytes: &[u8]) -> bool {
    let first = bytes
        .split(|byte| *byte == b'\n')
        .next()
        .unwrap_or_default();
    let marker = b"\"duban.journal/";
    first.len() < 4096 && first.windows(marker.len()).any(|window| window == marker)
}

fn refuse(context: &mut Context, problems: &Problems) -> Result<()> {
    let words = context.words().clone();
    let report = CheckReport::new(check::rows(&words, problems));
    context.print_aside(report.document(&words))
}
