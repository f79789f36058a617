//! What is hidden of a workbook, by hand or by a filter.

use std::io::{Cursor, Read};

use super::read;
use crate::source::workbook::tests::{ods, packed, xls, xls_text, xlsb, xlsx};

/// What is hidden of a list is refused by its place, whatever hid it; what is hidden and is not read does not matter.
#[test]
fn what_people_do_not_see_of_a_workbook_is_refused_by_place() {
    let cell = |name: &str, text: &str| {
        format!("<c r=\"{name}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
    };
    let row = |number: usize, more: &str, texts: [&str; 4]| {
        let cells = texts.iter().zip(["A", "B", "C", "D"]);
        let cells: String = cells
            .map(|(text, column)| cell(&format!("{column}{number}"), text))
            .collect();
        format!("<row r=\"{number}\"{more}>{cells}</row>")
    };
    let head = row(1, "", ["unit", "task", "on", "helper"]);
    let list = |hidden: &str, columns: &str| {
        let one = row(2, "", ["v1", "banner", "2020-06-20", "x"]);
        let two = row(3, hidden, ["v2", "banner", "2020-06-20", "y"]);
        // Columns stand before the rows; a reader takes them anywhere.
        xlsx(&[("s", "visible", &format!("{head}{one}{two}"), columns)])
    };
    let told = |name: &str, bytes: &[u8]| {
        let read = read(name, bytes, None);
        let problems = read.problems.iter().chain(read.of_file.iter());
        // That the helper is not read is told, and no matter here.
        let problems = problems.filter(|problem| problem.saying.id != "check-columns-unread");
        let told = problems.map(|problem| {
            let place = problem.place.as_ref().unwrap();
            let cell = place.cell.clone().unwrap_or_default();
            format!("{} {cell} {}", problem.saying.id, place.line)
        });
        (read.rows.len(), told.collect::<Vec<_>>())
    };
    let (seen, fine) = (list("", ""), (2, Vec::new()));
    assert_eq!(told("l.xlsx", &seen), fine);
    let (rows, said) = told("l.xlsx", &list(" hidden=\"1\"", ""));
    assert_eq!((rows, said.len()), (1, 1), "{said:?}");
    assert!(
        said[0].starts_with("check-row-hidden") && said[0].ends_with('3'),
        "{said:?}"
    );
    for low in [" ht=\"0\" customHeight=\"1\"", " ht='0.0'"] {
        let (rows, said) = told("l.xlsx", &list(low, ""));
        assert_eq!((rows, said.len()), (1, 1), "{said:?}");
        assert!(said[0].starts_with("check-row-hidden"), "{said:?}");
    }
    assert_eq!(told("l.xlsx", &list(" ht=\"0.75\"", "")), fine);
    let narrow = |width: &str| format!("<cols><col min=\"3\" max=\"3\" width=\"{width}\"/></cols>");
    let (rows, said) = told("l.xlsx", &list("", &narrow("0")));
    assert_eq!((rows, said.len()), (0, 1), "{said:?}");
    assert!(said[0].starts_with("check-column-hidden"), "{said:?}");
    assert_eq!(told("l.xlsx", &list("", &narrow("0.5"))), fine);
    let columns =
        |column: u8| format!("<cols><col min=\"{column}\" max=\"{column}\" hidden=\"1\"/></cols>");
    let (rows, said) = told("l.xlsx", &list("", &columns(3)));
    assert_eq!((rows, said.len()), (0, 1), "{said:?}");
    assert!(said[0].starts_with("check-column-hidden"), "{said:?}");
    assert_eq!(
        told("l.xlsx", &list("", &columns(4))),
        fine,
        "a helper that nobody reads"
    );

    let row = |more: &str, texts: [&str; 3]| {
        let cells = texts.iter().map(|text| {
            format!("<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>")
        });
        format!(
            "<table:table-row{more}>{}</table:table-row>",
            cells.collect::<String>()
        )
    };
    let list = |column: &str, hidden: &str| {
        let head = row("", ["unit", "task", "on"]);
        let one = row("", ["v1", "banner", "2020-06-20"]);
        let two = row(hidden, ["v2", "banner", "2020-06-20"]);
        let columns = format!(
            "<table:table-column table:number-columns-repeated=\"2\"/><table:table-column{column}/>"
        );
        ods(&format!(
            "<table:table table:name=\"s\">{columns}{head}{one}{two}</table:table>"
        ))
    };
    assert_eq!(told("l.ods", &list("", "")), fine);
    for way in ["collapse", "filter"] {
        let hidden = format!(" table:visibility=\"{way}\"");
        let (rows, said) = told("l.ods", &list("", &hidden));
        assert_eq!((rows, said.len()), (1, 1), "{said:?}");
        assert!(said[0].starts_with("check-row-hidden"), "{said:?}");
        let (rows, said) = told("l.ods", &list(&hidden, ""));
        assert_eq!((rows, said.len()), (0, 1), "{said:?}");
        assert!(said[0].starts_with("check-column-hidden"), "{said:?}");
    }
    // Styles of the workbook's own, of nothing and of little.
    let styled = |style: &str| format!(" table:style-name=\"{style}\"");
    let (rows, said) = told("l.ods", &list("", &styled("no-height")));
    assert_eq!((rows, said.len()), (1, 1), "{said:?}");
    assert!(said[0].starts_with("check-row-hidden"), "{said:?}");
    let (rows, said) = told("l.ods", &list(&styled("no-width"), ""));
    assert_eq!((rows, said.len()), (0, 1), "{said:?}");
    assert!(said[0].starts_with("check-column-hidden"), "{said:?}");
    assert_eq!(
        told(
            "l.ods",
            &list(&styled("little-width"), &styled("fitting-height"))
        ),
        fine
    );
}

/// What is wrong with the rows of a workbook, and how many can be recorded.
fn told_of(bytes: &[u8]) -> (usize, Vec<String>) {
    let read = read("list", bytes, None);
    let problems = read.problems.iter().chain(read.of_file.iter());
    let told = problems.map(|problem| {
        let place = problem.place.as_ref().unwrap();
        format!("{} {}", problem.saying.id, place.line)
    });
    (read.rows.len(), told.collect())
}

#[test]
fn old_and_binary_workbooks_hide_rows_and_columns_too() {
    let rows = [
        ["unit", "task", "on"],
        ["v1", "banner", "2020-06-20"],
        ["v2", "banner", "2020-06-20"],
    ];
    let seen = (2, Vec::new());
    let filtered = (1, vec!["check-row-hidden 3".to_string()]);
    let folded = (0, vec!["check-column-hidden 1".to_string()]);

    let old = |looks: &[(u16, Vec<u8>)]| {
        let cells = rows.iter().zip(0..).flat_map(|(texts, row)| {
            texts
                .iter()
                .zip(0..)
                .map(move |(text, column)| xls_text(row, column, text))
        });
        xls(&looks.iter().cloned().chain(cells).collect::<Vec<_>>())
    };
    let row_of = |row: u16, height: u16, looks: u16| {
        (
            0x0208,
            [row, 0, 3, height, 0, 0, looks, 15]
                .map(u16::to_le_bytes)
                .concat(),
        )
    };
    let row = |row: u16, looks: u16| row_of(row, 300, looks);
    let columns_of = |first: u16, last: u16, width: u16, looks: u16| {
        (
            0x007D,
            [first, last, width, 0, looks, 0]
                .map(u16::to_le_bytes)
                .concat(),
        )
    };
    let columns = |first: u16, last: u16, looks: u16| columns_of(first, last, 2560, looks);
    assert_eq!(told_of(&old(&[])), seen);
    assert_eq!(
        told_of(&old(&[row(0, 0x0100), row(1, 0x0107), columns(0, 9, 0)])),
        seen,
        "outlined, not hidden"
    );
    assert_eq!(told_of(&old(&[row(1, 0x0100), row(2, 0x0120)])), filtered);
    assert_eq!(
        told_of(&old(&[columns(0, 1, 0), columns(2, 255, 1)])),
        folded
    );
    assert_eq!(
        told_of(&old(&[row_of(1, 15, 0x0140), row_of(2, 0, 0x0140)])),
        filtered
    );
    assert_eq!(
        told_of(&old(&[columns_of(0, 1, 9, 2), columns_of(2, 2, 0, 2)])),
        folded
    );
    assert_eq!(
        told_of(&old(&[columns(3, 255, 1), row(40, 0x0120)])),
        seen,
        "where nothing stands"
    );

    let binary = |columns: &[(u32, u32, bool)], hidden: usize| {
        let rows: Vec<(bool, &[&str])> = rows
            .iter()
            .enumerate()
            .map(|(at, texts)| (at == hidden, &texts[..]))
            .collect();
        xlsb(columns, &rows, &[])
    };
    assert_eq!(told_of(&binary(&[], 9)), seen);
    assert_eq!(told_of(&binary(&[(0, 9, false)], 2)), filtered);
    assert_eq!(
        told_of(&binary(&[(0, 1, false), (2, 16_383, true)], 9)),
        folded
    );
    assert_eq!(
        told_of(&binary(&[(3, 16_383, true)], 9)),
        seen,
        "where nothing stands"
    );
    // The heights and the widths themselves.
    let flat = |find: &[u8], with: &[u8]| {
        let plain = binary(&[(0, 1, false), (2, 16_383, false)], 9);
        let mut zip = zip::ZipArchive::new(Cursor::new(plain)).unwrap();
        let mut parts: Vec<(String, Vec<u8>)> = Vec::new();
        for at in 0..zip.len() {
            let mut part = zip.by_index(at).unwrap();
            let mut bytes = Vec::new();
            part.read_to_end(&mut bytes).unwrap();
            let name = part.name().unwrap().to_string();
            if name == "xl/worksheets/1.bin" {
                let at = bytes.windows(find.len()).position(|window| window == find);
                let at = at.unwrap();
                bytes[at..at + with.len()].copy_from_slice(with);
            }
            drop(part);
            parts.push((name, bytes));
        }
        let parts: Vec<(&str, &[u8])> = parts
            .iter()
            .map(|(name, bytes)| (name.as_str(), bytes.as_slice()))
            .collect();
        packed(&parts)
    };
    // The third row, its format and its height; the columns from the third on and their width.
    let row = [2, 0, 0, 0, 0, 0, 0, 0, 0x2C, 1];
    assert_eq!(
        told_of(&flat(&row, &[2, 0, 0, 0, 0, 0, 0, 0, 0, 0])),
        filtered
    );
    let columns = [2, 0, 0, 0, 0xFF, 0x3F, 0, 0, 0, 10, 0, 0];
    assert_eq!(
        told_of(&flat(&columns, &[2, 0, 0, 0, 0xFF, 0x3F, 0, 0, 0, 0, 0, 0])),
        folded
    );
}
