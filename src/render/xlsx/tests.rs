//! The file as a spreadsheet program sees it: what the cells hold, what the rules are, and how it is printed.

use std::io::{Cursor, Read};

use calamine::{Data, DataType, Reader, Xlsx};
use proptest::prelude::*;

use super::*;
use crate::document::{Column, Date, Row, Table, Text, Tone, Value};
use crate::render::sample::{self, total};

fn written(document: Document<'_>) -> Vec<u8> {
    let mut out = Vec::new();
    write(&mut out, document).unwrap();
    out
}

/// The sheets by name, each with its cells in rows.
fn sheets(file: Vec<u8>) -> Vec<(String, Vec<Vec<Data>>)> {
    let mut book = Xlsx::new(Cursor::new(file)).unwrap();
    let sheets = book.worksheets().into_iter();
    let rows = |range: calamine::Range<Data>| range.rows().map(<[Data]>::to_vec).collect();
    sheets.map(|(name, range)| (name, rows(range))).collect()
}

/// A part of the file.
fn part(file: &[u8], name: &str) -> String {
    let mut zip = zip::ZipArchive::new(Cursor::new(file)).unwrap();
    let mut text = String::new();
    zip.by_name(name)
        .unwrap()
        .read_to_string(&mut text)
        .unwrap();
    text
}

fn text(words: &str) -> Data {
    Data::String(words.into())
}

const JUNE: Date = Date {
    year: 2020,
    month: 6,
    date: 30,
};

/// A board of some units with a column of each content.
fn board<'a>(units: usize) -> Document<'a> {
    let mut document = Document::new("zh-CN", "清江镇 进度一览表");
    document.heading(1, "清江镇 进度一览表", "截至2020-07-03");
    document.limit("范围:村");
    document.line("欠=逾期未完成");
    let columns = vec![
        Column::left("name", "单位"),
        Column::marks("banner", "横幅"),
        Column::marks("poster", "海报"),
        Column::left("due", "时限"),
        Column::left("at", "登记时间"),
        Column::right("days", "逾期"),
        Column::right("rate", "完成率"),
        Column::right("returned", "退回"),
    ];
    let row = |at: usize| {
        let unit = if at == 0 {
            "=cmd|' /C calc'!A0"
        } else {
            "塘坝村"
        };
        Row::item(vec![
            unit.into(),
            ("完", Tone::Done).into(),
            ("欠", Tone::Overdue).into(),
            Text::day("06-30", JUNE),
            Text::from("06-30 14:05").worth(Value::Moment(JUNE, 14, 5)),
            Text::from(("16天", Tone::Overdue)).worth(Value::Number),
            Text::from("86.8%").worth(Value::Number),
            Text::from("-").worth(Value::Number),
        ])
    };
    let sum = total(vec![
        "合计".into(),
        "".into(),
        "".into(),
        "".into(),
        "".into(),
        Text::number(16),
    ]);
    let table = Table::new(columns, (0..units).map(row).chain([sum]));
    let marks = [
        ("完", Tone::Done),
        ("欠", Tone::Overdue),
        ("退", Tone::Returned),
    ];
    document.table(table.named("进度一览").with_marks(marks.map(Text::from)));
    document.line("退回整改:塘坝村");
    document.heading(2, "即将到期", "");
    document.table(Table::new(
        vec![Column::left("name", "单位")],
        [Row::item(vec!["塘坝村".into()])],
    ));
    document
}

#[test]
fn cells_hold_days_and_numbers_and_no_formula() {
    let sheets = sheets(written(board(2)));
    let names: Vec<&str> = sheets.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["进度一览", "即将到期"]);
    let rows = &sheets[0].1;
    assert_eq!(rows[0][0], text("清江镇 进度一览表"));
    assert_eq!(rows[1][0], text("截至2020-07-03"));
    assert_eq!(rows[2][0], text("范围：村"));
    assert_eq!(rows[4][1], text("横幅"));
    let unit = &rows[5];
    assert_eq!(unit[0], text("=cmd|' /C calc'!A0"));
    assert_eq!(unit[2], text("欠"));
    let day = |cell: &Data| cell.get_datetime().unwrap().to_ymd_hms_milli();
    assert_eq!(day(&unit[3]), (2020, 6, 30, 0, 0, 0, 0));
    assert_eq!(day(&unit[4]), (2020, 6, 30, 14, 5, 0, 0));
    assert_eq!(unit[5], Data::Float(16.0));
    assert_eq!(unit[6], Data::Float(0.868));
    assert_eq!(unit[7], Data::Float(0.0));
    assert_eq!(rows[7][..1], [text("合计")]);
    assert_eq!(rows[7][5], Data::Float(16.0));
    assert_eq!(rows.last().unwrap()[0], text("退回整改：塘坝村"));
    let next: Vec<&Data> = sheets[1].1.iter().map(|row| &row[0]).collect();
    let expected = [
        "清江镇 进度一览表",
        "截至2020-07-03",
        "范围：村",
        "即将到期",
        "单位",
        "塘坝村",
    ];
    assert_eq!(next, expected.map(text).each_ref());
}

#[test]
fn what_colours_a_standing_is_a_rule_on_its_letter() {
    let file = written(board(2));
    let sheet = part(&file, "xl/worksheets/sheet1.xml");
    assert!(!sheet.contains("<f>="), "{sheet}");
    for mark in ["完", "欠", "退"] {
        let rule = format!("operator=\"equal\"><formula>\"{mark}\"</formula>");
        assert_eq!(sheet.matches(&rule).count(), 1, "{mark}");
    }
    assert!(
        sheet.contains("<conditionalFormatting sqref=\"B6:C7\">"),
        "{sheet}"
    );
    assert!(sheet.contains("<conditionalFormatting sqref=\"F6:F7\"><cfRule type=\"cellIs\" dxfId=\"3\" priority=\"4\" operator=\"notEqual\">"), "{sheet}");
    assert!(
        sheet.contains("<conditionalFormatting sqref=\"G6:G7\"><cfRule type=\"dataBar\""),
        "{sheet}"
    );
    // Somebody who edits the words that look like a formula gets words again.
    assert!(part(&file, "xl/styles.xml").contains("quotePrefix=\"1\""));
}

#[test]
fn heads_stay_in_sight_and_paper_is_a4() {
    let file = written(board(2));
    let sheet = part(&file, "xl/worksheets/sheet1.xml");
    for expected in [
        "<pane xSplit=\"1\" ySplit=\"5\" topLeftCell=\"B6\"",
        "<autoFilter ref=\"A5:H7\"/>",
        "<pageSetup paperSize=\"9\"",
        "fitToHeight=\"0\"",
        "<pageSetUpPr fitToPage=\"1\"/>",
    ] {
        assert!(sheet.contains(expected), "{expected}: {sheet}");
    }
    let book = part(&file, "xl/workbook.xml");
    assert!(
        book.contains("'进度一览'!$5:$5") || book.contains("进度一览!$5:$5"),
        "{book}"
    );
    assert!(!sheet.contains("orientation=\"landscape\""), "{sheet}");
    let mut wide = Document::new("en", "");
    let columns = (0..30).map(|at| Column::left(at.to_string(), "task"));
    wide.table(Table::new(
        columns.collect(),
        [Row::item(vec!["done".into(); 30])],
    ));
    let sheet = part(&written(wide), "xl/worksheets/sheet1.xml");
    assert!(sheet.contains("orientation=\"landscape\""), "{sheet}");
}

#[test]
fn a_table_too_long_for_a_sheet_goes_on_on_the_next() {
    let file = workbook(board(20), 12).unwrap();
    let sheets = sheets(file);
    let names: Vec<&str> = sheets.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(
        names,
        ["进度一览", "进度一览 (2)", "进度一览 (3)", "即将到期"]
    );
    assert!(sheets.iter().all(|(_, rows)| rows.len() <= 12));
    let units = sheets[..3].iter().flat_map(|(_, rows)| rows);
    let units = units.filter(|row| row.get(2) == Some(&text("欠"))).count();
    assert_eq!(units, 20);
    assert_eq!(sheets[1].1[0][1], text("横幅"));
    assert_eq!(sheets[2].1.last().unwrap()[0], text("退回整改：塘坝村"));
}

#[test]
fn a_long_table_that_goes_through_a_file_holds_the_same() {
    // Its length is unknown, so that it is taken for a long one.
    let rows = || (0..3_000).map(|at| Row::item(vec![Text::number(at), "塘坝村".into()]));
    let columns = || vec![Column::right("no", "序"), Column::left("name", "单位")];
    let mut known = Document::new("zh-CN", "登记簿");
    known.table(Table::new(columns(), rows()));
    let mut unknown = Document::new("zh-CN", "登记簿");
    let mut all = rows();
    unknown.table(Table::new(
        columns(),
        std::iter::from_fn(move || all.next()),
    ));
    let (known, unknown) = (written(known), written(unknown));
    let inline = |file: &[u8]| part(file, "xl/worksheets/sheet1.xml").contains("inlineStr");
    assert_eq!((inline(&known), inline(&unknown)), (false, true));
    assert_eq!(sheets(known), sheets(unknown));
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    assert_eq!(written(board(30)), written(board(30)));
    assert_eq!(written(sample::notice(30)), written(sample::notice(30)));
}

#[test]
fn more_columns_than_a_sheet_has_are_refused() {
    let mut document = Document::new("en", "");
    let columns = (0..16_385).map(|at| Column::left(at.to_string(), "task"));
    document.table(Table::new(columns.collect(), []));
    let error = write(&mut Vec::new(), document).unwrap_err();
    assert_eq!(error.kind(), io::ErrorKind::FileTooLarge);
}

#[test]
fn a_document_without_tables_is_one_sheet_of_lines() {
    let mut document = Document::new("en", "Why");
    document.heading(1, "Why", "as of 2020-07-03");
    document.list(vec!["one".into()]);
    document.heading(2, "Records", "");
    document.pre("a\nb");
    let sheets = sheets(written(document));
    let told: Vec<&Data> = sheets[0].1.iter().map(|row| &row[0]).collect();
    let expected = ["Why", "as of 2020-07-03", "· one", "Records", "a", "b"];
    assert_eq!(told, expected.map(text).each_ref());
    assert!(!written(Document::new("en", "")).is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn no_text_breaks_the_file(words in any::<String>(), lang in "zh-CN|en") {
        let mut document = Document::new(&lang, words.as_str());
        document.heading(1, words.as_str(), words.as_str());
        document.heading(2, words.as_str(), "");
        let columns = vec![Column::left("a", words.as_str()), Column::marks("b", words.as_str())];
        let cells = vec![words.as_str().into(), Text::from(words.as_str()).worth(Value::Number)];
        let table = Table::new(columns, [Row::item(cells)]).named(words.as_str());
        document.table(table.with_marks([words.as_str().into()]));
        let sheets = sheets(written(document));
        let cells = sheets[0].1.iter().flatten();
        let expected = words::cell(&words);
        // In Chinese its marks are widened.
        let holds = cells.filter(|cell| cell.get_string() == Some(expected.as_str())).count();
        prop_assert!(lang != "en" || expected.trim().is_empty() || holds > 0, "{:?} {:?}", words, sheets);
    }
}
