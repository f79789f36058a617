//! What the camera noted (EXIF): the day on which a photograph was taken, where, and which way up. Chat apps strip it, so
//! nothing here is ever missed, and what makes no sense counts as not noted.

use std::io::Cursor;

use exif::{Exif, In, Rational, Reader, Tag, Value};
use image::metadata::Orientation;

use crate::model::day::Day;
use crate::model::proof::{Degrees, Spot};

/// What the camera noted.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Notes {
    /// The day on which it was taken, by the camera's own clock.
    pub taken: Option<Day>,
    /// Where.
    pub place: Option<Spot>,
    /// How the pixels have to be turned to stand upright.
    pub turn: Option<Orientation>,
}

/// Reads what the camera noted in a photograph.
pub(super) fn notes(bytes: &[u8]) -> Notes {
    // Some programs write tables that are loose at one end; what can be read of them counts.
    let read = Reader::new()
        .continue_on_error(true)
        .read_from_container(&mut Cursor::new(bytes));
    let Ok(exif) = read.or_else(|error| error.distill_partial_result(|_| {})) else {
        return Notes::default();
    };
    let taken = [Tag::DateTimeOriginal, Tag::DateTimeDigitized];
    Notes {
        taken: taken.iter().find_map(|tag| day(&exif, *tag)),
        place: spot(&exif),
        turn: turn(&exif),
    }
}

/// The day of a field of the form `2020:06:28 09:30:00`; the camera writes zeros where it does not know.
fn day(exif: &Exif, tag: Tag) -> Option<Day> {
    let text = ascii(exif, tag)?;
    let (date, _) = text.split_once(' ')?;
    let mut numbers = date.split(':').map(|number| number.parse::<u32>().ok());
    let (year, month, day) = (numbers.next()??, numbers.next()??, numbers.next()??);
    let year = i32::try_from(year)
        .ok()
        .filter(|year| (1..=9999).contains(year))?;
    Day::new(year, month, day)
}

fn spot(exif: &Exif) -> Option<Spot> {
    let latitude = degrees(exif, Tag::GPSLatitude, Tag::GPSLatitudeRef, ("N", "S"), 90)?;
    let longitude = degrees(
        exif,
        Tag::GPSLongitude,
        Tag::GPSLongitudeRef,
        ("E", "W"),
        180,
    )?;
    // A camera that has found no satellites writes zeros.
    let nowhere = latitude.millionths() == 0 && longitude.millionths() == 0;
    (!nowhere).then_some(Spot {
        latitude,
        longitude,
    })
}

/// Degrees, minutes and seconds, each a fraction, and the side of the equator or of Greenwich.
fn degrees(
    exif: &Exif,
    tag: Tag,
    side: Tag,
    (positive, negative): (&str, &str),
    most: i64,
) -> Option<Degrees> {
    let Value::Rational(parts) = &exif.get_field(tag, In::PRIMARY)?.value else {
        return None;
    };
    let [whole, minutes, seconds] = parts.as_slice() else {
        return None;
    };
    let millionths = millionths(whole, 1)? + millionths(minutes, 60)? + millionths(seconds, 3600)?;
    let side = ascii(exif, side)?;
    let sign = match side.trim() {
        side if side == positive => 1,
        side if side == negative => -1,
        _ => return None,
    };
    let millionths = Some(millionths).filter(|size| *size <= most * 1_000_000)?;
    i32::try_from(sign * millionths)
        .ok()
        .map(Degrees::from_millionths)
}

/// A fraction of `parts` to the degree, in millionths of a degree, rounded down.
fn millionths(fraction: &Rational, parts: i64) -> Option<i64> {
    let below = i64::from(fraction.denom) * parts;
    (below != 0).then(|| i64::from(fraction.num) * 1_000_000 / below)
}

fn turn(exif: &Exif) -> Option<Orientation> {
    let number = exif
        .get_field(Tag::Orientation, In::PRIMARY)?
        .value
        .get_uint(0)?;
    Orientation::from_exif(u8::try_from(number).ok()?)
}

fn ascii(exif: &Exif, tag: Tag) -> Option<&str> {
    match &exif.get_field(tag, In::PRIMARY)?.value {
        Value::Ascii(texts) => std::str::from_utf8(texts.first()?).ok(),
        _ => None,
    }
}
