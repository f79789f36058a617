//! The documents are tested: README, CONTRIBUTING and docs/, each in both languages.
//!
//! Every `console` block runs, in order, in a folder that the document has to itself, and has to say what is shown. Every `toml`
//! block has to pass `duban check`. With `DUBAN_README=update` in the environment, the outputs in the documents are rewritten instead.

mod blocks;
mod contents;

use std::fs;
use std::path::{Path, PathBuf};

/// The folder of the repository.
fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A document by its path in the repository.
fn text(name: &str) -> String {
    fs::read_to_string(root().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// The documents in English, by their paths in the repository. The changelog is a list, and has no second language.
fn documents() -> Vec<String> {
    let mut names: Vec<String> = ["", "docs"].into_iter().flat_map(markdown_in).collect();
    names.retain(|name| !name.ends_with(".zh-CN.md") && name != "CHANGELOG.md");
    names.sort();
    assert!(names.len() > 2, "where are the documents? {names:?}");
    names
}

fn markdown_in(folder: &str) -> Vec<String> {
    let entries = fs::read_dir(root().join(folder)).unwrap();
    let paths = entries.map(|entry| PathBuf::from(folder).join(entry.unwrap().file_name()));
    paths
        .filter(|path| path.extension().is_some_and(|ending| ending == "md"))
        .map(|path| path.to_str().unwrap().to_string())
        .collect()
}

/// The same document in Chinese.
fn chinese(name: &str) -> String {
    name.replace(".md", ".zh-CN.md")
}

/// Lines with whether they stand in a fenced block (the fences among them).
fn fenced(text: &str) -> impl Iterator<Item = (bool, &str)> {
    let mut inside = false;
    text.lines().map(move |line| {
        let fence = line.starts_with("```");
        let was = inside;
        inside ^= fence;
        (was || fence, line)
    })
}
