//! `demo`.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::cli::context::Context;
use crate::cli::exit::Exit;
use crate::cli::world::World;
use crate::query::Error;
use crate::source::problem::say;
use crate::words::args;

const PLAN: &str = include_str!("../../../plans/qingjiang-2020.toml");
const FIRST_ROSTER: &str = include_str!("../../../plans/demo/units-0617.csv");
const SECOND_ROSTER: &str = include_str!("../../../plans/demo/units-0701.csv");
const RECORDS: &str = include_str!("../../../plans/demo/records.csv");

macro_rules! photographs {
    ($($name:literal)*) => {
        [$(($name, include_bytes!(concat!("../../../plans/demo/photos/", $name)))),*]
    };
}

/// The sample photographs, by their names. Two villages share one (`banner-216`, `banner-225`), and two of another task look
/// alike (`poster-217`, `poster-229`: two bits); all others differ in twenty bits and more.
const PHOTOGRAPHS: &[(&str, &[u8])] = &photographs![
    "banner-001.jpg"
    "banner-200.jpg"
    "banner-203.png"
    "banner-216.jpg"
    "banner-218.jpg"
    "banner-225.jpg"
    "board-office.jpg"
    "board-school.jpg"
    "poster-001.jpg"
    "poster-204.jpg"
    "poster-213.jpg"
    "poster-217.jpg"
    "poster-229.jpg"
];

/// The day on which the demo looks back at three weeks.
const DAY: &str = "2020-07-03";

/// Arguments of `demo`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// New folder for the sample [default: duban-demo]
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
}

/// Writes the sample, records three weeks, and looks at them.
pub(crate) fn run(args: Args, context: &mut Context) -> Result<Exit> {
    context.check_language()?;
    context.tell_within_a_page();
    let typed = args.folder.unwrap_or_else(|| "duban-demo".into());
    let folder = context.path(&typed);
    let unwritable = |path: &Path| {
        let path = path.to_path_buf();
        move |cause| Error::Unwritable { path, cause }
    };
    std::fs::create_dir_all(&folder).map_err(unwritable(&folder))?;
    if std::fs::read_dir(&folder)
        .map_err(unwritable(&folder))?
        .next()
        .is_some()
    {
        let saying = say!("error-demo-folder", path = typed.display());
        return Err(saying.hint(say!("error-demo-folder-hint")).into());
    }
    let write = |name: &str, content: &[u8]| {
        let path = folder.join(name);
        std::fs::write(&path, content).map_err(unwritable(&path))
    };
    write("duban.toml", sample_plan(context.words().lang()).as_bytes())?;
    write("units.csv", FIRST_ROSTER.as_bytes())?;
    write("records.csv", RECORDS.as_bytes())?;
    let photos = folder.join("photos");
    std::fs::create_dir(&photos).map_err(unwritable(&photos))?;
    for (name, content) in PHOTOGRAPHS {
        write(&format!("photos/{name}"), content)?;
    }
    let mut demo = Demo {
        context,
        folder: folder.clone(),
    };
    demo.quietly("2020-06-17", &["apply"])?;
    write("units.csv", SECOND_ROSTER.as_bytes())?;
    demo.quietly("2020-07-01", &["apply", "--reason", "示例:补报责任人"])?;
    demo.quietly(
        "2020-07-02",
        &[
            "excuse",
            "永兴",
            "banner",
            "--reason",
            "示例:与海生社区同处场镇,横幅合并悬挂",
        ],
    )?;
    demo.quietly(DAY, &["import", "records.csv"])?;
    let shown = typed.display().to_string();
    demo.context
        .say("talk-demo-made", &args!(folder = shown.as_str()))?;
    // What it comes to, then where everybody stands; nobody reads a third screen.
    for command in [&["report"][..], &["board", "--kind", "village,community"]] {
        demo.show(command)?;
        writeln!(demo.context.world.stdout)?;
    }
    let next = demo.context.words().text("talk-demo-next");
    let set = if cfg!(windows) { "set" } else { "export" };
    let out = &mut *demo.context.world.stdout;
    writeln!(out, "{next}")?;
    writeln!(out, "  cd {shown}")?;
    writeln!(out, "  {set} DUBAN_TODAY={DAY}")?;
    for command in [
        "status",
        "lagging",
        "show 塘坝",
        "explain 塘坝 海报",
        "status --by kind --since 2020-06-26",
    ] {
        writeln!(out, "  duban {command}")?;
    }
    Ok(Exit::Done)
}

/// The Qingjiang plan, plainly marked as a sample in its titles, with the demo's roster.
fn sample_plan(lang: crate::words::Lang) -> String {
    let mark = match lang {
        crate::words::Lang::Zh => "[示例数据] ",
        crate::words::Lang::En => "[sample data] ",
    };
    let lines = PLAN.lines().map(|line| match line.split_once('=') {
        Some((key, value)) if key.trim() == "roster" => {
            format!(
                "{key}= \"units.csv\"{}",
                value
                    .find('#')
                    .map(|at| format!("  {}", &value[at..]))
                    .unwrap_or_default()
            )
        }
        // Tasks have short names too; those of the plan are written further left.
        Some((key, value)) if matches!(key, "title      " | "short      ") => {
            match value.split_once('"') {
                Some((before, rest)) => format!("{key}={before}\"{mark}{rest}"),
                None => line.to_string(),
            }
        }
        _ => line.to_string(),
    });
    let mut text = lines.collect::<Vec<_>>().join("\n");
    text.push('\n');
    text
}

/// Commands run inside the sample's folder.
struct Demo<'c, 'w> {
    context: &'c mut Context<'w>,
    folder: PathBuf,
}

impl Demo<'_, '_> {
    fn world(&mut self, day: &str) -> (BTreeMap<String, String>, Vec<OsString>) {
        let mut variables = self.context.world.variables.clone();
        for name in ["DUBAN_PLAN", "DUBAN_STORE", "DUBAN_EVIDENCE", "DUBAN_AREA"] {
            variables.remove(name);
        }
        variables.insert("DUBAN_TODAY".to_string(), day.to_string());
        variables.insert("DUBAN_ACTOR".to_string(), "示例".to_string());
        let lang = self.context.words().lang().tag();
        let colour = self.context.globals.color.name();
        let args = ["duban", "--lang", lang, "--color", colour].map(OsString::from);
        (variables, args.to_vec())
    }

    /// Runs a command whose talk is nobody's concern unless it fails.
    fn quietly(&mut self, day: &str, command: &[&str]) -> Result<()> {
        let (variables, mut args) = self.world(day);
        args.extend(command.iter().map(OsString::from));
        let mut out = Vec::new();
        let mut err = Vec::new();
        let world = &mut self.context.world;
        let exit = crate::cli::run(
            args,
            World {
                variables,
                folder: self.folder.clone(),
                stdin: &mut std::io::empty(),
                stdout: &mut out,
                stderr: &mut err,
                terminal: crate::cli::Terminal::default(),
                colour: crate::cli::Colour::default(),
                width: None,
                now: world.now,
                random: world.random,
            },
        );
        if exit != Exit::Done {
            world.stderr.write_all(&err)?;
            return Err(say!("error-demo", command = command.join(" ")).into());
        }
        Ok(())
    }

    /// Runs a command for the reader to see.
    fn show(&mut self, command: &[&str]) -> Result<()> {
        let (variables, mut args) = self.world(DAY);
        args.extend(command.iter().map(OsString::from));
        let world = &mut self.context.world;
        let exit = crate::cli::run(
            args,
            World {
                variables,
                folder: self.folder.clone(),
                stdin: &mut std::io::empty(),
                stdout: &mut *world.stdout,
                stderr: &mut *world.stderr,
                terminal: world.terminal,
                colour: world.colour,
                width: world.width,
                now: world.now,
                random: world.random,
            },
        );
        match exit {
            Exit::Done => Ok(()),
            _ => Err(say!("error-demo", command = command.join(" ")).into()),
        }
    }
}
