//! What is checked before a packed workbook is opened: how much it unpacks to, how many texts it says that it has, and that no cell lies
//! beyond all sheets. The readers of the formats believe what a file says of itself.

mod places;

use std::io::{self, BufReader, Cursor, Read};

use quick_xml::events::Event;
use quick_xml::reader::Reader;
use zip::ZipArchive;

use self::places::Places;
use super::Unread;

/// The most bytes that a workbook may unpack to.
pub(super) const UNPACKED: u64 = 512 << 20;

/// The fewest bytes of a text: `<si/>`.
const LEAST: u64 = 5;

/// Opens a packed workbook once it is known what it unpacks to. What the directory says is checked first, then what comes
/// out in truth.
pub(super) fn archive(bytes: &[u8]) -> Result<ZipArchive<Cursor<&[u8]>>, Unread> {
    let damaged = |_| Unread::Damaged("zip".to_string());
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    let mut said: u64 = 0;
    for at in 0..zip.len() {
        let entry = zip.by_index_raw(at).map_err(damaged)?;
        said = said.saturating_add(entry.size());
    }
    if said > UNPACKED {
        return Err(Unread::Unpacked(said));
    }
    let mut left = UNPACKED;
    for at in 0..zip.len() {
        let entry = zip.by_index(at).map_err(damaged)?;
        let texts = entry.name().is_ok_and(|name| is_texts(&name));
        let may_be_sheet = entry.name().is_ok_and(|name| is_xml(&name)) && !texts;
        let mut places = Places::default();
        let came = match may_be_sheet {
            true => io::copy(&mut entry.take(left + 1), &mut places),
            false => io::copy(&mut entry.take(left + 1), &mut io::sink()),
        };
        let came = came.map_err(|_| Unread::Damaged("zip".to_string()))?;
        if let Some(place) = places.beyond {
            return Err(Unread::Damaged(place));
        }
        left = left.checked_sub(came).ok_or(Unread::Unpacked(UNPACKED))?;
        if texts && said_texts(&mut zip.by_index(at).map_err(damaged)?) > came / LEAST {
            return Err(Unread::Damaged("uniqueCount".to_string()));
        }
    }
    Ok(zip)
}

/// Whether that is the part of a workbook that holds the texts of its cells.
fn is_texts(name: &str) -> bool {
    name.to_ascii_lowercase().ends_with("sharedstrings.xml")
}

/// Whether that is a part of an XLSX workbook in XML.
fn is_xml(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name.starts_with("xl/") && name.ends_with(".xml")
}

/// How many texts that part says it has; 0 where it does not say, and more than any has where that cannot be read. Room is made for all of them before the first is read: 103 GB, for a
/// file of 5 kB.
fn said_texts(part: &mut dyn Read) -> u64 {
    let mut xml = Reader::from_reader(BufReader::new(part));
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match xml.read_event_into(&mut buffer) {
            Ok(Event::Start(start) | Event::Empty(start)) => {
                if start.local_name().as_ref() != "sst" {
                    continue;
                }
                return match start.try_get_attribute("uniqueCount") {
                    Ok(said) => said
                        .and_then(|said| said.value.trim().parse().ok())
                        .unwrap_or(0),
                    Err(_) => u64::MAX,
                };
            }
            Ok(Event::Eof) | Err(_) => return 0,
            Ok(_) => {}
        }
    }
}
