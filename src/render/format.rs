//! The formats an answer can have: one table, which says everything of each. A new format is a file beside this one and a row here.

use std::io::{self, Write};
use std::path::Path;

use super::text::Screen;
use super::{docx, html, markdown, png, svg, text, typeset, xlsx};
use crate::document::Document;

/// What a format is made of, and how.
#[derive(Clone, Copy)]
pub(crate) enum Writer {
    /// The whole typed value, as JSON.
    Json,
    /// The typed rows, as JSON lines.
    Jsonl,
    /// The typed rows, as CSV.
    Csv,
    /// The days of the report, where it has any.
    Calendar,
    /// The document. The screen matters to what a terminal shows alone.
    Document(fn(&mut dyn Write, Document<'_>, Screen) -> io::Result<()>),
    /// The document as one picture.
    Picture(fn(&mut dyn Write, Document<'_>) -> io::Result<()>),
}

/// Everything that is to be said of a format.
struct Entry {
    /// What people type after `--format`.
    name: &'static str,
    /// What it is, as the English help says it.
    about: &'static str,
    /// The endings of file names that mean it, the usual one first; none for what only a terminal shows.
    endings: &'static [&'static str],
    /// Whether it is text; else it is bytes that no terminal can show.
    is_text: bool,
    writer: Writer,
}

macro_rules! formats {
    ($($(#[$doc:meta])* $format:ident { $($entry:tt)* })*) => {
        /// A format an answer can be written in.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Format {
            $($(#[$doc])* $format,)*
        }

        impl Format {
            /// Every format, in the order in which they are offered.
            pub(crate) const ALL: &[Format] = &[$(Format::$format),*];

            const fn entry(self) -> Entry {
                match self {
                    $(Format::$format => Entry { $($entry)* },)*
                }
            }
        }
    };
}

formats! {
    /// What a terminal shows.
    Text {
        name: "table",
        about: "For people: text laid out for the screen",
        endings: &[],
        is_text: true,
        writer: Writer::Document(text::write),
    }
    /// One JSON value, indented.
    Json {
        name: "json",
        about: "One JSON value",
        endings: &["json"],
        is_text: true,
        writer: Writer::Json,
    }
    /// One JSON object a line.
    Jsonl {
        name: "jsonl",
        about: "One JSON row a line",
        endings: &["jsonl", "ndjson"],
        is_text: true,
        writer: Writer::Jsonl,
    }
    /// A header and a line for each row.
    Csv {
        name: "csv",
        about: "Comma-separated rows",
        endings: &["csv"],
        is_text: true,
        writer: Writer::Csv,
    }
    /// Markdown with tables (GitHub's flavour).
    Markdown {
        name: "markdown",
        about: "A Markdown document",
        endings: &["md", "markdown"],
        is_text: true,
        writer: Writer::Document(|out, document, _| markdown::write(out, typeset::set(document))),
    }
    /// One self-contained page.
    Html {
        name: "html",
        about: "A web page",
        endings: &["html", "htm"],
        is_text: true,
        writer: Writer::Document(|out, document, _| html::write(out, typeset::set(document))),
    }
    /// Plain text in full, at the width of a page.
    Txt {
        name: "txt",
        about: "Plain text in full, for a file",
        endings: &["txt"],
        is_text: true,
        writer: Writer::Document(|out, document, _| text::write_file(out, typeset::set(document))),
    }
    /// A drawing.
    Svg {
        name: "svg",
        about: "A drawing, of any size",
        endings: &["svg"],
        is_text: true,
        writer: Writer::Picture(|out, document| svg::write(out, typeset::set(document))),
    }
    /// A picture.
    Png {
        name: "png",
        about: "A picture, for chats and slides",
        endings: &["png"],
        is_text: false,
        writer: Writer::Picture(|out, document| png::write(out, typeset::set(document))),
    }
    /// A word processor's document (Office Open XML), set as an official document.
    Docx {
        name: "docx",
        about: "A word processor's document, set as an official one",
        endings: &["docx"],
        is_text: false,
        writer: Writer::Document(|out, document, _| docx::write(out, document)),
    }
    /// A spreadsheet's workbook (Office Open XML), a sheet for each table.
    Xlsx {
        name: "xlsx",
        about: "A workbook: a sheet for each table, with real dates and numbers",
        endings: &["xlsx"],
        is_text: false,
        writer: Writer::Document(|out, document, _| xlsx::write(out, document)),
    }
    /// Days for programs that keep calendars (iCalendar).
    Ics {
        name: "ics",
        about: "A calendar of due days, from `calendar`",
        endings: &["ics"],
        is_text: true,
        writer: Writer::Calendar,
    }
}

impl Format {
    /// The name people type after `--format`.
    pub(crate) fn name(self) -> &'static str {
        self.entry().name
    }

    /// What it is, as the English help says it.
    pub(crate) fn about(self) -> &'static str {
        self.entry().about
    }

    /// Whether it is text; else it is bytes that no terminal can show.
    pub(crate) fn is_text(self) -> bool {
        self.entry().is_text
    }

    /// The endings of file names that mean this format, the usual one first; none for what only a terminal shows.
    pub(crate) fn endings(self) -> &'static [&'static str] {
        self.entry().endings
    }

    /// The usual ending of every format that has one, as help lists them: `.docx .txt …`.
    pub(crate) fn all_endings() -> String {
        // What people read comes first; the table begins with what programs do.
        let all = Format::ALL.iter().rev();
        let endings = all.filter_map(|format| format.endings().first());
        endings
            .map(|ending| format!(".{ending}"))
            .collect::<Vec<_>>()
            .join(" ")
    }

    /// The names of all formats, as help lists them.
    pub(crate) fn all_names() -> String {
        let names = Format::ALL.iter().map(|format| format.name());
        names.collect::<Vec<_>>().join(" ")
    }

    /// What it is made of, and how.
    pub(crate) fn writer(self) -> Writer {
        self.entry().writer
    }

    /// The format of this name.
    pub(crate) fn from_name(name: &str) -> Option<Format> {
        let mut all = Format::ALL.iter().copied();
        all.find(|format| format.name() == name)
    }

    /// The format that a file's name asks for, whatever the case of its ending.
    pub(crate) fn from_ending(path: &Path) -> Option<Format> {
        let ending = path.extension()?.to_str()?.to_ascii_lowercase();
        let mut all = Format::ALL.iter().copied();
        all.find(|format| format.endings().contains(&ending.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_format_is_found_by_its_name_and_its_endings() {
        for format in Format::ALL.iter().copied() {
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
