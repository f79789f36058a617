//! A picture as points: the SVG drawn with the typefaces of this machine. One typeface is chosen beforehand, by name; a search of
//! all of them for each letter takes seconds where there are many.

use std::collections::HashSet;
use std::io::{self, Write};
use std::sync::{Arc, Mutex};

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::fontdb::{Database, Family, ID, Query};
use resvg::usvg::{FontResolver, Options, Tree};

use super::svg;
use crate::document::Document;
use crate::document::chart::Chart;

/// Points of a picture to one of its drawing: sharp on the screens of today, of which those of phones are finer.
const SCALE: f32 = 2.0;
const PHONE_SCALE: f32 = 3.0;
/// On paper a chart is about twice as wide as on a screen.
const PAPER_SCALE: f32 = 4.0;

/// Typefaces with Han and Latin letters, of the systems of today, by family; the first that is there is taken.
const HAN: &[&str] = &[
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "Microsoft YaHei",
    "PingFang SC",
    "Hiragino Sans GB",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "Droid Sans Fallback",
    "SimHei",
    "SimSun",
    "AR PL UMing CN",
    "Noto Serif CJK SC",
];

/// Typefaces for other letters, taken where no Han is needed.
const LATIN: &[&str] = &[
    "Segoe UI",
    "Helvetica Neue",
    "Noto Sans",
    "DejaVu Sans",
    "Liberation Sans",
    "Arial",
];

/// A letter that no typeface of this machine has.
#[derive(Debug, thiserror::Error)]
#[error("no font has the letter {0}")]
pub(crate) struct NoLetter(pub char);

/// Writes a document as a picture.
///
/// # Errors
/// What writing runs into; [`NoLetter`] and [`svg::TooTall`].
pub(crate) fn write(out: &mut dyn Write, document: Document<'_>) -> io::Result<()> {
    out.write_all(&picture(document)?)
}

fn picture(document: Document<'_>) -> io::Result<Vec<u8>> {
    let mut fonts = Database::new();
    fonts.load_system_fonts();
    // What is drawn does not depend on the typeface: it is known before one is chosen.
    let mut drawing = Vec::new();
    let scale = if document.narrow { PHONE_SCALE } else { SCALE };
    svg::write_in(&mut drawing, document, FAMILY)?;
    drawn(&drawing, scale, fonts)
}

/// A chart as a picture that is sharp on paper.
///
/// # Errors
/// [`NoLetter`], and what drawing runs into.
pub(crate) fn chart(chart: &Chart) -> io::Result<Vec<u8>> {
    let mut fonts = Database::new();
    fonts.load_system_fonts();
    drawn(
        svg::chart::alone(chart, FAMILY).as_bytes(),
        PAPER_SCALE,
        fonts,
    )
}

/// What the drawing calls the typeface that is chosen.
const FAMILY: &str = "sans-serif";

/// The typeface of some words, which has Han letters where they have.
fn family(fonts: &Database, words: &str) -> Option<String> {
    let known = |name: &&&str| {
        let families = &[Family::Name(name)];
        let query = Query {
            families,
            ..Query::default()
        };
        fonts.query(&query).is_some()
    };
    let (first, second) = match words.contains(is_han) {
        true => (HAN, LATIN),
        false => (LATIN, HAN),
    };
    let named = first.iter().chain(second).find(known);
    let any = || Some(fonts.faces().next()?.families.first()?.0.clone());
    named.map(|name| (*name).to_string()).or_else(any)
}

/// Whether a letter is one of Chinese, Japanese or Korean.
pub(crate) fn is_han(letter: char) -> bool {
    matches!(letter, '\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// A drawing as a PNG.
fn drawn(drawing: &[u8], scale: f32, mut fonts: Database) -> io::Result<Vec<u8>> {
    let words = std::str::from_utf8(drawing).map_err(io::Error::other)?;
    let no_letter = |letter| io::Error::other(NoLetter(letter));
    let Some(family) = family(&fonts, words) else {
        let first = words.chars().find(|letter| is_han(*letter));
        return Err(no_letter(first.unwrap_or('a')));
    };
    fonts.set_sans_serif_family(&family);
    let missing: Arc<Mutex<HashSet<char>>> = Arc::default();
    let search = FontResolver::default_fallback_selector();
    let select_fallback = {
        let missing = missing.clone();
        move |letter: char, tried: &[ID], fonts: &mut Arc<Database>| {
            let mut missing = missing.lock().ok()?;
            if missing.contains(&letter) {
                return None;
            }
            let found = search(letter, tried, fonts);
            if found.is_none() {
                missing.insert(letter);
            }
            found
        }
    };
    let options = Options {
        font_family: family,
        fontdb: Arc::new(fonts),
        font_resolver: FontResolver {
            select_font: FontResolver::default_font_selector(),
            select_fallback: Box::new(select_fallback),
        },
        ..Options::default()
    };
    let tree = Tree::from_str(words, &options).map_err(io::Error::other)?;
    let missing = missing.lock().map(|letters| letters.clone());
    let letters = missing.into_iter().flatten();
    if let Some(letter) = letters.filter(|letter| letter.is_alphanumeric()).min() {
        return Err(no_letter(letter));
    }
    let size = tree.size();
    // Both are positive, and no larger than the tallest drawing.
    let points = |length: f32| (length * scale).ceil() as u32;
    let pixmap = Pixmap::new(points(size.width()), points(size.height()));
    let mut pixmap = pixmap.ok_or_else(|| io::Error::other(svg::TooTall))?;
    let transform = Transform::from_scale(scale, scale);
    resvg::render(&tree, transform, &mut pixmap.as_mut());
    pixmap.encode_png().map_err(io::Error::other)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::sample;

    #[test]
    fn letters_that_no_typeface_has_are_an_error() {
        let drawing = |words: &str| {
            let mut page = Document::new("zh-CN", "");
            page.line(words);
            let mut drawing = Vec::new();
            svg::write_in(&mut drawing, page, FAMILY).unwrap();
            drawing
        };
        for (words, expected) in [("塘坝村", '塘'), ("abc", 'a')] {
            let error = drawn(&drawing(words), SCALE, Database::new()).unwrap_err();
            let cause = error.get_ref().and_then(|cause| cause.downcast_ref());
            assert!(
                matches!(cause, Some(NoLetter(letter)) if *letter == expected),
                "{error}"
            );
        }
    }

    #[test]
    fn a_page_is_a_picture_twice_as_large() {
        let mut fonts = Database::new();
        fonts.load_system_fonts();
        let mut page = Document::new("en", "");
        page.chart(sample::burn_up());
        match picture(page) {
            Ok(png) => {
                assert!(png.starts_with(b"\x89PNG"));
                assert_eq!(png[16..20], 780_u32.to_be_bytes());
            }
            // A machine without fonts says so.
            Err(error) => assert!(error.to_string().contains("no font"), "{error}"),
        }
    }
}
