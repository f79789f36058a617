//! What a command spends its time on, inside one process: reading files, reading pages, the fold, and a whole `status`.
//! Whole processes beside their peers are `compare.py`'s.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::hint::black_box;
use std::io;
use std::path::Path;

use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use duban::internals::Sheet;
use duban::internals::Tally;
use duban::internals::{Access, Store, Which};
use duban::internals::{Desk, Ruler, View};
use duban::internals::{Input, read_plan, read_roster};
use duban::{Colour, Exit, Terminal, World};
use tempfile::TempDir;

fn main() {
    divan::main();
}

const PLAN: &[u8] = include_bytes!("../plans/qingjiang-2020.toml");
const UNITS: [u32; 2] = [1_000, 30_000];
const TASKS: u32 = 11;

/// The roster of one town with that many villages.
fn villages(units: u32) -> String {
    let mut text = "code,name,kind,parent\n511902101,清江镇,town,\n".to_string();
    for unit in 0..units {
        let code = 511_902_200_000_u64 + u64::from(unit);
        writeln!(text, "{code},第{unit}村民委员会,village,511902101").unwrap();
    }
    text
}

/// A plan of eleven tasks, a roster, and a store in which four of five obligations are recorded.
fn project(units: u32) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let mut plan = "[plan]\nid = \"bench\"\ntitle = \"村庄清洁行动\"\nissuer = \"示例\"\nissued = 2025-08-20\n\
        roster = \"roster.csv\"\n\n[[phase]]\nid = \"p\"\nname = \"全程\"\nfrom = 2025-09-01\nto = 2026-09-30\n"
        .to_string();
    let mut records = "unit,task,date\n".to_string();
    for task in 1..=TASKS {
        let month = task % 6 + 1;
        writeln!(
            plan,
            "\n[[phase.activity]]\nid = \"t{task}\"\nname = \"任务{task}\"\ndue = 2026-{month:02}-15\nwho = [\"village\"]"
        )
        .unwrap();
        for unit in (0..units).filter(|unit| (unit + task) % 5 != 0) {
            let code = 511_902_200_000_u64 + u64::from(unit);
            let day = (unit + task) % 28 + 1;
            writeln!(records, "{code},t{task},2026-{month:02}-{day:02}").unwrap();
        }
    }
    fs::write(folder.path().join("duban.toml"), plan).unwrap();
    fs::write(folder.path().join("roster.csv"), villages(units)).unwrap();
    fs::write(folder.path().join("records.csv"), records).unwrap();
    run(folder.path(), &["import", "records.csv"]);
    folder
}

fn run(folder: &Path, words: &[&str]) {
    let args = ["duban"].iter().chain(words).map(Into::into).collect();
    let variables = [("DUBAN_TODAY", "2026-06-30"), ("DUBAN_LANG", "zh-CN")];
    let variables = variables.map(|(name, value)| (name.to_string(), value.to_string()));
    let world = World {
        variables: BTreeMap::from(variables),
        folder: folder.to_path_buf(),
        stdin: &mut io::empty(),
        stdout: &mut io::sink(),
        stderr: &mut io::sink(),
        terminal: Terminal::default(),
        colour: Colour::default(),
        width: None,
        now: 1_782_800_000_000,
        random: || [7; 16],
    };
    assert_eq!(duban::run(args, world), Exit::Done);
}

fn store(folder: &TempDir) -> Store {
    let path = folder.path().join("duban.db");
    Store::open(&path, Access::Read).unwrap().unwrap()
}

#[divan::bench]
fn plan_file(bencher: Bencher) {
    bencher
        .counter(BytesCount::of_slice(PLAN))
        .bench(|| read_plan("qingjiang-2020.toml", black_box(PLAN)));
}

#[divan::bench(args = UNITS)]
fn roster_file(bencher: Bencher, units: u32) {
    let text = villages(units);
    bencher.counter(ItemsCount::new(units)).bench(|| {
        read_roster(Input {
            name: "roster.csv",
            bytes: black_box(text.as_bytes()),
            encoding: None,
            sheet: None,
        })
    });
}

/// From the file to sheets.
#[divan::bench(args = UNITS)]
fn pages(bencher: Bencher, units: u32) {
    let folder = project(units);
    let mut store = store(&folder);
    bencher.counter(ItemsCount::new(units)).bench_local(|| {
        let mut items = 0;
        let reader = store.read().unwrap();
        reader
            .each_sheet(Which::All, &mut |sheet| items += sheet.items.len())
            .unwrap();
        items
    });
}

/// From sheets in memory to figures.
#[divan::bench(args = UNITS)]
fn fold(bencher: Bencher, units: u32) {
    let folder = project(units);
    let mut store = store(&folder);
    let reader = store.read().unwrap();
    let force = reader.in_force().unwrap().unwrap();
    let view = View::on("2026-06-30".parse().unwrap());
    let ruler = Ruler::new(
        &force.plan,
        &force.tasks,
        &force.classes,
        &reader.orders().unwrap(),
        view,
    );
    let mut sheets: Vec<Sheet> = Vec::new();
    reader
        .each_sheet(Which::All, &mut |sheet| sheets.push(sheet.clone()))
        .unwrap();
    let obligations = ItemsCount::new(units * TASKS);
    bencher.counter(obligations).bench_local(|| {
        let mut desk = Desk::default();
        let mut tally = Tally::default();
        for sheet in black_box(&sheets) {
            ruler.cells(sheet, &mut desk, |cell| {
                tally.count(&cell, ruler.view().as_of)
            });
        }
        tally
    });
}

/// A whole command: arguments, plan and store in, text out.
#[divan::bench(args = UNITS)]
fn status(bencher: Bencher, units: u32) {
    let folder = project(units);
    bencher
        .counter(ItemsCount::new(units))
        .bench_local(|| run(folder.path(), &["status"]));
}
