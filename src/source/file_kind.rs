//! What a file is by its content, whatever its name says: people rename files, and systems export HTML as `.xls`.

use super::problem::{Place, Problem, Saying, say};

/// How a file of rows is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FileKind {
    /// Text of some encoding: a table or JSON.
    Text,
    /// An Office Open XML workbook.
    Xlsx,
    /// The binary form of the same.
    Xlsb,
    /// A workbook of Excel 97 to 2003.
    Xls,
    /// An OpenDocument spreadsheet.
    Ods,
}

/// The first bytes of files that are no tables, and what people call these.
const OTHERS: &[(&[u8], &str)] = &[
    (b"%PDF-", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\x1f\x8b", "gzip"),
];

/// The first bytes of the container of old Office files, and of new ones that are locked with a password.
const OLE: &[u8] = b"\xd0\xcf\x11\xe0";

/// How much of a text is looked at.
const HEAD: usize = 4096;

/// The kind of a file.
///
/// # Errors
/// What the file is, where it holds no rows that can be read.
pub(super) fn of(name: &str, bytes: &[u8]) -> Result<FileKind, Problem> {
    let refused = |saying: Saying, hint| {
        let saying = saying.hint(Saying::new(hint, Vec::new()));
        Err(Problem::error(Place::whole(name), saying))
    };
    let lower = name.to_lowercase();
    let workbook = [".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".et"]
        .iter()
        .any(|ending| lower.ends_with(ending));
    if let Some((_, kind)) = OTHERS.iter().find(|(start, _)| bytes.starts_with(start)) {
        return refused(say!("check-other-kind", kind = kind), "hint-save-xlsx");
    }
    if bytes.starts_with(b"SQLite format 3\0") {
        return refused(
            say!("check-other-kind", kind = "SQLite"),
            "hint-export-store",
        );
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return match packed(bytes) {
            Some(kind) => Ok(kind),
            None => refused(say!("check-other-kind", kind = "Word"), "hint-save-xlsx"),
        };
    }
    if bytes.starts_with(OLE) {
        let holds = |stream: &str| {
            let wide: Vec<u8> = stream.encode_utf16().flat_map(u16::to_le_bytes).collect();
            bytes.windows(wide.len()).any(|window| window == wide)
        };
        return if holds("EncryptedPackage") {
            refused(say!("check-locked"), "hint-unlock")
        } else if holds("Workbook") || holds("Book") {
            Ok(FileKind::Xls)
        } else if lower.ends_with(".xlsx") || lower.ends_with(".xlsb") {
            refused(say!("check-locked-or-old"), "hint-unlock")
        } else {
            refused(say!("check-old-office"), "hint-save-xlsx")
        };
    }
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD)]).to_lowercase();
    let head = head.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
    if head.starts_with("<!doctype html") || head.starts_with("<html") || head.starts_with("<table")
    {
        return refused(say!("check-other-kind", kind = "HTML"), "hint-save-xlsx");
    }
    if head.starts_with("<?xml") || head.starts_with('<') {
        return refused(say!("check-other-kind", kind = "XML"), "hint-save-xlsx");
    }
    if workbook && !bytes.is_empty() {
        return if bytes.contains(&0) {
            refused(say!("check-xlsx", detail = "zip"), "hint-save-xlsx")
        } else {
            refused(say!("check-text-named-workbook"), "hint-rename-csv")
        };
    }
    Ok(FileKind::Text)
}

/// The kind of a zip file, by the names of its parts; none where it is a letter. What holds none of them is left to the reader of
/// workbooks to refuse.
fn packed(bytes: &[u8]) -> Option<FileKind> {
    let holds = |part: &[u8]| bytes.windows(part.len()).any(|window| window == part);
    if holds(b"mimetype") && holds(b"content.xml") {
        Some(FileKind::Ods)
    } else if holds(b"xl/workbook.bin") {
        Some(FileKind::Xlsb)
    } else if holds(b"xl/workbook.xml") || !holds(b"word/document.xml") {
        Some(FileKind::Xlsx)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::{FileKind, of};

    #[track_caller]
    fn refused(name: &str, bytes: &[u8], id: &str) {
        let problem = of(name, bytes).unwrap_err();
        assert_eq!(problem.saying.id, id, "{name}");
        assert!(problem.saying.hint.is_some(), "{name}");
    }

    fn ole(stream: &str) -> Vec<u8> {
        let name = stream.encode_utf16().flat_map(u16::to_le_bytes);
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
            .iter()
            .copied()
            .chain(name)
            .collect()
    }

    #[test]
    fn a_file_is_called_by_its_true_name() {
        refused("a.xls", b"<html><body><table>", "check-other-kind");
        refused(
            "a.xls",
            b"\xef\xbb\xbf \n<!DOCTYPE HTML>",
            "check-other-kind",
        );
        refused(
            "a.xls",
            b"<?xml version=\"1.0\"?><Workbook",
            "check-other-kind",
        );
        refused("a.csv", b"%PDF-1.7", "check-other-kind");
        refused("-", b"\x89PNG\r\n", "check-other-kind");
        refused("duban.db", b"SQLite format 3\0\x10\0", "check-other-kind");
        refused(
            "a.docx",
            b"PK\x03\x04..word/document.xml",
            "check-other-kind",
        );
        refused("a.xlsx", b"unit,task,on\n", "check-text-named-workbook");
        refused(
            "a.ods",
            "单位,任务\n".as_bytes(),
            "check-text-named-workbook",
        );
        refused("a.xlsx", b"\0\0\0\0", "check-xlsx");
        refused("a.xlsx", &ole("EncryptedPackage"), "check-locked");
        refused("a.xls", &ole("EncryptedPackage"), "check-locked");
        refused("a.xlsx", &ole("?"), "check-locked-or-old");
        refused("a.xls", &ole("WordDocument"), "check-old-office");
    }

    #[test]
    fn content_decides_and_not_the_name() {
        assert_eq!(of("a.csv", &ole("Workbook")), Ok(FileKind::Xls));
        assert_eq!(
            of("a.xls", b"PK\x03\x04..xl/workbook.xml"),
            Ok(FileKind::Xlsx)
        );
        assert_eq!(of("-", b"PK\x03\x04..xl/workbook.bin"), Ok(FileKind::Xlsb));
        let ods = b"PK\x03\x04..mimetype..content.xml";
        assert_eq!(of("a.xlsx", ods), Ok(FileKind::Ods));
        assert_eq!(of("a.csv", b"unit,task"), Ok(FileKind::Text));
        assert_eq!(of("-", b""), Ok(FileKind::Text));
    }
}
