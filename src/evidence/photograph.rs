//! A photograph looked at: whole or cut short, and how it looks in 64 bits.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits};
use image_hasher::{HashAlg, HasherConfig};

use super::MOST_DECODED;
use super::camera::{self, Notes};
use super::rejected::Rejected;
use crate::model::entry::Proof;
use crate::model::proof::{Likeness, Remark};

/// The algorithm by which likenesses are made: shrunk to fit 128 × 128, turned upright, in greys, and of its 8 × 8 lowest
/// frequencies (DCT of 16 × 16) which are above their median. Another way of making them needs another name.
const ALGORITHM: &str = "phash-8x8";

/// The side of the square into which a photograph is shrunk first.
const SHRUNK: u32 = 128;

/// The fewest shades of grey, of 256, between the darkest and the lightest place of a picture that can be told from others.
const CONTRAST: u8 = 16;

/// The most pixels on a side.
const MOST_SIDE: u32 = 32_768;

/// The longer side of a photograph made small, in pixels, and the quality of its JPEG, of 100: some 6 kB.
const THUMBNAIL: u32 = 192;
const QUALITY: u8 = 70;

/// What was found out about a photograph.
#[derive(Debug, Default)]
pub(super) struct Looked {
    pub notes: Notes,
    pub likeness: Option<Likeness>,
    pub remark: Option<Remark>,
}

impl Looked {
    /// What the journal says of the same content, where it was looked at before.
    pub(super) fn before(proof: Proof) -> Option<Self> {
        let Proof::File {
            likeness: Some(likeness),
            taken,
            place,
            ..
        } = proof
        else {
            return None;
        };
        let notes = Notes {
            taken,
            place,
            turn: None,
        };
        (likeness.algorithm == ALGORITHM).then_some(Self {
            notes,
            likeness: Some(likeness),
            remark: None,
        })
    }
}

/// Looks at a photograph of that media type.
///
/// # Errors
/// [`Rejected::CutShort`] and [`Rejected::Broken`].
pub(super) fn look(bytes: &[u8], media: &'static str) -> Result<Looked, Rejected> {
    let (format, room) = match media {
        "image/jpeg" => (ImageFormat::Jpeg, walk(bytes)?),
        "image/png" => (ImageFormat::Png, 1),
        _ => {
            return Ok(Looked {
                notes: camera::notes(bytes),
                likeness: None,
                remark: Some(Remark::Uncompared { media }),
            });
        }
    };
    let notes = camera::notes(bytes);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits());
    let decoder = match reader.into_decoder() {
        Ok(decoder) => decoder,
        Err(ImageError::Limits(_)) => return Ok(too_large(notes, dimensions(bytes, format))),
        Err(error) => return Err(broken(&error)),
    };
    let (width, height) = decoder.dimensions();
    if decoder.total_bytes().saturating_mul(room) > MOST_DECODED {
        return Ok(too_large(notes, (width, height)));
    }
    let image = match DynamicImage::from_decoder(decoder) {
        Ok(image) => image,
        Err(ImageError::Limits(_)) => return Ok(too_large(notes, (width, height))),
        Err(error) => return Err(broken(&error)),
    };
    let likeness = likeness(&image, &notes);
    Ok(Looked {
        notes,
        likeness,
        remark: None,
    })
}

/// A photograph made small and turned upright, as a JPEG; nothing of what is no photograph or too large.
pub(super) fn thumbnail(bytes: &[u8]) -> Option<Vec<u8>> {
    let format = image::guess_format(bytes).ok()?;
    let room = match format {
        ImageFormat::Jpeg => walk(bytes).ok()?,
        ImageFormat::Png => 1,
        _ => return None,
    };
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits());
    let decoder = reader.into_decoder().ok()?;
    if decoder.total_bytes().saturating_mul(room) > MOST_DECODED {
        return None;
    }
    let mut small = DynamicImage::from_decoder(decoder).ok()?;
    if small.width().max(small.height()) > THUMBNAIL {
        small = small.thumbnail(THUMBNAIL, THUMBNAIL);
    }
    if let Some(turn) = camera::notes(bytes).turn {
        small.apply_orientation(turn);
    }
    let mut out = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut out, QUALITY);
    small.into_rgb8().write_with_encoder(encoder).ok()?;
    Some(out)
}

fn limits() -> Limits {
    let mut limits = Limits::default();
    limits.max_image_width = Some(MOST_SIDE);
    limits.max_image_height = Some(MOST_SIDE);
    limits.max_alloc = Some(MOST_DECODED);
    limits
}

/// How a picture looks; nothing can be said of one of a single shade.
fn likeness(image: &DynamicImage, notes: &Notes) -> Option<Likeness> {
    let mut small = if image.width().max(image.height()) > SHRUNK {
        image.thumbnail(SHRUNK, SHRUNK)
    } else {
        image.clone()
    };
    if let Some(turn) = notes.turn {
        small.apply_orientation(turn);
    }
    let hasher = HasherConfig::new()
        .hash_size(8, 8)
        .hash_alg(HashAlg::Median)
        .preproc_dct()
        .to_hasher();
    let greys = small.into_luma8();
    let (darkest, lightest) = (greys.iter().min()?, greys.iter().max()?);
    if lightest - darkest < CONTRAST {
        return None;
    }
    let bits = hasher.hash_image(&greys);
    Some(Likeness {
        algorithm: ALGORITHM.to_string(),
        hash: bits
            .as_bytes()
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect(),
    })
}

fn too_large(notes: Notes, (width, height): (u32, u32)) -> Looked {
    let millions = (u64::from(width) * u64::from(height)).div_ceil(1_000_000);
    Looked {
        notes,
        likeness: None,
        remark: Some(Remark::TooManyPixels { millions }),
    }
}

/// What the header says, without decoding.
fn dimensions(bytes: &[u8], format: ImageFormat) -> (u32, u32) {
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.no_limits();
    reader.into_dimensions().unwrap_or_default()
}

fn broken(error: &ImageError) -> Rejected {
    match error {
        ImageError::IoError(cause) if cause.kind() == std::io::ErrorKind::UnexpectedEof => {
            Rejected::CutShort
        }
        other => Rejected::Broken(other.to_string()),
    }
}

/// Walks over the segments of a JPEG to its end, because decoders fill up with grey what is missing. Gives how many times
/// the room of its pixels decoding takes: a progressive one is gathered whole before it is drawn.
fn walk(bytes: &[u8]) -> Result<u64, Rejected> {
    let mut room = 1;
    let mut rest = bytes.get(2..).unwrap_or_default();
    loop {
        // In a scan anything may stand; a marker is an 0xff before what is neither zero nor a restart.
        let at = rest
            .windows(2)
            .position(|pair| pair[0] == 0xff && !matches!(pair[1], 0 | 0xff | 0xd0..=0xd7));
        let Some(at) = at else {
            return Err(Rejected::CutShort);
        };
        let marker = rest[at + 1];
        rest = &rest[at + 2..];
        match marker {
            0xd9 => return Ok(room),
            0xc2 | 0xc6 | 0xca | 0xce => room = 3,
            0x01 | 0xd8 => continue,
            _ => {}
        }
        let length = match rest {
            [high, low, ..] => usize::from(u16::from_be_bytes([*high, *low])),
            _ => return Err(Rejected::CutShort),
        };
        rest = rest.get(length.max(2)..).ok_or(Rejected::CutShort)?;
    }
}
