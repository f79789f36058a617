//! What a file is, by its first bytes and by its ending. A short list: what offices send as proof.
//!
//! The list is our own, because a file that is not what its ending says is refused, so no real file may be taken for another. The
//! libraries for this were tried on the first bytes of each kind. `infer` 0.22 does not know HEIC, TIFF and 3GP and takes AMR for a
//! shell script. `file-format` 0.29 does not know every brand of MP4 and has other names for HEIC, MP4, WAV and MP3, while the names
//! here stand in journals for ever. `mime_guess` looks at endings alone.

/// How many of the first bytes tell what a file is.
pub(super) const HEAD: usize = 512;

/// A kind of file.
pub(super) struct Kind {
    /// Its media type.
    pub media: &'static str,
    /// Its endings, the usual one first.
    pub endings: &'static [&'static str],
    begins: fn(&[u8]) -> bool,
}

/// Kinds by content. What several endings share (`docx` and `xlsx` are zips) is told apart by the ending.
const KINDS: &[Kind] = &[
    kind("image/jpeg", &["jpg", "jpeg", "jpe", "jfif"], |head| {
        head.starts_with(b"\xff\xd8\xff")
    }),
    kind("image/png", &["png"], |head| {
        head.starts_with(b"\x89PNG\r\n\x1a\n")
    }),
    kind("image/webp", &["webp"], |head| riff(head, b"WEBP")),
    kind("image/gif", &["gif"], |head| {
        head.starts_with(b"GIF87a") || head.starts_with(b"GIF89a")
    }),
    kind("image/bmp", &["bmp", "dib"], |head| head.starts_with(b"BM")),
    kind("image/tiff", &["tif", "tiff"], |head| {
        head.starts_with(b"II*\0") || head.starts_with(b"MM\0*")
    }),
    kind("image/heic", &["heic", "heif", "hif"], |head| {
        branded(head, &[b"heic", b"heix", b"hevc", b"mif1", b"msf1"])
    }),
    kind("video/quicktime", &["mov"], |head| {
        branded(head, &[b"qt  "]) || head.get(4..8) == Some(b"moov")
    }),
    kind("video/mp4", &["mp4", "m4v", "3gp", "m4a"], |head| {
        head.get(4..8) == Some(b"ftyp")
    }),
    kind("video/x-msvideo", &["avi"], |head| riff(head, b"AVI ")),
    kind("audio/wav", &["wav"], |head| riff(head, b"WAVE")),
    kind("audio/mpeg", &["mp3"], |head| {
        head.starts_with(b"ID3") || matches!(head, [0xff, 0xfb | 0xf3 | 0xf2 | 0xfa, ..])
    }),
    kind("audio/amr", &["amr"], |head| head.starts_with(b"#!AMR")),
    kind("application/pdf", &["pdf"], |head| {
        head.starts_with(b"%PDF-")
    }),
    kind(
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        &["docx"],
        zip,
    ),
    kind(
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        &["xlsx"],
        zip,
    ),
    kind(
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        &["pptx"],
        zip,
    ),
    kind("application/ofd", &["ofd"], zip),
    kind("application/zip", &["zip"], zip),
    kind("application/msword", &["doc"], ole),
    kind("application/vnd.ms-excel", &["xls"], ole),
    kind("application/vnd.ms-powerpoint", &["ppt"], ole),
    kind("application/vnd.ms-works", &["wps"], ole),
    kind("application/x-7z-compressed", &["7z"], |head| {
        head.starts_with(b"7z\xbc\xaf\x27\x1c")
    }),
    kind("application/vnd.rar", &["rar"], |head| {
        head.starts_with(b"Rar!\x1a\x07")
    }),
    // Last, because nearly everything might be text: whatever its encoding, it has no zero bytes.
    kind("text/plain", &["txt", "csv", "md", "log"], |head| {
        !head.contains(&0)
    }),
];

const fn kind(
    media: &'static str,
    endings: &'static [&'static str],
    begins: fn(&[u8]) -> bool,
) -> Kind {
    Kind {
        media,
        endings,
        begins,
    }
}

fn zip(head: &[u8]) -> bool {
    head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06")
}

fn ole(head: &[u8]) -> bool {
    head.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
}

fn riff(head: &[u8], form: &[u8]) -> bool {
    head.starts_with(b"RIFF") && head.get(8..12) == Some(form)
}

fn branded(head: &[u8], brands: &[&[u8; 4]]) -> bool {
    head.get(4..8) == Some(b"ftyp")
        && head
            .get(8..12)
            .is_some_and(|brand| brands.iter().any(|known| brand == *known))
}

/// What a file is.
///
/// # Errors
/// What it is by its content, where that is not what its ending says.
pub(super) fn of(
    head: &[u8],
    ending: Option<&str>,
) -> Result<Option<&'static Kind>, Option<&'static str>> {
    let by_ending =
        ending.and_then(|ending| KINDS.iter().find(|kind| kind.endings.contains(&ending)));
    if let Some(kind) = by_ending {
        if (kind.begins)(head) {
            return Ok(Some(kind));
        }
        return Err(by_content(head).map(|kind| kind.media));
    }
    Ok(by_content(head))
}

/// What begins like that; not text, which is told by its ending alone.
fn by_content(head: &[u8]) -> Option<&'static Kind> {
    let kind = KINDS.iter().find(|kind| (kind.begins)(head))?;
    if zip(head) {
        return KINDS.iter().find(|kind| kind.media == "application/zip");
    }
    // An OLE container may be any of several documents.
    (kind.media != "text/plain" && !ole(head)).then_some(kind)
}

/// The ending under which content of a media type is kept; `None` for one that is not in the list.
pub(super) fn ending(media: &str) -> Option<&'static str> {
    let kind = KINDS.iter().find(|kind| kind.media == media)?;
    kind.endings.first().copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(head: &[u8], ending: &str, expected: Result<Option<&str>, Option<&str>>) {
        let ending = Some(ending).filter(|ending| !ending.is_empty());
        let found = of(head, ending).map(|kind| kind.map(|kind| kind.media));
        assert_eq!(found, expected, "{ending:?}");
    }

    #[test]
    fn content_and_ending_have_to_agree_where_both_are_known() {
        let png = b"\x89PNG\r\n\x1a\n0000";
        case(png, "png", Ok(Some("image/png")));
        case(png, "", Ok(Some("image/png")));
        case(png, "photo", Ok(Some("image/png")));
        case(png, "jpg", Err(Some("image/png")));
        case(b"\xff\xd8\xff\xe0", "jpeg", Ok(Some("image/jpeg")));
        case(b"hello", "jpg", Err(None));
        case(b"hello", "txt", Ok(Some("text/plain")));
        case(b"hello", "", Ok(None));
        case(b"hel\0lo", "txt", Err(None));
        case(b"%PDF-1.7", "txt", Ok(Some("text/plain")));
        case(b"%PDF-1.7", "docx", Err(Some("application/pdf")));
        let zip = b"PK\x03\x04....";
        case(zip, "docx", Ok(Some(ending_media("docx"))));
        case(zip, "xlsx", Ok(Some(ending_media("xlsx"))));
        case(zip, "", Ok(Some("application/zip")));
        case(zip, "jpg", Err(Some("application/zip")));
        case(
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            "doc",
            Ok(Some("application/msword")),
        );
        case(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "", Ok(None));
        case(b"\0\0\0\x18ftypheic", "heic", Ok(Some("image/heic")));
        case(b"\0\0\0\x18ftypisom", "mp4", Ok(Some("video/mp4")));
        case(b"\0\0\0\x18ftypqt  ", "mov", Ok(Some("video/quicktime")));
        case(b"\0\0\0\x18ftypheic", "jpg", Err(Some("image/heic")));
        case(b"RIFF....WEBPVP8 ", "webp", Ok(Some("image/webp")));
        case(b"RIFF....WEBPVP8 ", "jpg", Err(Some("image/webp")));
    }

    fn ending_media(ending: &str) -> &'static str {
        let kind = KINDS.iter().find(|kind| kind.endings[0] == ending);
        kind.unwrap().media
    }

    #[test]
    fn every_kind_has_its_own_media_type_and_endings() {
        for (at, kind) in KINDS.iter().enumerate() {
            for other in &KINDS[..at] {
                assert_ne!(kind.media, other.media);
                assert!(
                    kind.endings
                        .iter()
                        .all(|ending| !other.endings.contains(ending))
                );
            }
            assert_eq!(ending(kind.media), kind.endings.first().copied());
        }
    }
}
