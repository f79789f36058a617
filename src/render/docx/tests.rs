//! The file as a reader sees it: parts that are whole, and a document that is set as the standard says.

use std::collections::BTreeMap;
use std::io::Read;

use insta::assert_snapshot;
use proptest::prelude::*;
use quick_xml::events::Event;

use super::*;
use crate::document::{Block, Column, Row, Table, Text, Tone};
use crate::render::sample;
use crate::render::sample::total;

fn written(document: Document<'_>) -> Vec<u8> {
    let mut out = Vec::new();
    write(&mut out, document).unwrap();
    out
}

/// The parts by name, each of them well-formed.
fn parts(document: Document<'_>) -> BTreeMap<String, String> {
    let mut zip = zip::ZipArchive::new(Cursor::new(written(document))).unwrap();
    let mut parts = BTreeMap::new();
    for at in 0..zip.len() {
        let mut file = zip.by_index(at).unwrap();
        let name = file.name().unwrap().into_owned();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if !name.ends_with(".png") {
            well_formed(&name, &text);
        }
        parts.insert(name, text);
    }
    parts
}

fn well_formed(name: &str, text: &str) {
    let mut reader = quick_xml::Reader::from_str(text);
    reader.config_mut().check_end_names = true;
    let mut open = 0;
    let mut roots = 0;
    loop {
        match reader
            .read_event()
            .unwrap_or_else(|error| panic!("{name}: {error}\n{text}"))
        {
            Event::Start(start) => {
                assert!(
                    start.attributes().all(|attribute| attribute.is_ok()),
                    "{name}: {start:?}"
                );
                roots += u32::from(open == 0);
                open += 1;
            }
            Event::Empty(start) => {
                assert!(
                    start.attributes().all(|attribute| attribute.is_ok()),
                    "{name}: {start:?}"
                );
            }
            Event::End(_) => open -= 1,
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!((open, roots), (0, 1), "{name}");
}

/// The document's XML, an element of some weight a line.
fn document_xml(document: Document<'_>) -> String {
    let xml = parts(document).remove("word/document.xml").unwrap();
    [
        "<w:p>",
        "<w:tbl>",
        "<w:tr>",
        "<w:tc>",
        "<w:sectPr>",
        "</w:tbl>",
    ]
    .iter()
    .fold(xml, |xml, tag| xml.replace(tag, &format!("\n{tag}")))
}

#[test]
fn a_chinese_notice_is_set_as_the_standard_says() {
    assert_snapshot!(document_xml(sample::notice(2)));
}

#[test]
fn an_english_notice_is_set_alike() {
    assert_snapshot!(document_xml(sample::english()));
}

#[test]
fn the_parts_beside_the_document() {
    for (lang, chinese) in [("zh-CN", true), ("en", false)] {
        let mut parts = parts(Document::new(lang, "<通报>"));
        parts.remove("word/document.xml");
        let told: Vec<String> = parts
            .iter()
            .filter(|(name, _)| chinese || name.as_str() == "word/styles.xml")
            .map(|(name, text)| format!("{name}\n{}", text.replace("><", ">\n<")))
            .collect();
        assert_snapshot!(format!("parts_{lang}"), told.join("\n\n"));
    }
}

#[test]
fn every_style_that_is_used_is_defined() {
    let mut document = sample::notice(3);
    document.heading(4, "1.小标题", "（节）");
    document.line("行");
    document.pre("原样\n  两行");
    let mut parts = parts(document);
    let styles = parts.remove("word/styles.xml").unwrap();
    let used: Vec<String> = parts
        .values()
        .flat_map(|xml| xml.split("<w:pStyle w:val=\"").skip(1))
        .map(|rest| rest.split('"').next().unwrap().to_string())
        .collect();
    assert!(used.len() > 40);
    for style in used {
        assert!(
            styles.contains(&format!("w:styleId=\"{style}\"")),
            "{style}"
        );
    }
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    assert_eq!(written(sample::notice(30)), written(sample::notice(30)));
}

#[test]
fn a_long_table_repeats_its_head_and_breaks_between_rows() {
    let xml = document_xml(sample::notice(30));
    assert_eq!(xml.matches("<w:tblHeader/>").count(), 1);
    assert_eq!(xml.matches("<w:cantSplit/>").count(), 1 + 30);
    let widths = xml.split("<w:gridCol w:w=\"").skip(1).take(6);
    let sum: u32 = widths
        .map(|rest| rest.split('"').next().unwrap().parse::<u32>().unwrap())
        .sum();
    assert_eq!(sum, page::PORTRAIT.text_width());
}

fn wide_table(document: &mut Document<'_>) {
    let columns = (0..30).map(|at| Column::left(at.to_string(), "任务名称"));
    document.table(Table::new(
        columns.collect(),
        [Row::item(vec!["完成".into(); 30])],
    ));
}

#[test]
fn a_page_is_turned_for_a_wide_table_but_a_letter_never() {
    let turned = |xml: &str| xml.contains("w:orient=\"landscape\"");
    let mut report = Document::new("zh-CN", "");
    wide_table(&mut report);
    let xml = document_xml(report);
    assert!(turned(&xml));
    assert!(xml.contains("<w:pgSz w:w=\"16838\" w:h=\"11906\""), "{xml}");
    let mut letter = sample::notice(1);
    wide_table(&mut letter);
    assert!(!turned(&document_xml(letter)));
    assert!(!turned(&document_xml(sample::notice(30))));
}

#[test]
fn single_letters_stand_in_the_middle_and_totals_are_bold() {
    let mut document = Document::new("zh-CN", "");
    document.table(Table::new(
        vec![Column::left("a", "横幅"), Column::right("b", "件")],
        [
            Row::item(vec![
                ("欠", Tone::Overdue).into(),
                "1".into(),
                "surplus".into(),
            ]),
            total(vec!["合".into()]),
        ],
    ));
    let xml = document_xml(document);
    assert_eq!(
        xml.matches("<w:jc w:val=\"center\"/></w:pPr>").count(),
        2,
        "{xml}"
    );
    assert_eq!(xml.matches("<w:jc w:val=\"right\"/>").count(), 2, "{xml}");
    assert_eq!(xml.matches("<w:b/>").count(), 2, "{xml}");
    assert!(!xml.contains("surplus"), "{xml}");
}

#[test]
fn what_no_office_sees_is_no_paragraph() {
    let mut document = Document::new("en", "");
    document.blank();
    document.line(Text::new());
    document.blank();
    assert_eq!(document_xml(document).matches("<w:p>").count(), 1);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn no_text_breaks_the_file(text in any::<String>(), lang in "zh-CN|en|\"<x") {
        let mut document = Document::new(lang, text.as_str());
        let spoken = || Text::from((text.as_str(), Tone::Notice));
        document.heading(1, spoken(), spoken());
        document.heading(3, spoken(), spoken());
        document.line(spoken());
        document.list(vec![spoken()]);
        document.pre(text.as_str());
        document.blocks.push(Block::Paragraph(spoken()));
        document.table(Table::new(vec![Column::left("a", spoken()), Column::left("b", spoken()).wrapping()], [Row::item(vec![spoken(), spoken()]), total(vec![spoken()])].into_iter()));
        document.blocks.extend([
            Block::Letterhead { organ: spoken(), number: spoken() },
            Block::Salutation(spoken()),
            Block::Closing { organ: spoken(), day: spoken() },
            Block::Copies(vec![spoken()]),
        ]);
        // Each part is checked while it is read.
        let parts = parts(document);
        prop_assert_eq!(parts.len(), 10);
    }
}

#[test]
fn a_cell_that_goes_on_is_merged_with_the_one_above() {
    let row = |unit: &str, task: &str| Row::item(vec![unit.into(), task.into()]);
    let rows = [row("甲村", "横幅"), row("", "海报"), row("乙村", "")];
    let mut document = Document::new("zh-CN", "表");
    let columns = vec![
        Column::left("unit", "单位").joined(),
        Column::left("task", "任务"),
    ];
    document.table(Table::new(columns, rows));
    let text = &parts(document)["word/document.xml"];
    let merges: Vec<&str> = text.split("<w:vMerge").skip(1).collect();
    let merges: Vec<bool> = merges
        .iter()
        .map(|rest| rest.starts_with(" w:val=\"restart\""))
        .collect();
    assert_eq!(merges, [true, false, true]);
}

#[test]
fn a_chart_is_a_picture_or_its_figures() {
    let mut document = Document::new("zh-CN", "");
    document.chart(sample::burn_up());
    let parts = parts(document);
    let text = &parts["word/document.xml"];
    let relations = &parts["word/_rels/document.xml.rels"];
    assert!(text.contains("相差 &lt;10&gt; 件。"), "{text}");
    let drawn = parts.contains_key("word/media/chart1.png");
    assert_eq!(text.contains("r:embed=\"rIdChart1\""), drawn, "{text}");
    assert_eq!(relations.contains("Target=\"media/chart1.png\""), drawn);
    // A machine without fonts has the table.
    assert_eq!(text.contains("<w:tbl>"), !drawn, "{text}");
}
