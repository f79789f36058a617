//! Who may import whom, and where the driver, the parser and the clock may be named.

use std::fs;
use std::path::{Path, PathBuf};

/// Each room with the rooms that it may import, besides `parallel`, which is a tool and knows nothing of ours.
const ROOMS: &[(&str, &[&str])] = &[
    ("parallel", &[]),
    ("archive", &[]),
    ("scratch", &[]),
    // Tests alone, which may import all and are imported by nobody.
    ("fuzz", &[]),
    ("model", &[]),
    ("words", &[]),
    ("document", &[]),
    ("source", &["model"]),
    ("journal", &["model"]),
    ("evidence", &["model", "scratch"]),
    ("store", &["model", "journal", "scratch"]),
    (
        "query",
        &["model", "source", "journal", "store", "evidence"],
    ),
    (
        "ops",
        &[
            "model", "source", "journal", "store", "evidence", "archive", "query", "scratch",
        ],
    ),
    ("report", &["model", "query", "document", "words"]),
    ("render", &["document"]),
    (
        "cli",
        &[
            "model", "source", "journal", "store", "evidence", "query", "ops", "document",
            "report", "render", "words", "scratch",
        ],
    ),
];

/// Names that may stand in these places alone.
const KEPT: &[(&str, &[&str])] = &[
    ("rusqlite", &["store/database"]),
    ("postgres::", &["store/database"]),
    ("rustls", &["store/database"]),
    ("toml::", &["source/plan"]),
    ("clap", &["cli"]),
    ("anyhow", &["cli"]),
    ("calamine", &["source"]),
    ("image::", &["evidence"]),
    ("image_hasher", &["evidence"]),
    ("exif::", &["evidence"]),
    ("fluent_bundle", &["words"]),
    ("comfy_table", &["render", "main.rs"]),
    ("indicatif", &["cli"]),
    ("zip::", &["archive", "render/docx", "source/workbook"]),
    ("rust_xlsxwriter", &["render/xlsx"]),
    ("resvg", &["render/png"]),
    ("cfb::", &["source/workbook"]),
    ("quick_xml", &["source/workbook"]),
    ("std::env::", &["main.rs"]),
    ("SystemTime", &["main.rs"]),
    ("Utc::now", &[]),
    ("Local::now", &[]),
    ("process::exit", &[]),
];

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

/// Every source file by its place under `src`, with its code: comments and tests left out.
pub(crate) fn sources() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    files(&root, &mut found);
    assert!(found.len() > 50, "where is the source?");
    let read = |path: PathBuf| {
        let name = path
            .strip_prefix(&root)
            .unwrap()
            .to_str()
            .unwrap()
            .replace('\\', "/");
        let text = fs::read_to_string(&path).unwrap();
        let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
        let code = code
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"))
            .collect::<Vec<_>>()
            .join("\n");
        (name, code)
    };
    let mut sources: Vec<_> = found.into_iter().map(read).collect();
    sources.sort();
    sources
}

fn is_test(name: &str) -> bool {
    name.starts_with("fuzz")
        || name.ends_with("/tests.rs")
        || name.contains("/tests/")
        || name.contains("/contract")
}

#[test]
fn rooms_import_only_what_they_may() {
    for (name, code) in sources() {
        let Some((room, _)) = name.split_once('/') else {
            continue;
        };
        let (_, may) = ROOMS
            .iter()
            .find(|(known, _)| *known == room)
            .unwrap_or_else(|| panic!("{room} is no room"));
        for part in code.split("crate::").skip(1) {
            let imported: String = part
                .chars()
                .take_while(|c| c.is_alphanumeric() || *c == '_')
                .collect();
            if ROOMS.iter().any(|(known, _)| *known == imported)
                && imported != room
                && imported != "parallel"
                && !is_test(&name)
            {
                assert!(
                    may.contains(&imported.as_str()),
                    "{name} imports {imported}"
                );
            }
        }
        assert!(
            !code.contains("use crate::{"),
            "{name}: one room an import, so that this test can read it"
        );
    }
}

/// The table of rooms in CONTRIBUTING.md, in both languages: each room with what it may import.
#[test]
fn the_table_of_rooms_says_what_this_test_holds() {
    for (file, nothing, same) in [
        ("CONTRIBUTING.md", "nothing of ours", "the same, "),
        ("CONTRIBUTING.zh-CN.md", "不引用其他模块", "同上，以及 "),
    ] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
        let text = fs::read_to_string(path).unwrap();
        let mut before = Vec::new();
        let mut told = Vec::new();
        for line in text.lines().filter(|line| line.starts_with("| `src/")) {
            let cells: Vec<&str> = line.trim_matches('|').split(" | ").collect();
            let room = cells[0].trim().trim_matches('`');
            let Some(room) = room
                .strip_prefix("src/")
                .and_then(|room| room.strip_suffix('/'))
            else {
                continue;
            };
            let may = cells[2].trim();
            let mut rooms: Vec<String> = match may.strip_prefix(same) {
                Some(more) => before.clone().into_iter().chain(names(more)).collect(),
                None if may.starts_with(nothing) => Vec::new(),
                None => names(may),
            };
            rooms.sort();
            before.clone_from(&rooms);
            told.push((room.to_string(), rooms));
        }
        for (room, may) in ROOMS.iter().filter(|(room, _)| *room != "cli") {
            let mut may: Vec<String> = may.iter().map(ToString::to_string).collect();
            may.sort();
            let found = told.iter().find(|(known, _)| known == room);
            assert_eq!(found.map(|(_, may)| may), Some(&may), "{file}: {room}");
        }
    }
}

fn names(list: &str) -> Vec<String> {
    list.split([',', '、'])
        .map(|name| name.trim().to_string())
        .collect()
}

#[test]
fn every_room_is_in_the_list() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for entry in fs::read_dir(root).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            let room = path.file_name().unwrap().to_str().unwrap().to_string();
            assert!(
                ROOMS.iter().any(|(known, _)| *known == room),
                "{room} is no room"
            );
        }
    }
}

#[test]
fn drivers_parsers_and_clocks_stay_where_they_belong() {
    for (name, code) in sources() {
        for (word, places) in KEPT {
            if code.contains(word) && !is_test(&name) {
                assert!(
                    places.iter().any(|place| name.starts_with(place)),
                    "{name} names {word}"
                );
            }
        }
    }
}

#[test]
fn nothing_is_left_unfinished() {
    for (name, code) in sources() {
        for word in ["todo!", "unimplemented!", "dbg!", "FIXME", "XXX"] {
            assert!(!code.contains(word), "{name} has {word}");
        }
    }
}

/// Rooms whose files do not import each other in circles.
const WITHOUT_CIRCLES: &[&str] = &["model", "store", "query", "ops", "cli"];

/// A file's module path without its ending: `store/read.rs` and `store/mod.rs` are `store/read` and `store`.
fn module(name: &str) -> &str {
    let name = name.strip_suffix(".rs").unwrap();
    name.strip_suffix("/mod").unwrap_or(name)
}

/// The paths that a file's code names, each from the root of the crate.
fn named(module: &str, code: &str) -> Vec<String> {
    let word = |c: char| c.is_alphanumeric() || c == '_';
    let mut paths = Vec::new();
    for root in ["crate::", "super::", "self::"] {
        for (at, _) in code.match_indices(root) {
            if code[..at].ends_with(|c: char| word(c) || c == ':') {
                continue;
            }
            let mut from: Vec<&str> = module.split('/').collect();
            let mut rest = &code[at..];
            if let Some(path) = rest.strip_prefix("crate::") {
                (from, rest) = (Vec::new(), path);
            }
            rest = rest.strip_prefix("self::").unwrap_or(rest);
            while let Some(path) = rest.strip_prefix("super::") {
                from.pop();
                rest = path;
            }
            let plain = rest.find(|c: char| !word(c) && c != ':');
            let (plain, after) = rest.split_at(plain.unwrap_or(rest.len()));
            from.extend(plain.split("::").filter(|part| !part.is_empty()));
            let several = after
                .strip_prefix('{')
                .and_then(|list| list.split('}').next());
            match several {
                None => paths.push(from.join("/")),
                Some(list) => {
                    let of = |item: &str| format!("{}/{}", from.join("/"), item.trim());
                    paths.extend(list.split(',').map(of));
                }
            }
        }
    }
    paths
}

#[test]
fn files_do_not_import_each_other_in_circles() {
    let sources = sources();
    let modules: Vec<&str> = sources.iter().map(|(name, _)| module(name)).collect();
    let file_of = |path: &str| {
        let mut path = path;
        loop {
            if modules.contains(&path) {
                return Some(path.to_string());
            }
            path = path.rsplit_once('/')?.0;
        }
    };
    let mut imports = std::collections::BTreeMap::new();
    for (name, code) in &sources {
        let module = module(name);
        let room = module.split('/').next().unwrap();
        if !WITHOUT_CIRCLES.contains(&room) || is_test(name) {
            continue;
        }
        let inside = |file: &String| file.contains('/') && file.starts_with(room) && file != module;
        let files = named(module, code)
            .into_iter()
            .filter_map(|path| file_of(&path));
        imports.insert(module.to_string(), files.filter(inside).collect::<Vec<_>>());
    }
    assert!(imports["store/write"].contains(&"store/read".to_string()));
    // What can be typed names every command, and every command what can be typed: the one ring there has to be.
    imports.remove("cli/arguments");
    // What imports nothing that is still there cannot be part of a circle.
    loop {
        let before = imports.len();
        let left: Vec<String> = imports.keys().cloned().collect();
        imports.retain(|_, files| files.iter().any(|file| left.contains(file)));
        if imports.len() == before {
            break;
        }
    }
    assert!(
        imports.is_empty(),
        "circles, or what leads to them: {imports:#?}"
    );
}
