//! Binary workbooks that are not what they say: records cut short, links and texts that are not there, formulas that are none.

use super::*;

const SHEET: &str = "xl/worksheets/1.bin";
const BOOK: &str = "xl/workbook.bin";

type Record = (u16, Vec<u8>);

fn text(text: &str) -> Vec<u8> {
    let letters: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let length = u32::try_from(letters.len() / 2).unwrap();
    [&length.to_le_bytes()[..], &letters].concat()
}

fn written(records: &[Record]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for (kind, data) in records {
        let [low, high] = [kind & 0x7f, kind >> 7].map(|part| u8::try_from(part).unwrap());
        match high {
            0 => bytes.push(low),
            _ => bytes.extend([low | 0x80, high]),
        }
        bytes.push(u8::try_from(data.len()).unwrap());
        bytes.extend(data);
    }
    bytes
}

/// A workbook with a cell of each kind, by its parts.
fn parts() -> Vec<(&'static str, Vec<Record>)> {
    let cell = |column: u32, rest: &[u8]| [&column.to_le_bytes()[..], &[0; 4], rest].concat();
    let formula = [0, 0, 2, 0, 0, 0, 0x3A, 9];
    let sheet = vec![
        (0x0094, vec![0; 16]),
        (0x0091, vec![]),
        (0x0000, vec![0; 25]),
        (0x0002, cell(0, &[6, 0, 0, 0])),
        (0x0003, cell(1, &[0x17])),
        (0x0004, cell(2, &[1])),
        (0x0005, cell(3, &1.5_f64.to_le_bytes())),
        (0x0006, cell(4, &text("村"))),
        (0x0007, cell(5, &[0; 4])),
        (0x0008, cell(6, &[text("镇"), formula.to_vec()].concat())),
        (
            0x0009,
            cell(7, &[&2.5_f64.to_le_bytes()[..], &formula].concat()),
        ),
        (0x000A, cell(8, &[&[1][..], &formula].concat())),
        (0x000B, cell(9, &[&[0x17][..], &formula].concat())),
        (0x0092, vec![]),
    ];
    let book = vec![
        (0x0099, vec![0; 8]),
        (0x009C, [vec![0; 8], text("r1"), text("填报")].concat()),
        (0x0090, vec![]),
        // Other workbooks and names, whose formulas are none.
        (0x016A, vec![9]),
        (0x0027, vec![0x3A; 9]),
        (0x0084, vec![]),
    ];
    let texts = vec![
        (0x009F, [1_u32, 1].map(u32::to_le_bytes).concat()),
        (0x0013, [vec![0], text("社区")].concat()),
        (0x00A0, vec![]),
    ];
    let styles = vec![
        (0x0267, 1_u32.to_le_bytes().to_vec()),
        (0x002C, [vec![164, 0], text("0")].concat()),
        (0x0268, vec![]),
        (0x0269, 1_u32.to_le_bytes().to_vec()),
        (0x002F, vec![0; 16]),
        (0x026A, vec![]),
    ];
    vec![
        (SHEET, sheet),
        (BOOK, book),
        ("xl/sharedStrings.bin", texts),
        ("xl/styles.bin", styles),
    ]
}

fn of(parts: &[(&str, Vec<Record>)]) -> Vec<u8> {
    let links =
        "<Relationships><Relationship Id=\"r1\" Target=\"worksheets/1.bin\"/></Relationships>";
    let types = "<Types/>";
    let mut files = vec![
        ("[Content_Types].xml", types.as_bytes().to_vec()),
        ("xl/_rels/workbook.bin.rels", links.as_bytes().to_vec()),
    ];
    files.extend(
        parts
            .iter()
            .map(|(name, records)| (*name, written(records))),
    );
    let files: Vec<(&str, &[u8])> = files
        .iter()
        .map(|(name, bytes)| (*name, &bytes[..]))
        .collect();
    packed(&files)
}

const SEEN: [&str; 10] = [
    "A1 #1",
    "B1 !#REF!",
    "C1 TRUE",
    "D1 #1.5",
    "E1 村",
    "F1 社区",
    "G1 镇",
    "H1 #2.5",
    "I1 TRUE",
    "J1 =?",
];

#[test]
fn a_cell_of_each_kind_is_read_whatever_its_formula_is() {
    assert_eq!(seen(&of(&parts()), None), SEEN);
}

#[test]
fn records_cut_short_are_refused_or_change_nothing() {
    let mut refusals = 0;
    let whole = parts();
    for (part, (name, records)) in whole.iter().enumerate() {
        for (at, (kind, data)) in records.iter().enumerate() {
            for length in 0..data.len() {
                let mut other = whole.clone();
                other[part].1[at].1.truncate(length);
                match open(&of(&other), None) {
                    Ok(_) => {
                        assert_eq!(seen(&of(&other), None), SEEN, "{name} {kind:#06x} {length}")
                    }
                    Err(problem) => {
                        assert_eq!(
                            problem.saying.id, "check-xlsx",
                            "{name} {kind:#06x} {length}"
                        );
                        refusals += 1;
                    }
                }
            }
        }
    }
    assert!(refusals > 150, "{refusals}");
}

#[test]
fn what_leads_nowhere_is_refused() {
    let spoiled = |part: usize, at: usize, data: Vec<u8>| {
        let mut other = parts();
        other[part].1[at].1 = data;
        refused(&of(&other), "check-xlsx");
    };
    // A text beyond the table, more texts than there are, a sheet whose link is not there.
    spoiled(0, 8, [5_u32, 0, 1].map(u32::to_le_bytes).concat());
    spoiled(2, 0, [1_u32, 2].map(u32::to_le_bytes).concat());
    spoiled(1, 1, [vec![0; 8], text("r2"), text("填报")].concat());
    let mut headless = parts();
    headless.remove(1);
    refused(&of(&headless), "check-xlsx");
}
