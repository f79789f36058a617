//! Who may import whom, and where the driver, the parser and the clock may be named.

use std::fs;
use std::path::{Path, PathBuf};

/// Each room with the rooms that it may import, besides `parallel`, which is a tool and knows nothing of ours.
const ROOMS: &[(&str, &[&str])] = &[
    ("parallel", &[]),
    ("scratch", &[]),
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
        &["model", "source", "journal", "store", "evidence", "query"],
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
    ("rusqlite", &["store"]),
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
    ("zip::", &["render/docx", "source/workbook"]),
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
pub fn sources() -> Vec<(String, String)> {
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
    name.ends_with("/tests.rs") || name.contains("/tests/") || name.contains("/contract")
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
