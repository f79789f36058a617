//! Workbooks written by hand: the least that each format needs.

mod binary;

use std::io::{Cursor, Read, Write};

use super::{Kind, cell_name, number, read};
use crate::source::file_kind;
use crate::source::problem::Problem;

/// A zip file of those parts.
pub(in crate::source) fn packed(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        let options = zip::write::SimpleFileOptions::default();
        zip.start_file(*name, options).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// An XLSX workbook: each sheet's name, its state (`visible`, `hidden`, `veryHidden`), its rows and what follows them.
pub(in crate::source) fn xlsx(sheets: &[(&str, &str, &str, &str)]) -> Vec<u8> {
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006";
    let mut list = String::new();
    let mut links =
        format!("<Relationship Id=\"s\" Type=\"{office}/styles\" Target=\"styles.xml\"/>");
    let mut parts: Vec<(String, String)> = Vec::new();
    for ((name, state, rows, after), id) in sheets.iter().zip(1..) {
        list.push_str(&format!(
            "<sheet name=\"{name}\" sheetId=\"{id}\" state=\"{state}\" r:id=\"r{id}\"/>"
        ));
        links.push_str(&format!("<Relationship Id=\"r{id}\" Type=\"{office}/worksheet\" Target=\"worksheets/{id}.xml\"/>"));
        let text =
            format!("<worksheet xmlns=\"{main}\"><sheetData>{rows}</sheetData>{after}</worksheet>");
        parts.push((format!("xl/worksheets/{id}.xml"), text));
        let links = format!(
            "<Relationships xmlns=\"{package}/relationships\"><Relationship Id=\"h1\" Type=\"{office}/hyperlink\" Target=\"https://example.invalid/1\" TargetMode=\"External\"/></Relationships>"
        );
        parts.push((format!("xl/worksheets/_rels/{id}.xml.rels"), links));
    }
    let relations = |body: &str| {
        format!("<Relationships xmlns=\"{package}/relationships\">{body}</Relationships>")
    };
    parts.push((
        "[Content_Types].xml".into(),
        format!("<Types xmlns=\"{package}/content-types\"/>"),
    ));
    parts.push((
        "_rels/.rels".into(),
        relations(&format!(
            "<Relationship Id=\"r1\" Type=\"{office}/officeDocument\" Target=\"xl/workbook.xml\"/>"
        )),
    ));
    parts.push((
        "xl/workbook.xml".into(),
        format!(
            "<workbook xmlns=\"{main}\" xmlns:r=\"{office}\"><sheets>{list}</sheets></workbook>"
        ),
    ));
    parts.push(("xl/_rels/workbook.xml.rels".into(), relations(&links)));
    // Style 1 shows a day, style 2 a day with its clock time; the others are numbers in formats.
    let codes = [
        "000",
        "0",
        "0&quot;张&quot;",
        ";;;",
        "0%",
        "#,##0.00",
        "0,",
        "m&quot;月&quot;d&quot;日&quot;",
        "yyyy&quot;年&quot;m&quot;月&quot;",
        "d&quot;日&quot;",
        "yyyy",
        "m&quot;月&quot;",
    ];
    let formats: String = codes
        .iter()
        .zip(164..)
        .map(|(code, id)| format!("<numFmt numFmtId=\"{id}\" formatCode=\"{code}\"/>"))
        .collect();
    let styles: String = (164..)
        .take(codes.len())
        .map(|id| format!("<xf numFmtId=\"{id}\" applyNumberFormat=\"1\"/>"))
        .collect();
    parts.push(("xl/styles.xml".into(), format!("<styleSheet xmlns=\"{main}\"><numFmts>{formats}<numFmt numFmtId=\"190\" formatCode=\"0&quot;月&quot;\"/></numFmts><cellXfs count=\"18\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\" applyNumberFormat=\"1\"/><xf numFmtId=\"22\" applyNumberFormat=\"1\"/>{styles}<xf numFmtId=\"58\" applyNumberFormat=\"1\"/><xf numFmtId=\"57\" applyNumberFormat=\"1\"/><xf numFmtId=\"190\" applyNumberFormat=\"1\"/></cellXfs></styleSheet>")));
    let parts: Vec<(&str, &[u8])> = parts
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_bytes()))
        .collect();
    packed(&parts)
}

/// A workbook with one sheet of those rows, and what follows them.
fn one(rows: &str, after: &str) -> Vec<u8> {
    xlsx(&[("填报", "visible", rows, after)])
}

/// An OpenDocument spreadsheet of those tables.
pub(in crate::source) fn ods(tables: &str) -> Vec<u8> {
    // Rows and columns of no size and of some, and formats that show parts of a day.
    let row = |name: &str, more: &str| {
        format!(
            "<style:style style:name=\"{name}\" style:family=\"table-row\"><style:table-row-properties {more}/></style:style>"
        )
    };
    let column = |name: &str, width: &str| {
        format!(
            "<style:style style:name=\"{name}\" style:family=\"table-column\"><style:table-column-properties style:column-width=\"{width}\"/></style:style>"
        )
    };
    let day = |name: &str, parts: &str| {
        let parts: String = parts
            .split(' ')
            .map(|part| format!("<number:{part}/><number:text>-</number:text>"))
            .collect();
        format!(
            "<number:date-style style:name=\"N-{name}\">{parts}</number:date-style><style:style style:name=\"{name}\" style:family=\"table-cell\" style:data-style-name=\"N-{name}\"/>"
        )
    };
    let parted = |name: &str, parts: &str| {
        format!(
            "<number:number-style style:name=\"N-{name}\">{parts}</number:number-style><style:style style:name=\"{name}\" style:family=\"table-cell\" style:data-style-name=\"N-{name}\"/>"
        )
    };
    let embedded = |at: i32, letter: &str| {
        format!(
            "<number:number number:min-integer-digits=\"2\"><number:embedded-text number:position=\"{at}\">{letter}</number:embedded-text></number:number>"
        )
    };
    let looks = [
        parted("point-within", &embedded(1, ".")),
        parted("comma-within", &embedded(1, ",")),
        parted("blank-within", &embedded(3, " ")),
        parted("zero-before", "<number:text>0</number:text><number:number/>"),
        parted("two-parts", "<number:number/><number:text>.</number:text><number:number/>"),
        parted("of-negative", "<number:number/><style:map style:condition=\"value()&lt;0\" style:apply-style-name=\"N-point-within\"/>"),
        parted("month-behind", "<number:number/><number:text>月</number:text>"),
        row(
            "no-height",
            "style:row-height=\"0cm\" style:use-optimal-row-height=\"false\"",
        ),
        row(
            "fitting-height",
            "style:row-height=\"0in\" style:use-optimal-row-height=\"true\"",
        ),
        column("no-width", "0in"),
        column("little-width", "0.01in"),
        day("whole", "year month day day-of-week"),
        day("no-year", "month day"),
        day("month", "year month"),
        day("weekday", "day-of-week"),
        day("year", "year"),
    ]
    .concat();
    let content = format!(
        "<office:document-content><office:automatic-styles><style:style style:name=\"off\" style:family=\"table\"><style:table-properties table:display=\"false\"/></style:style>{looks}</office:automatic-styles><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    );
    packed(&[
        (
            "mimetype",
            b"application/vnd.oasis.opendocument.spreadsheet",
        ),
        ("content.xml", content.as_bytes()),
    ])
}

/// A workbook of Excel 97 to 2003 with one sheet: records of cells by their kind and data.
pub(in crate::source) fn xls(cells: &[(u16, Vec<u8>)]) -> Vec<u8> {
    xls_with(&[], cells)
}

/// The same with records before those of the sheet.
fn xls_with(before: &[(u16, Vec<u8>)], cells: &[(u16, Vec<u8>)]) -> Vec<u8> {
    let record = |kind: u16, data: &[u8]| {
        let length = u16::try_from(data.len()).unwrap();
        [&kind.to_le_bytes(), &length.to_le_bytes(), data].concat()
    };
    let begin = |what: u8| record(0x0809, &[0, 6, what, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    let end = record(0x000A, &[]);
    // A plain format and one of days.
    let format = |number: u8| {
        let mut data = [0; 20];
        data[2] = number;
        record(0x00E0, &data)
    };
    let code = record(0x041E, &[164, 0, 3, 0, 0, b'0', b'0', b'0']);
    let wide = record(
        0x041E,
        &[165, 0, 4, 0, 1, b'0', 0, b'"', 0, 0x20, 0x5F, b'"', 0],
    );
    let formats = [0, 14, 164, 1, 165].map(format).concat();
    let all = |records: &[(u16, Vec<u8>)]| {
        let records = records.iter().map(|(kind, data)| record(*kind, data));
        records.collect::<Vec<_>>().concat()
    };
    let head = [begin(5), code, wide, formats, all(before)].concat();
    let start = u32::try_from(head.len() + 4 + 9 + end.len()).unwrap();
    let name = [&start.to_le_bytes()[..], &[0, 0, 1, 0, b'S']].concat();
    let stream = [
        head,
        record(0x0085, &name),
        end.clone(),
        begin(0x10),
        all(cells),
        end,
    ]
    .concat();
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    file.create_stream("/Workbook")
        .unwrap()
        .write_all(&stream)
        .unwrap();
    file.into_inner().into_inner()
}

/// A number in a cell of an old workbook, in the format of that number.
pub(in crate::source) fn xls_number(
    row: u16,
    column: u16,
    format: u16,
    value: f64,
) -> (u16, Vec<u8>) {
    let place = [row, column, format].map(u16::to_le_bytes).concat();
    (0x0203, [&place[..], &value.to_le_bytes()].concat())
}

/// A text in a cell of an old workbook.
pub(in crate::source) fn xls_text(row: u16, column: u16, text: &str) -> (u16, Vec<u8>) {
    let wide: Vec<u16> = text.encode_utf16().collect();
    let length = u16::try_from(wide.len()).unwrap();
    let place = [row, column, 0, length].map(u16::to_le_bytes).concat();
    let letters: Vec<u8> = wide.into_iter().flat_map(u16::to_le_bytes).collect();
    (0x0204, [&place[..], &[1], &letters].concat())
}

/// A formula in a cell of an old workbook with the bytes of its result.
fn xls_formula(row: u16, column: u16, result: [u8; 8]) -> (u16, Vec<u8>) {
    let place = [row, column, 0].map(u16::to_le_bytes).concat();
    // Flags, and the formula: the number 1.
    let rest = [0, 0, 0, 0, 0, 0, 3, 0, 0x1E, 1, 0];
    (0x0006, [&place[..], &result, &rest].concat())
}

/// A binary workbook with one sheet of those texts, a row each. Before a row its looks, and before the rows those of columns: first, last,
/// hidden. Last what it merges: top, bottom, left, right.
pub(in crate::source) fn xlsb(
    columns: &[(u32, u32, bool)],
    rows: &[(bool, &[&str])],
    merged: &[[u32; 4]],
) -> Vec<u8> {
    let record = |kind: u8, data: &[u8]| {
        let kind = [kind & 0x7f | 0x80, kind >> 7];
        let long = kind[1] > 0;
        let kind = if long { &kind[..] } else { &[kind[0] & 0x7f] };
        let length = [
            u8::try_from(data.len() & 0x7f).unwrap() | 0x80,
            u8::try_from(data.len() >> 7).unwrap(),
        ];
        [kind, &length, data].concat()
    };
    let wide_record = |kind: u16, data: &[u8]| {
        let kind = [
            (kind & 0x7f | 0x80).to_le_bytes()[0],
            (kind >> 7).to_le_bytes()[0],
        ];
        [&kind[..], &[u8::try_from(data.len()).unwrap()], data].concat()
    };
    let text = |text: &str| {
        let letters: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let length = u32::try_from(letters.len() / 2).unwrap();
        [&length.to_le_bytes()[..], &letters].concat()
    };
    let mut sheet = [record(0x81, &[]), record(0x94, &[0; 16])].concat();
    for (first, last, hidden) in columns {
        let mut data = [*first, *last, 2560, 0].map(u32::to_le_bytes).concat();
        data.extend([u8::from(*hidden), 0]);
        sheet.extend(record(0x3C, &data));
    }
    sheet.extend(record(0x91, &[]));
    for ((hidden, texts), row) in rows.iter().zip(0_u32..) {
        let mut data = [row, 0].map(u32::to_le_bytes).concat();
        data.extend([0x2C, 1, 0, if *hidden { 0x10 } else { 0 }, 0, 0, 0, 0, 0]);
        sheet.extend(record(0, &data));
        for (cell, column) in texts.iter().zip(0_u32..) {
            // `3#12` is the number 12 in style 3.
            let (style, number) = cell.split_once('#').unwrap_or(("0", cell));
            let place = [column, style.parse().unwrap()]
                .map(u32::to_le_bytes)
                .concat();
            let (kind, content) = match number.parse::<f64>() {
                Ok(number) => (5, number.to_le_bytes().to_vec()),
                Err(_) => (6, text(cell)),
            };
            sheet.extend(record(kind, &[place, content].concat()));
        }
    }
    sheet.extend(record(0x92, &[]));
    for area in merged {
        sheet.extend(record(0xB0, &area.map(u32::to_le_bytes).concat()));
    }
    sheet.extend(record(0x82, &[]));
    let listed = [&[0, 0, 0, 0, 1, 0, 0, 0][..], &text("r1"), &text("填报")].concat();
    let package = "http://schemas.openxmlformats.org/package/2006/relationships";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let link = |id: &str, kind: &str, target: &str| {
        format!(
            "<Relationships xmlns=\"{package}\"><Relationship Id=\"{id}\" Type=\"{office}/{kind}\" Target=\"{target}\"/></Relationships>"
        )
    };
    // Styles of the formats General, 000 and 0.
    let style = |number: u8| record(0x2F, &[0, 0, number, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    let styles = [
        wide_record(0x267, &1_u32.to_le_bytes()),
        record(0x2C, &[&[164, 0][..], &text("000")].concat()),
        wide_record(0x269, &3_u32.to_le_bytes()),
        [0, 164, 1].map(style).concat(),
        wide_record(0x26A, &[]),
    ]
    .concat();
    let types = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Override PartName=\"/xl/workbook.bin\" ContentType=\"application/vnd.ms-excel.sheet.binary.macroEnabled.main\"/><Override PartName=\"/xl/worksheets/1.bin\" ContentType=\"application/vnd.ms-excel.worksheet\"/></Types>";
    packed(&[
        ("[Content_Types].xml", types.as_bytes()),
        (
            "_rels/.rels",
            link("r1", "officeDocument", "xl/workbook.bin").as_bytes(),
        ),
        (
            "xl/workbook.bin",
            &[
                record(0x83, &[]),
                record(0x8F, &[]),
                record(0x9C, &listed),
                record(0x90, &[]),
                record(0x84, &[]),
            ]
            .concat(),
        ),
        (
            "xl/_rels/workbook.bin.rels",
            link("r1", "worksheet", "worksheets/1.bin").as_bytes(),
        ),
        ("xl/worksheets/1.bin", &sheet),
        ("xl/styles.bin", &styles),
    ])
}

/// What people see of a workbook's only sheet, or of the one named: `A1` with kind and text.
#[track_caller]
fn seen(bytes: &[u8], wanted: Option<&str>) -> Vec<String> {
    let sheet = open(bytes, wanted).unwrap();
    let mut seen = Vec::new();
    for at in 0..sheet.len() {
        for (column, cell) in sheet.row(at) {
            let mark = match cell.kind {
                Kind::Text => "",
                Kind::Number => "#",
                Kind::Error => "!",
                Kind::NoValue => "=?",
                Kind::Covered => "^",
                Kind::Altered | Kind::PartOfDay => "~",
                Kind::NoYear => "(-year)",
            };
            seen.push(format!(
                "{}{mark}{}",
                cell_name(column, sheet.line(at)) + " ",
                cell.text
            ));
        }
    }
    seen
}

fn open(bytes: &[u8], wanted: Option<&str>) -> Result<super::Sheet, Problem> {
    let kind = file_kind::of("list.xlsx", bytes)?;
    read("list.xlsx", bytes, kind, wanted, "hint-sheet")
}

#[track_caller]
fn refused(bytes: &[u8], id: &str) -> Problem {
    let problem = open(bytes, None).unwrap_err();
    assert_eq!(problem.saying.id, id);
    problem
}

#[test]
fn cells_have_the_names_that_spreadsheets_give_them() {
    let names: Vec<String> = [0, 1, 25, 26, 27, 701, 702]
        .map(|column| cell_name(column, 7))
        .into();
    assert_eq!(names, ["A7", "B7", "Z7", "AA7", "AB7", "ZZ7", "AAA7"]);
}

#[test]
fn numbers_that_no_double_holds_are_seen_to_be_spoiled() {
    assert_eq!(number(511_902_101_001.0), "511902101001");
    assert_eq!(number(5.119_021_010_01e17), "5.11902E+17");
    assert_eq!(number(0.45), "0.45");
}

#[test]
fn a_sheet_is_read_as_people_see_it() {
    let rows = "<row r=\"3\"><c r=\"B3\" t=\"inlineStr\"><is><t> 塘坝村 </t></is></c><c r=\"C3\"><v>20</v></c>\
        <c r=\"D3\" s=\"1\"><v>44002</v></c><c r=\"E3\" s=\"2\"><v>44002.6</v></c><c r=\"F3\" s=\"2\"><v>0.5</v></c>\
        <c r=\"G3\" t=\"b\"><v>1</v></c><c r=\"H3\" t=\"e\"><v>#REF!</v></c><c r=\"I3\" t=\"inlineStr\"><is><t> </t></is></c></row>";
    assert_eq!(
        seen(&one(rows, ""), None),
        [
            "B3 塘坝村",
            "C3 #20",
            "D3 2020-06-20",
            "E3 2020-06-20 14:24:00",
            "F3 12:00:00",
            "G3 TRUE",
            "H3 !#REF!"
        ]
    );
}

#[test]
fn a_formula_without_its_result_is_told_from_one_that_shows_nothing() {
    for empty in ["<v></v>", "<v/>", ""] {
        let rows = format!("<row r=\"1\"><c r=\"A1\"><f>10+10</f>{empty}</c></row>");
        assert_eq!(seen(&one(&rows, ""), None), ["A1 =?"], "{empty}");
    }
    let shared = "<row r=\"1\"><c r=\"A1\"><f t=\"shared\" si=\"0\" ref=\"A1:A2\">1+1</f></c></row><row r=\"2\"><c r=\"A2\"><f t=\"shared\" si=\"0\"/></c></row>";
    assert_eq!(seen(&one(shared, ""), None), ["A1 =?", "A2 =?"]);
    let shown = "<row r=\"1\"><c r=\"A1\" t=\"str\"><f>IF(1,\"\")</f><v></v></c><c r=\"B1\"><f>1+1</f><v>2</v></c></row>";
    assert_eq!(seen(&one(shown, ""), None), ["B1 #2"]);
}

#[test]
fn cells_under_a_merged_one_are_told_from_empty_ones() {
    let rows = "<row r=\"1\"><c r=\"A1\"><v>1</v></c><c r=\"B1\"><v>2</v></c></row><row r=\"2\"><c r=\"A2\"><v>7</v></c><c r=\"B2\"><v>3</v></c></row>";
    let merged = |area: &str| format!("<mergeCells><mergeCell ref=\"{area}\"/></mergeCells>");
    assert_eq!(
        seen(&one(rows, &merged("A1:A9")), None),
        ["A1 #1", "B1 #2", "A2 ^", "B2 #3"]
    );
    assert_eq!(
        seen(&one(rows, &merged("B1:D1")), None),
        ["A1 #1", "B1 #2", "C1 ^", "D1 ^", "A2 #7", "B2 #3"]
    );
    assert_eq!(
        seen(&one(rows, &merged("F8:G9")), None),
        ["A1 #1", "B1 #2", "A2 #7", "B2 #3"]
    );
    let whole = seen(&one(rows, &merged("A1:XFD1048576")), None);
    assert_eq!((whole.len(), whole[1].as_str()), (2 * 16_384, "B1 ^"));
}

#[test]
fn two_cells_far_apart_cost_no_more_than_two() {
    let far = "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"1048576\"><c r=\"XFD1048576\"><v>2</v></c></row>";
    assert_eq!(seen(&one(far, ""), None), ["A1 #1", "XFD1048576 #2"]);
    for beyond in ["XFE1", "A4294967297", "BRTNKDS1"] {
        let beyond = format!("<row r=\"1\"><c r=\"{beyond}\"><v>1</v></c></row>");
        refused(&one(&beyond, ""), "check-xlsx");
    }
    refused(
        &xls(&[xls_number(0, 0, 0, 1.0), xls_number(65_535, 255, 0, 2.0)]),
        "check-sheet-large",
    );
    refused(
        &xls(&[xls_number(0, 0, 0, 1.0), xls_number(60_000, 65_000, 0, 2.0)]),
        "check-sheet-large",
    );
    let cell = "<table:table-cell office:value-type=\"float\" office:value=\"1\" table:number-columns-repeated=\"16384\"/>";
    let row =
        format!("<table:table-row table:number-rows-repeated=\"1048576\">{cell}</table:table-row>");
    refused(
        &ods(&format!(
            "<table:table table:name=\"S\">{row}</table:table>"
        )),
        "check-sheet-large",
    );
    let blank = "<table:table-row table:number-rows-repeated=\"1048570\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>";
    let last = "<table:table-row><table:table-cell office:value-type=\"float\" office:value=\"1\"/></table:table-row>";
    assert_eq!(
        seen(
            &ods(&format!(
                "<table:table table:name=\"S\">{blank}{last}</table:table>"
            )),
            None
        ),
        ["A1048571 #1"]
    );
}

#[test]
fn sizes_are_checked_before_anything_is_unpacked() {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    zip.start_file("xl/workbook.xml", options).unwrap();
    let mut zeros = std::io::repeat(0).take(513 << 20);
    std::io::copy(&mut zeros, &mut zip).unwrap();
    let honest = zip.finish().unwrap().into_inner();
    assert!(honest.len() < 1 << 20);
    refused(&honest, "check-xlsx-large");
    // The directory may say less than the truth.
    let mut lying = honest;
    let place = lying
        .windows(4)
        .rposition(|window| window == b"PK\x01\x02")
        .unwrap();
    lying[place + 24..place + 28].copy_from_slice(&7_u32.to_le_bytes());
    let problem = open(&lying, None).unwrap_err();
    assert!(
        ["check-xlsx-large", "check-xlsx"].contains(&problem.saying.id),
        "{problem:?}"
    );
}

#[test]
fn a_workbook_has_no_more_texts_than_it_has_room_for() {
    let begun = |begin: &str| {
        let mut zip = zip::ZipArchive::new(Cursor::new(one("", ""))).unwrap();
        let mut with = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for at in 0..zip.len() {
            with.raw_copy_file(zip.by_index_raw(at).unwrap()).unwrap();
        }
        let options = zip::write::SimpleFileOptions::default();
        with.start_file("xl/sharedStrings.xml", options).unwrap();
        let part = format!("{begin}<si><t>a</t></si></sst>");
        with.write_all(part.as_bytes()).unwrap();
        with.finish().unwrap().into_inner()
    };
    let texts = |said: &str| begun(&format!("<sst uniqueCount=\"{said}\">"));
    refused(&texts("4294967295"), "check-xlsx");
    refused(&begun("<a/><sst uniqueCount=\"4294967295\">"), "check-xlsx");
    refused(
        &begun("<sst a=\"\"b\" uniqueCount=\"4294967295\">"),
        "check-xlsx",
    );
    refused(&texts("99999999999999"), "check-xlsx");
    for said in ["1", "", "many"] {
        let problem = open(&texts(said), None).err();
        assert!(
            problem.is_none_or(|problem| problem.saying.id != "check-xlsx"),
            "{said}"
        );
    }
}

#[test]
fn the_one_visible_sheet_with_rows_is_read_and_of_several_one_is_named() {
    let row = |value: u8| format!("<row r=\"1\"><c r=\"A1\"><v>{value}</v></c></row>");
    let (old, new, empty) = (row(1), row(2), "<row r=\"1\"><c r=\"A1\" s=\"1\"/></row>");
    let hidden = xlsx(&[
        ("旧表", "hidden", &old, ""),
        ("填报", "visible", &new, ""),
        ("空", "visible", empty, ""),
    ]);
    assert_eq!(seen(&hidden, None), ["A1 #2"]);
    assert_eq!(
        seen(&hidden, Some("旧表")),
        ["A1 #1"],
        "where somebody asks for it"
    );
    let problem = open(&hidden, Some("填表")).unwrap_err();
    assert_eq!(
        (problem.saying.id, problem.saying.hint.unwrap().id),
        ("check-no-such-sheet", "hint-did-you-mean")
    );
    let problem = open(&hidden, Some("no")).unwrap_err();
    assert_eq!(
        problem.saying.hint.unwrap().arg("names"),
        Some("旧表, 填报, 空")
    );
    let two = xlsx(&[("上旬", "visible", &old, ""), ("下旬", "visible", &new, "")]);
    let problem = refused(&two, "check-sheets");
    assert_eq!(problem.saying.arg("names"), Some("上旬, 下旬"));
    assert_eq!(problem.saying.hint.unwrap().arg("name"), Some("上旬"));
    assert_eq!(seen(&two, Some("下旬")), ["A1 #2"]);
    let very = xlsx(&[("s", "veryHidden", &old, "")]);
    refused(&very, "check-sheets-hidden");
    refused(&one(empty, ""), "check-file-empty");
}

#[test]
fn opendocument_sheets_are_read_the_same() {
    let cells = "<table:table-cell office:value-type=\"string\"><text:p>塘坝<text:s/>村</text:p><text:p>&amp;二</text:p><office:annotation><text:p>no</text:p></office:annotation></table:table-cell>\
        <table:table-cell office:value-type=\"float\" office:value=\"20\"><text:p>20张</text:p></table:table-cell>\
        <table:table-cell office:value-type=\"date\" office:date-value=\"2020-06-20\"/>\
        <table:table-cell office:value-type=\"date\" office:date-value=\"2020-06-20T14:24:00\"/>\
        <table:table-cell table:number-columns-repeated=\"2\"/>\
        <table:table-cell office:value-type=\"boolean\" office:boolean-value=\"true\"><text:p>TRUE</text:p></table:table-cell>\
        <table:table-cell table:formula=\"of:=1/0\" office:value-type=\"float\" office:value=\"0\" calcext:value-type=\"error\"><text:p>#DIV/0!</text:p></table:table-cell>\
        <table:table-cell table:formula=\"of:=1+1\"/><table:covered-table-cell/>";
    let table = |name: &str, style: &str, cells: &str| {
        format!(
            "<table:table table:name=\"{name}\" table:style-name=\"{style}\"><table:table-row>{cells}</table:table-row></table:table>"
        )
    };
    assert_eq!(
        seen(&ods(&table("S", "", cells)), None),
        [
            "A1 塘坝 村\n&二",
            "B1 #20张",
            "C1 2020-06-20",
            "D1 2020-06-20T14:24:00",
            "G1 TRUE",
            "H1 !#DIV/0!",
            "I1 =?",
            "J1 ^"
        ]
    );
    let value = |value: u8| {
        format!("<table:table-cell office:value-type=\"float\" office:value=\"{value}\"/>")
    };
    let hidden = ods(&(table("old", "off", &value(1)) + &table("new", "on", &value(2))));
    assert_eq!(seen(&hidden, None), ["A1 #2"]);
    assert_eq!(seen(&hidden, Some("old")), ["A1 #1"]);
    refused(
        &ods(&(table("a", "", &value(1)) + &table("b", "", &value(2)))),
        "check-sheets",
    );
    let repeated = "<table:table table:name=\"S\"><table:table-row table:number-rows-repeated=\"2\"><table:table-cell/><table:table-cell office:value-type=\"float\" office:value=\"5\" table:number-columns-repeated=\"2\"/></table:table-row></table:table>";
    assert_eq!(
        seen(&ods(repeated), None),
        ["B1 #5", "C1 #5", "B2 #5", "C2 #5"]
    );
    refused(
        &packed(&[
            (
                "mimetype",
                b"application/vnd.oasis.opendocument.spreadsheet",
            ),
            ("content.xml", b"<x>"),
        ]),
        "check-file-empty",
    );
    let locked = packed(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", b"?"),
        ("META-INF/manifest.xml", b"<manifest:manifest><manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>"),
    ]);
    refused(&locked, "check-locked");
}

#[test]
fn old_workbooks_are_read_the_same() {
    let mut failed = [2, 0, 0x17, 0, 0, 0, 0xFF, 0xFF];
    let unstored = [0, 0, 0, 0, 0, 0, 0xFF, 0xFF];
    let merged = [1_u16, 2, 3, 0, 0].map(u16::to_le_bytes).concat();
    let book = xls(&[
        xls_text(0, 0, "单位"),
        xls_number(1, 0, 0, 20.0),
        xls_number(1, 1, 1, 44_002.0),
        xls_formula(2, 1, 2.5_f64.to_le_bytes()),
        xls_formula(2, 2, failed),
        xls_formula(2, 3, unstored),
        (0x00E5, merged),
    ]);
    assert_eq!(
        seen(&book, None),
        [
            "A1 单位",
            "A2 #20",
            "B2 2020-06-20",
            "B3 #2.5",
            "C3 !#REF!",
            "D3 =?"
        ]
    );
    failed[0] = 3;
    assert_eq!(
        seen(
            &xls(&[xls_number(0, 0, 0, 1.0), xls_formula(0, 1, failed)]),
            None
        ),
        ["A1 #1"],
        "a formula that shows nothing"
    );
    let merged = [1_u16, 1, 2, 0, 0].map(u16::to_le_bytes).concat();
    let book = xls(&[
        xls_number(1, 0, 0, 1.0),
        xls_number(2, 1, 0, 2.0),
        (0x00E5, merged),
    ]);
    assert_eq!(seen(&book, None), ["A2 #1", "A3 ^", "B3 #2"]);
}

/// Records that say more than they hold, or that end too early: each kind that cells are read from, cut at every length.
#[test]
fn old_workbooks_of_records_cut_short_are_refused() {
    let two = |numbers: &[u16]| numbers.iter().copied().flat_map(u16::to_le_bytes).collect();
    let cells: [(u16, Vec<u8>, usize); 12] = [
        (0x0203, xls_number(0, 0, 0, 1.0).1, 14),
        (0x0204, xls_text(0, 0, "").1, 8),
        (0x00D6, xls_text(0, 0, "").1, 8),
        (0x0205, two(&[0, 0, 0, 1]), 8),
        (0x027E, two(&[0, 0, 0, 2, 0]), 10),
        (0x00FD, two(&[0, 0, 0, 0, 0]), 10),
        (0x00BD, two(&[0, 1, 0, 2, 0, 0, 2, 0, 2]), 18),
        (0x00BD, two(&[0, 1, 0]), 7),
        (0x00BD, two(&[0, 0, u16::MAX]), 7),
        (0x00E5, two(&[2, 0, 0, 0, 0, 1, 1, 1, 1]), 18),
        (0x0006, xls_formula(0, 0, [0; 8]).1, 20),
        (0x0207, two(&[0]), 2),
    ];
    for (kind, data, least) in cells {
        for length in 0..=data.len() {
            let bytes = xls(&[(kind, data[..length].to_vec())]);
            let found = open(&bytes, None).err().map(|problem| problem.saying.id);
            let damaged = found == Some("check-xlsx");
            assert_eq!(
                damaged,
                length < least,
                "{kind:#06x} of {length}: {found:?}"
            );
        }
    }
    for (kind, least) in [
        (0x0042, 2),
        (0x0022, 2),
        (0x00E0, 4),
        (0x0085, 8),
        (0x00FC, 8),
    ] {
        for length in 0..least {
            let before = [(kind, vec![0; length])];
            refused(
                &xls_with(&before, &[xls_number(0, 0, 0, 1.0)]),
                "check-xlsx",
            );
        }
    }
    let beyond = [u32::MAX.to_le_bytes(), [0, 0, 1, 0]].concat();
    let nowhere = [(0x0085, [&beyond[..], b"X"].concat())];
    refused(&xls_with(&nowhere, &[]), "check-xlsx");
}

/// What an old workbook says of formulas, names, sizes and other workbooks is never read.
#[test]
fn old_workbooks_are_believed_in_their_cells_alone() {
    let mut formula = xls_formula(0, 0, 1.5_f64.to_le_bytes());
    for token in 0..=0x7D {
        *formula.1.last_mut().unwrap() = token;
        formula.1[20] = 1;
        formula.1.truncate(23);
        formula.1[22] = token;
        let said = (0x0200, vec![0xFF; 10]);
        let name = (0x0018, vec![0xFF; 4]);
        let other = (0x0017, vec![0xFF]);
        let book = xls(&[said, name, other, formula.clone()]);
        assert_eq!(seen(&book, None), ["A1 #1.5"], "{token:#x}");
    }
}

/// The table of texts goes over the ends of records.
#[test]
fn texts_of_old_workbooks_are_read_over_the_ends_of_records() {
    let table = |pieces: &[&[u8]]| {
        let kinds = std::iter::once(0x00FC).chain(std::iter::repeat(0x003C));
        let pieces = kinds
            .zip(pieces)
            .map(|(kind, piece)| (kind, piece.to_vec()));
        let pieces: Vec<_> = pieces.collect();
        xls_with(&pieces, &[(0x00FD, vec![0, 0, 0, 0, 0, 0, 1, 0, 0, 0])])
    };
    let first = [1, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, b'a'];
    let whole = |last: &[u8]| [&first, last].concat();
    assert_eq!(
        seen(&table(&[&whole(&[2, 0, 0, b'b', b'c'])]), None),
        ["A1 bc"]
    );
    let split = whole(&[2, 0, 9, 1, 0, b'b', 0]);
    assert_eq!(
        seen(&table(&[&split, &[], &[0, b'c', 0, 0, 0, 0]]), None),
        ["A1 bc"]
    );
    assert_eq!(
        seen(&table(&[&split, &[1, b'c', 0, 0], &[0, 0, 0]]), None),
        ["A1 bc"]
    );
    let short: [&[&[u8]]; 6] = [
        &[&split],
        &[&split, &[0]],
        &[&split, &[0, b'c', 0, 0, 0]],
        &[&whole(&[2, 0, 8]), &[1, 0]],
        &[&whole(&[2, 0, 4, 9, 9])],
        &[&[1, 0, 0]],
    ];
    for pieces in short {
        refused(&table(pieces), "check-xlsx");
    }
}

#[test]
fn binary_workbooks_are_read_the_same() {
    let rows: &[(bool, &[&str])] = &[
        (false, &["单位", "任务"]),
        (false, &["塘坝村", "海报"]),
        (false, &["", "海报"]),
    ];
    assert_eq!(
        seen(&xlsb(&[], rows, &[]), None),
        ["A1 单位", "B1 任务", "A2 塘坝村", "B2 海报", "B3 海报"]
    );
    assert_eq!(
        seen(&xlsb(&[], rows, &[[1, 2, 0, 0]]), Some("填报")),
        [
            "A1 单位",
            "B1 任务",
            "A2 塘坝村",
            "B2 海报",
            "A3 ^",
            "B3 海报"
        ]
    );
}

/// 1 that is shown as 001 is another village's code; 12.6 that is shown as 13 is neither to anybody.
#[test]
fn a_number_is_read_as_it_is_shown_or_refused() {
    let cells = [
        (3, "1"),
        (4, "12"),
        (4, "12.6"),
        (5, "20"),
        (6, "12"),
        (7, "0.5"),
        (8, "1020.5"),
        (9, "12000"),
        (0, "0.30000000000000004"),
    ];
    let cell = |(style, number): &(u8, &str)| format!("<c s=\"{style}\"><v>{number}</v></c>");
    let cells: String = cells.iter().map(cell).collect();
    let hidden = "<c s=\"6\" t=\"inlineStr\"><is><t>塘坝村</t></is></c>";
    assert_eq!(
        seen(&one(&format!("<row>{cells}{hidden}</row>"), ""), None),
        [
            "A1 #001",
            "B1 #12",
            "C1 ~12.6",
            "D1 #20张",
            "E1 ~12",
            "F1 ~0.5",
            "G1 #1020.5",
            "H1 ~12000",
            "I1 #0.3",
            "J1 ~塘坝村"
        ]
    );
    let book = xls(&[
        xls_number(0, 0, 2, 1.0),
        xls_number(0, 1, 3, 12.0),
        xls_number(0, 2, 3, 12.6),
        xls_number(0, 3, 4, 20.0),
        xls_number(0, 4, 0, 1.0),
        // Two cells in one: 7 and 8 in whole numbers, the first with zeros before it.
        (
            0x00BD,
            [1_u16, 0, 2, 7 << 2 | 2, 0, 0, 8 << 2 | 2, 0, 1]
                .map(u16::to_le_bytes)
                .concat(),
        ),
    ]);
    assert_eq!(
        seen(&book, None),
        [
            "A1 #001",
            "B1 #12",
            "C1 ~12.6",
            "D1 #20张",
            "E1 #1",
            "A2 #007",
            "B2 #8"
        ]
    );
    let rows: &[(bool, &[&str])] = &[(false, &["1#1", "0#1", "2#12.6", "2#12"])];
    assert_eq!(
        seen(&xlsb(&[], rows, &[]), None),
        ["A1 #001", "B1 #1", "C1 ~12.6", "D1 #12"]
    );
    let cell = |(kind, value, shown): (&str, &str, &str)| {
        format!(
            "<table:table-cell office:value-type=\"{kind}\" office:value=\"{value}\"><text:p>{shown}</text:p></table:table-cell>"
        )
    };
    let cells = [
        ("float", "1", "001"),
        ("float", "12.6", "13"),
        ("percentage", "0.5", "50%"),
        ("float", "1020", "1,020"),
        ("float", "12", ""),
    ]
    .map(cell)
    .concat();
    assert_eq!(
        seen(
            &ods(&format!(
                "<table:table table:name=\"S\"><table:table-row>{cells}</table:table-row></table:table>"
            )),
            None
        ),
        ["A1 #001", "B1 ~12.6", "C1 ~0.5", "D1 #1020", "E1 ~12"]
    );
}

/// What an OpenDocument cell holds is written beside what it shows where the two differ; what it shows of a day its format says.
#[test]
fn an_opendocument_cell_is_read_as_it_is_shown_or_refused() {
    let table = |columns: &str, cells: &str| {
        seen(
            &ods(&format!(
                "<table:table table:name=\"S\">{columns}<table:table-row>{cells}</table:table-row></table:table>"
            )),
            None,
        )
    };
    let text = |held: &str, shown: &str| {
        format!(
            "<table:table-cell office:value-type=\"string\" office:string-value=\"{held}\">{shown}</table:table-cell>"
        )
    };
    let cells = [
        text("塘坝村", "<text:p/>"),
        text("abc", "<text:p>abcx</text:p>"),
        text("v1", ""),
        text("v1 v2", "<text:p>v1</text:p><text:p>v2</text:p>"),
        "<table:table-cell office:value-type=\"boolean\" office:boolean-value=\"true\"><text:p/></table:table-cell>".to_string(),
        "<table:table-cell office:value-type=\"float\" office:value=\"20\"><text:p>20千克</text:p></table:table-cell>".to_string(),
    ];
    assert_eq!(
        table("", &cells.concat()),
        [
            "A1 ~塘坝村",
            "B1 ~abc",
            "C1 v1",
            "D1 v1\nv2",
            "E1 ~true",
            "F1 #20千克"
        ]
    );
    let day = |style: &str| {
        format!(
            "<table:table-cell{style} office:value-type=\"date\" office:date-value=\"2020-06-24\"><text:p>?</text:p></table:table-cell>"
        )
    };
    let styled = |style: &str| day(&format!(" table:style-name=\"{style}\""));
    let cells = ["whole", "no-year", "month", "weekday", "year", "unknown"].map(styled);
    let columns = "<table:table-column table:number-columns-repeated=\"6\" table:default-cell-style-name=\"whole\"/><table:table-column table:default-cell-style-name=\"month\"/>";
    assert_eq!(
        table(columns, &(cells.concat() + &day(""))),
        [
            "A1 2020-06-24",
            "B1 (-year)2020-06-24",
            "C1 2020-06",
            "D1 ~2020-06-24",
            "E1 ~2020-06-24",
            "F1 2020-06-24",
            "G1 2020-06"
        ]
    );
}

/// A letter among the digits of a number looks like its point.
#[test]
fn an_open_number_with_letters_among_its_digits_is_refused() {
    let cell = |style: &str, value: &str, shown: &str| {
        let row = format!(
            "<table:table-cell table:style-name=\"{style}\" office:value-type=\"float\" office:value=\"{value}\"><text:p>{shown}</text:p></table:table-cell>"
        );
        let table = format!(
            "<table:table table:name=\"填报\"><table:table-row>{row}</table:table-row></table:table>"
        );
        seen(&ods(&table), None)
    };
    for (style, shown) in [
        ("point-within", "0.12"),
        ("point-within", "12"),
        ("comma-within", "1,2"),
        ("blank-within", "1 2"),
        ("zero-before", "012"),
        ("two-parts", "12"),
        ("of-negative", "12"),
    ] {
        assert_eq!(cell(style, "12", shown), ["A1 ~12"], "{style}");
    }
    assert_eq!(cell("month-behind", "6", "6月"), ["A1 #6月"]);
    assert_eq!(cell("unknown", "12", "012"), ["A1 #012"]);
}

#[test]
fn what_is_no_workbook_says_so() {
    refused(b"PK\x03\x04", "check-xlsx");
    refused(&packed(&[("letter.txt", b"dear")]), "check-xlsx");
    refused(b"\xd0\xcf\x11\xe0 W\0o\0r\0k\0b\0o\0o\0k\0", "check-xlsx");
}
