//! The formats an answer can have, by name and by the ending of a file's name.

use std::path::Path;

/// A format an answer can be written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// What a terminal shows.
    Text,
    /// Plain text in full, at the width of a page.
    Txt,
    /// One JSON value, indented.
    Json,
    /// One JSON object a line.
    Jsonl,
    /// A header and a line for each row.
    Csv,
    /// Markdown with tables (GitHub's flavour).
    Markdown,
    /// One self-contained page.
    Html,
    /// A word processor's document (Office Open XML), set as an official document.
    Docx,
}

impl Format {
    /// Every format, in the order in which they are offered.
    pub const ALL: [Format; 8] = [
        Format::Text,
        Format::Txt,
        Format::Json,
        Format::Jsonl,
        Format::Csv,
        Format::Markdown,
        Format::Html,
        Format::Docx,
    ];

    /// The name people type after `--format`.
    pub fn name(self) -> &'static str {
        match self {
            Format::Text => "table",
            Format::Txt => "txt",
            Format::Json => "json",
            Format::Jsonl => "jsonl",
            Format::Csv => "csv",
            Format::Markdown => "markdown",
            Format::Html => "html",
            Format::Docx => "docx",
        }
    }

    /// Whether it is text; else it is bytes that no terminal can show.
    pub fn is_text(self) -> bool {
        self != Format::Docx
    }

    /// The endings of file names that mean this format, the usual one first; none for what only a terminal shows.
    pub fn endings(self) -> &'static [&'static str] {
        match self {
            Format::Text => &[],
            Format::Txt => &["txt"],
            Format::Json => &["json"],
            Format::Jsonl => &["jsonl", "ndjson"],
            Format::Csv => &["csv"],
            Format::Markdown => &["md", "markdown"],
            Format::Html => &["html", "htm"],
            Format::Docx => &["docx"],
        }
    }

    /// The format of this name.
    pub fn from_name(name: &str) -> Option<Format> {
        Format::ALL.into_iter().find(|format| format.name() == name)
    }

    /// The format that a file's name asks for, whatever the case of its ending.
    pub fn from_ending(path: &Path) -> Option<Format> {
        let ending = path.extension()?.to_str()?.to_ascii_lowercase();
        Format::ALL
            .into_iter()
            .find(|format| format.endings().contains(&ending.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_format_is_found_by_its_name_and_its_endings() {
        for format in Format::ALL {
            assert_eq!(Format::from_name(format.name()), Some(format));
            for ending in format.endings() {
                let path = Path::new("进度").with_extension(ending.to_uppercase());
                assert_eq!(Format::from_ending(&path), Some(format));
            }
        }
        assert_eq!(Format::from_name("yaml"), None);
        assert_eq!(Format::from_ending(Path::new("csv")), None);
    }
}
