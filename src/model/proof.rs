//! What is known of a piece of proof (佐证) beside its content: how a photograph looks, when and where it was taken, and
//! whether its content is at hand.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::day::Day;

/// How a photograph looks, in a few bits: two of the same algorithm that differ in few bits look alike.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Likeness {
    /// The algorithm's name. Those of two algorithms cannot be compared.
    pub algorithm: String,
    /// The bits, in hexadecimal.
    pub hash: String,
}

impl Likeness {
    /// In how many bits two photographs differ; `None` where that cannot be said.
    pub fn distance(&self, other: &Self) -> Option<u32> {
        if self.algorithm != other.algorithm || self.hash.len() != other.hash.len() {
            return None;
        }
        let digits = self.hash.chars().zip(other.hash.chars());
        digits
            .map(|(one, other)| Some((one.to_digit(16)? ^ other.to_digit(16)?).count_ones()))
            .sum()
    }
}

/// Where a photograph was taken, as the camera says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Spot {
    /// North of the equator; south is negative.
    pub latitude: Degrees,
    /// East of Greenwich; west is negative.
    pub longitude: Degrees,
}

impl fmt::Display for Spot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{},{}", self.latitude, self.longitude)
    }
}

/// Degrees of an angle, in whole millionths (a tenth of a metre on the ground).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Degrees(i32);

const MILLION: u32 = 1_000_000;

impl Degrees {
    /// That many millionths of a degree.
    pub const fn from_millionths(millionths: i32) -> Self {
        Self(millionths)
    }

    /// The inverse of [`Degrees::from_millionths`].
    pub const fn millionths(self) -> i32 {
        self.0
    }
}

impl fmt::Display for Degrees {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let size = self.0.unsigned_abs();
        write!(f, "{sign}{}.{:06}", size / MILLION, size % MILLION)
    }
}

impl FromStr for Degrees {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const FORM: &str = "degrees are written with six decimal places";
        let (negative, size) = match text.strip_prefix('-') {
            Some(size) => (true, size),
            None => (false, text),
        };
        let (whole, places) = size.split_once('.').ok_or(FORM)?;
        let plain = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        if !plain(whole) || whole.len() > 3 || !plain(places) || places.len() != 6 {
            return Err(FORM);
        }
        let millionths: i32 = format!("{whole}{places}").parse().map_err(|_| FORM)?;
        Ok(Self(if negative { -millionths } else { millionths }))
    }
}

impl Serialize for Degrees {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Degrees {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// Whether the content of a file that a record names is at hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Whereabouts {
    /// It is here, and is what was recorded.
    Present,
    /// This machine does not have it. Nobody need have done anything wrong: journals travel without the files.
    Absent,
    /// Something else is in its place.
    Altered,
    /// It is here and cannot be read.
    Unreadable,
}

/// What is odd about a piece of proof that is recorded all the same: the record is true whatever becomes of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Remark {
    /// The camera's clock was ahead: the day is recorded as it says.
    TakenLater {
        /// The day on which it says that it was taken.
        taken: Day,
        /// Today.
        today: Day,
    },
    /// A photograph of a kind that is kept, and cannot be compared with others.
    Uncompared {
        /// Its media type.
        media: &'static str,
    },
    /// A photograph with so many pixels that it is kept, and not compared with others.
    TooManyPixels {
        /// How many, in millions.
        millions: u64,
    },
    /// A photograph of so many bytes that it is kept, and not compared with others.
    TooManyBytes {
        /// How many.
        size: u64,
    },
    /// What was kept of the same content had been altered; it was put right.
    Restored,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn likenesses_of_one_algorithm_are_compared_bit_by_bit() {
        let likeness = |algorithm: &str, hash: &str| Likeness {
            algorithm: algorithm.into(),
            hash: hash.into(),
        };
        let one = likeness("a", "00ff");
        assert_eq!(one.distance(&one), Some(0));
        assert_eq!(one.distance(&likeness("a", "80fe")), Some(2));
        assert_eq!(one.distance(&likeness("b", "00ff")), None);
        assert_eq!(one.distance(&likeness("a", "00ff00")), None);
        assert_eq!(one.distance(&likeness("a", "zz..")), None);
    }

    #[test]
    fn degrees_are_written_as_people_write_them() {
        #[track_caller]
        fn case(millionths: i32, text: &str) {
            let degrees = Degrees::from_millionths(millionths);
            assert_eq!(degrees.to_string(), text);
            assert_eq!(text.parse(), Ok(degrees));
        }
        case(31_800_123, "31.800123");
        case(-1, "-0.000001");
        case(-179_999_999, "-179.999999");
        case(0, "0.000000");
        for text in [
            "",
            "31",
            "31.8",
            "+31.800000",
            "3100.000000",
            "31.80000x",
            "--1.000000",
        ] {
            assert!(text.parse::<Degrees>().is_err(), "{text}");
        }
    }
}
