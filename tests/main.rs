//! The integration tests, one binary: whole conversations with `duban`, in a world of their own.

#![allow(clippy::unwrap_used)]

mod answers;
mod architecture;
mod audit;
mod browser;
mod calendar;
mod circle;
mod crash;
mod evidence;
mod examples;
mod explain;
mod files;
mod fold;
mod hand;
mod look;
mod many;
mod names;
mod notice;
mod objection;
mod order;
mod output;
mod publish;
mod races;
mod readme;
mod record;
mod recount;
mod remind;
mod report;
mod review;
mod rows;
mod rules;
mod server;
mod several;
mod support;
mod todo;
mod trouble;
mod trust;
mod verdicts;
mod wording;

/// A file in this folder that is no module of this binary would never run.
#[test]
fn no_test_file_is_forgotten() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let list = std::fs::read_to_string(folder.join("main.rs")).unwrap();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap();
        if path.extension().is_some_and(|ending| ending == "rs") && name != "main" {
            assert!(
                list.contains(&format!("\nmod {name};\n")),
                "tests/{name}.rs is not listed in tests/main.rs"
            );
        }
    }
}
