//! Names of files in archives: which are safe, and which say that their content is packed already.

/// Whether a name leads to a file below the folder that it is unpacked in, on every system.
pub(crate) fn is_plain(name: &str) -> bool {
    let plain = |part: &str| {
        !part.is_empty()
            && part != "."
            && part != ".."
            // Windows drops these at the end, so that two names would be one.
            && !part.ends_with(['.', ' '])
            && !is_device(part)
    };
    name.len() <= MOST
        && !name.contains(|c: char| c.is_control() || "\\:*?\"<>|".contains(c))
        && name.split('/').all(plain)
}

/// The longest name.
const MOST: usize = 1024;

/// Whether Windows takes a name for a device, whatever its ending.
fn is_device(part: &str) -> bool {
    let stem = part
        .split('.')
        .next()
        .unwrap_or_default()
        .to_ascii_uppercase();
    let numbered = |name: &str| {
        let number = stem.strip_prefix(name);
        number.is_some_and(|number| number.len() == 1 && number != "0")
    };
    ["CON", "PRN", "AUX", "NUL"].contains(&stem.as_str()) || numbered("COM") || numbered("LPT")
}

/// Whether what a file holds gains nothing by being packed once more.
pub(super) fn is_packed(name: &str) -> bool {
    let ending = name.rsplit('.').next().unwrap_or_default();
    let packed = [
        "jpg", "jpeg", "png", "webp", "heic", "gif", "mp4", "mov", "mp3", "zip", "docx", "xlsx",
        "pptx", "pdf", "rar", "7z",
    ];
    packed
        .iter()
        .any(|known| ending.eq_ignore_ascii_case(known))
}

#[cfg(test)]
mod tests {
    #[test]
    fn names_that_lead_elsewhere_are_not_plain() {
        for plain in [
            "duban.toml",
            "duban.evidence/ab/abcd.jpg",
            "名册.csv",
            "a b.csv",
        ] {
            assert!(super::is_plain(plain), "{plain}");
        }
        let long = "x".repeat(2000);
        for bad in [
            "",
            "/etc/passwd",
            "../x",
            "a/../b",
            "a//b",
            "a/",
            "./a",
            "a\\b",
            "c:x",
            "a\0b",
            "a\nb",
            "nul",
            "NUL.txt",
            "com1.db",
            "a.",
            "a /b",
            "a*",
            &long,
        ] {
            assert!(!super::is_plain(bad), "{bad}");
        }
    }
}
