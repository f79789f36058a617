//! Documents as `.docx` files (Office Open XML), set as GB/T 9704-2012 sets official documents: the page in `page`, the
//! looks in `style`, tables in `table`. The parts are written by hand into a zip, because no library at hand repeats a
//! table's head on every page, streams a table's rows, or gives the same bytes twice in one process.
//!
//! The same document gives the same bytes: no clock, no random ids. Words become Chinese or Latin in typeface and
//! punctuation by the document's language.

mod body;
mod page;
mod picture;
mod style;
mod table;
mod xml;

use std::io::{self, Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use self::body::Body;
use self::xml::escaped;
use super::typeset;
use crate::document::Document;

/// The namespace of all that Word writes.
const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
/// The namespace of what parts say of each other.
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
/// The namespace of the package's own lists.
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";

/// Writes a document as a file. The compressed file is held in memory until it is whole; the rows of tables are not.
pub(crate) fn write(out: &mut dyn Write, document: Document<'_>) -> io::Result<()> {
    let Document {
        lang,
        title,
        blocks,
        ..
    } = typeset::set(document).plain_but_charts();
    let chinese = lang.starts_with("zh");
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let mut part = |name: &str, content: &str| {
        start(&mut zip, name)?;
        zip.write_all(content.as_bytes())
    };
    part("[Content_Types].xml", &content_types())?;
    part("_rels/.rels", &package_relations())?;
    part("docProps/core.xml", &properties(&title, &lang))?;
    part("word/styles.xml", &style::styles(chinese))?;
    part("word/fontTable.xml", &style::font_table())?;
    part("word/settings.xml", &settings())?;
    part("word/footer1.xml", &footer(Side::Right))?;
    part("word/footer2.xml", &footer(Side::Left))?;
    start(&mut zip, "word/document.xml")?;
    let pictures = Body::new(chinese, blocks).write(&mut zip)?;
    start(&mut zip, "word/_rels/document.xml.rels")?;
    zip.write_all(document_relations(pictures.len()).as_bytes())?;
    for (number, picture) in (1..).zip(&pictures) {
        file(&mut zip, &format!("word/media/{}", picture::name(number)))?;
        zip.write_all(&picture.png)?;
    }
    let file = zip.finish().map_err(io::Error::other)?;
    out.write_all(file.get_ref())
}

/// Begins a part of words, at a fixed time.
fn start(zip: &mut ZipWriter<Cursor<Vec<u8>>>, name: &str) -> io::Result<()> {
    file(zip, name)?;
    zip.write_all(b"<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n")
}

fn file(zip: &mut ZipWriter<Cursor<Vec<u8>>>, name: &str) -> io::Result<()> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    zip.start_file(name, options).map_err(io::Error::other)
}

/// The parts beside the document, by name, with the last word of their kind's content type.
const PARTS: [(&str, &str, &str); 5] = [
    ("rId1", "styles", "styles"),
    ("rId2", "fontTable", "fontTable"),
    ("rId3", "settings", "settings"),
    ("rId4", "footer1", "footer"),
    ("rId5", "footer2", "footer"),
];

fn content_types() -> String {
    let kind = "application/vnd.openxmlformats-officedocument.wordprocessingml";
    let mut out = format!(
        "<Types xmlns=\"{PACKAGE}/content-types\">\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"png\" ContentType=\"image/png\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>\
         <Override PartName=\"/docProps/core.xml\" ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>\
         <Override PartName=\"/word/document.xml\" ContentType=\"{kind}.document.main+xml\"/>"
    );
    for (_, name, part) in PARTS {
        out.push_str(&format!(
            "<Override PartName=\"/word/{name}.xml\" ContentType=\"{kind}.{part}+xml\"/>"
        ));
    }
    out.push_str("</Types>");
    out
}

fn package_relations() -> String {
    format!(
        "<Relationships xmlns=\"{PACKAGE}/relationships\">\
         <Relationship Id=\"rId1\" Type=\"{RELATIONS}/officeDocument\" Target=\"word/document.xml\"/>\
         <Relationship Id=\"rId2\" Type=\"{PACKAGE}/relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/>\
         </Relationships>"
    )
}

fn document_relations(pictures: usize) -> String {
    let mut out = format!("<Relationships xmlns=\"{PACKAGE}/relationships\">");
    for (id, name, part) in PARTS {
        out.push_str(&format!(
            "<Relationship Id=\"{id}\" Type=\"{RELATIONS}/{part}\" Target=\"{name}.xml\"/>"
        ));
    }
    for number in 1..=pictures {
        let (relation, name) = (picture::relation(number), picture::name(number));
        out.push_str(&format!(
            "<Relationship Id=\"{relation}\" Type=\"{RELATIONS}/image\" Target=\"media/{name}\"/>"
        ));
    }
    out.push_str("</Relationships>");
    out
}

fn properties(title: &str, lang: &str) -> String {
    format!(
        "<cp:coreProperties xmlns:cp=\"{PACKAGE}/metadata/core-properties\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\
         <dc:title>{}</dc:title><dc:language>{}</dc:language></cp:coreProperties>",
        escaped(title),
        escaped(lang)
    )
}

/// Odd and even pages differ; Word 2013's rules of layout; punctuation is not squeezed, so that 28 letters stay 28.
fn settings() -> String {
    format!(
        "<w:settings xmlns:w=\"{WORD}\"><w:zoom w:percent=\"100\"/><w:defaultTabStop w:val=\"{}\"/>\
         <w:evenAndOddHeaders/><w:drawingGridVerticalSpacing w:val=\"{}\"/>\
         <w:characterSpacingControl w:val=\"doNotCompress\"/><w:compat><w:compatSetting w:name=\"compatibilityMode\" \
         w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat></w:settings>",
        4 * page::HALF,
        page::LINE / 2,
    )
}

/// The side of a page number.
#[derive(Clone, Copy)]
enum Side {
    Left,
    Right,
}

/// The page number `— 1 —`, one letter from the outer edge of the type area (7.5): at the right of odd pages, at the left
/// of even ones.
fn footer(side: Side) -> String {
    let side = match side {
        Side::Left => "left",
        Side::Right => "right",
    };
    let dash = |text: &str| {
        format!(
            "<w:r><w:rPr><w:rFonts w:hint=\"eastAsia\"/></w:rPr><w:t xml:space=\"preserve\">{text}</w:t></w:r>"
        )
    };
    format!(
        "<w:ftr xmlns:w=\"{WORD}\"><w:p><w:pPr><w:pStyle w:val=\"Footer\"/><w:ind w:{side}=\"{}\"/><w:jc w:val=\"{side}\"/>\
         </w:pPr>{}<w:fldSimple w:instr=\" PAGE \"><w:r><w:t>1</w:t></w:r></w:fldSimple>{}</w:p></w:ftr>",
        2 * page::HALF,
        dash("— "),
        dash(" —"),
    )
}

#[cfg(test)]
mod tests;
