//! Every kind of bad file, and what is kept of good ones.

use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};

use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use tempfile::TempDir;

use super::*;
use crate::model::entry::Proof;
use crate::model::proof::{Likeness, Remark, Whereabouts};

struct Desk {
    folder: TempDir,
}

impl Desk {
    fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        fs::write(self.path(name), content).unwrap();
        self.path(name)
    }

    fn kept(&self) -> Folder {
        Folder::new(self.path("kept"))
    }

    fn take(&self, path: &Path) -> Result<Taken, Rejected> {
        let mut folder = self.kept();
        let taken = folder.keep(Incoming::open(path)?, |_| None)?;
        folder.settle()?;
        Ok(taken)
    }

    #[track_caller]
    fn refuses(&self, path: &Path, expected: &str) {
        let unfit = self.take(path).unwrap_err();
        assert!(format!("{unfit:?}").contains(expected), "{unfit:?}");
        assert_eq!(files(&self.path("kept")), Vec::<PathBuf>::new());
    }
}

/// The files below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for entry in entries {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found
}

/// A picture in which every place looks otherwise; `light` brightens it.
fn picture(width: u32, height: u32, light: u32) -> DynamicImage {
    let pixel = |x: u32, y: u32| {
        let (x, y) = (x * 64 / width, y * 64 / height);
        let tone = (x * x / 20 + y * 3 + (x / 9) * (y / 7) * 5) % 200 + light;
        Rgb([
            tone.min(255) as u8,
            (tone / 2) as u8,
            (255 - tone.min(255)) as u8,
        ])
    };
    RgbImage::from_fn(width, height, pixel).into()
}

fn encoded(image: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    image.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

fn jpeg() -> Vec<u8> {
    encoded(&picture(320, 240, 0), ImageFormat::Jpeg)
}

/// One EXIF field: its tag, its kind, how many, and its value or the place of it.
struct Field(u16, u16, u32, [u8; 4]);

/// A JPEG with those EXIF fields, those of the place, and what both point to; that begins at byte 200.
fn with_exif(jpeg: &[u8], main: &[Field], place: &[Field], values: &[u8]) -> Vec<u8> {
    let mut tiff = b"MM\0*\0\0\0\x08".to_vec();
    let mut table = |at: usize, fields: &[Field]| {
        tiff.resize(at, 0);
        tiff.extend((fields.len() as u16).to_be_bytes());
        for Field(tag, kind, count, value) in fields {
            tiff.extend(tag.to_be_bytes());
            tiff.extend(kind.to_be_bytes());
            tiff.extend(count.to_be_bytes());
            tiff.extend(value);
        }
        tiff.extend([0; 4]);
    };
    let pointer = |at: u32| at.to_be_bytes();
    table(
        8,
        &[
            Field(0x0112, 3, 1, [0, 1, 0, 0]),
            Field(0x8769, 4, 1, pointer(60)),
            Field(0x8825, 4, 1, pointer(100)),
        ],
    );
    table(60, main);
    table(100, place);
    tiff.resize(200, 0);
    tiff.extend(values);
    let mut bytes = jpeg[..2].to_vec();
    bytes.extend([0xff, 0xe1]);
    bytes.extend((tiff.len() as u16 + 8).to_be_bytes());
    bytes.extend(b"Exif\0\0");
    bytes.extend(tiff);
    bytes.extend(&jpeg[2..]);
    bytes
}

fn rationals(parts: [(u32, u32); 3]) -> Vec<u8> {
    let numbers = parts.into_iter().flat_map(|(above, below)| [above, below]);
    numbers.flat_map(u32::to_be_bytes).collect()
}

/// A JPEG taken at that moment and place.
fn shot(moment: &str, latitude: [(u32, u32); 3], south: bool) -> Vec<u8> {
    let mut values = format!("{moment}\0").into_bytes();
    let at = 200 + values.len() as u32;
    values.extend(rationals(latitude));
    values.extend(rationals([(106, 1), (42, 1), (1234, 100)]));
    let side = if south { *b"S\0\0\0" } else { *b"N\0\0\0" };
    with_exif(
        &jpeg(),
        &[Field(
            0x9003,
            2,
            moment.len() as u32 + 1,
            200_u32.to_be_bytes(),
        )],
        &[
            Field(1, 2, 2, side),
            Field(2, 5, 3, at.to_be_bytes()),
            Field(3, 2, 2, *b"E\0\0\0"),
            Field(4, 5, 3, (at + 24).to_be_bytes()),
        ],
        &values,
    )
}

#[track_caller]
fn noted(bytes: &[u8]) -> (Option<String>, Option<String>) {
    let notes = camera::notes(bytes);
    (
        notes.taken.map(|day| day.to_string()),
        notes.place.map(|place| place.to_string()),
    )
}

#[test]
fn a_photograph_is_kept_by_its_content_with_what_it_tells() {
    let desk = Desk::new();
    let bytes = shot("2020:06:28 09:30:00", [(31, 1), (48, 1), (0, 1)], false);
    let taken = desk.take(&desk.write("横幅.JPG", &bytes)).unwrap();
    assert_eq!(taken.remarks, []);
    let Proof::File {
        name,
        size,
        blake3,
        media,
        likeness: Some(Likeness { algorithm, hash }),
        taken: Some(day),
        place: Some(place),
    } = &taken.proof
    else {
        panic!("{taken:?}");
    };
    assert_eq!((name.as_str(), *size), ("横幅.JPG", bytes.len() as u64));
    assert_eq!(media.as_deref(), Some("image/jpeg"));
    assert_eq!(day.to_string(), "2020-06-28");
    assert_eq!(place.to_string(), "31.800000,106.703427");
    assert_eq!((algorithm.as_str(), hash.len()), ("phash-8x8", 16));
    let (path, whereabouts) = desk.kept().find(&taken.proof).unwrap();
    assert_eq!(whereabouts, Whereabouts::Present);
    assert_eq!(
        path,
        desk.path(&format!("kept/{}/{blake3}.jpg", &blake3[..2]))
    );
    assert_eq!(fs::read(&path).unwrap(), bytes);
    // Once more under another name: nothing to do, and nothing left beside.
    let folder = desk.kept();
    let again = desk.write("again.jpg", &bytes);
    let known = taken.proof.clone();
    let again = folder.keep(Incoming::open(&again).unwrap(), |found| {
        assert_eq!(found, blake3);
        Some(known)
    });
    let Proof::File { name, likeness, .. } = again.unwrap().proof else {
        panic!("no file");
    };
    assert_eq!(name, "again.jpg");
    assert!(likeness.is_some(), "taken over from what was recorded");
    assert_eq!(files(&desk.path("kept")), [path]);
}

#[test]
fn what_a_killed_process_left_half_written_is_gone_a_day_later() {
    let desk = Desk::new();
    desk.take(&desk.write("a.txt", b"proof")).unwrap();
    let folder = desk.path("kept");
    let old = |name: &str, hours: u64| {
        let file = fs::File::create(folder.join(name)).unwrap();
        let now = file.metadata().unwrap().modified().unwrap();
        let then = now - std::time::Duration::from_secs(hours * 3600);
        file.set_modified(then).unwrap();
    };
    old(".duban-left", 25);
    old(".duban-of-now", 1);
    old("of-somebody-else", 25);
    desk.take(&desk.write("b.txt", b"more proof")).unwrap();
    let there = |name: &str| folder.join(name).exists();
    assert!(!there(".duban-left"));
    assert!(there(".duban-of-now") && there("of-somebody-else"));
}

#[test]
fn look_alikes_are_near_and_others_are_far() {
    let desk = Desk::new();
    let likeness = |name: &str, bytes: Vec<u8>| match desk.take(&desk.write(name, bytes)).unwrap() {
        Taken {
            proof:
                Proof::File {
                    likeness: Some(likeness),
                    ..
                },
            ..
        } => likeness,
        other => panic!("{other:?}"),
    };
    let one = likeness("a.jpg", jpeg());
    let far = |other: &Likeness| one.distance(other).unwrap();
    let smaller = encoded(&picture(200, 150, 0), ImageFormat::Jpeg);
    assert!(far(&likeness("b.jpg", smaller)) <= 2);
    let brighter = encoded(&picture(320, 240, 20), ImageFormat::Png);
    assert!(far(&likeness("c.png", brighter)) <= 4);
    let turned = encoded(&picture(320, 240, 0).rotate180(), ImageFormat::Jpeg);
    assert!(far(&likeness("d.jpg", turned.clone())) >= 12);
    // The same, with the note that it lies upside down.
    let upright = with_exif(&turned, &[], &[], &[]);
    let at = upright
        .windows(8)
        .position(|it| it == [1, 0x12, 0, 3, 0, 0, 0, 1]);
    let mut upright = upright.clone();
    upright[at.unwrap() + 9] = 3;
    assert!(far(&likeness("e.jpg", upright)) <= 2);
}

#[test]
fn a_picture_of_one_shade_is_like_no_other() {
    let desk = Desk::new();
    for (name, shade) in [("white.png", 255), ("black.png", 0), ("grey.png", 128)] {
        let flat = DynamicImage::from(image::GrayImage::from_pixel(64, 64, image::Luma([shade])));
        let taken = desk.take(&desk.write(name, encoded(&flat, ImageFormat::Png)));
        let proof = taken.unwrap().proof;
        assert!(
            matches!(proof, Proof::File { likeness: None, .. }),
            "{proof:?}"
        );
    }
}

#[test]
fn what_the_camera_notes_is_taken_only_where_it_makes_sense() {
    let place = [(31, 1), (48, 1), (36, 10)];
    let some = |day: &str, place: &str| (Some(day.to_string()), Some(place.to_string()));
    assert_eq!(
        noted(&shot("2020:06:28 23:59:59", place, true)),
        some("2020-06-28", "-31.801000,106.703427")
    );
    for moment in [
        "0000:00:00 00:00:00",
        "2020:02:30 10:00:00",
        "2020-06-28",
        "    :  :     :  :  ",
    ] {
        assert_eq!(noted(&shot(moment, place, false)).0, None, "{moment}");
    }
    for place in [
        [(31, 0), (48, 1), (0, 1)],
        [(91, 1), (0, 1), (0, 1)],
        [(u32::MAX, 1); 3],
    ] {
        assert_eq!(noted(&shot("2020:06:28 09:30:00", place, false)).1, None);
    }
    assert_eq!(noted(&jpeg()), (None, None));
    // What some programs write leads nowhere after the last field, which spoils no other.
    let mut loose = shot("2020:06:28 23:59:59", [(31, 1), (48, 1), (36, 10)], true);
    let next = 2 + 2 + 2 + 6 + 60 + 2 + 12;
    assert_eq!(loose[next..next + 4], [0; 4]);
    loose[next..next + 4].fill(0xff);
    assert_eq!(noted(&loose), some("2020-06-28", "-31.801000,106.703427"));
    let mut bytes = shot("2020:06:28 09:30:00", place, false);
    for at in 20..bytes.len().min(400) {
        bytes[at] ^= 0x5a;
        camera::notes(&bytes);
    }
}

#[test]
fn what_is_no_file_is_refused_without_waiting() {
    let desk = Desk::new();
    fs::create_dir(desk.path("photos.jpg")).unwrap();
    desk.refuses(&desk.path("photos.jpg"), "Folder");
    desk.refuses(Path::new("/dev/null"), "Device");
    let _socket = std::os::unix::net::UnixListener::bind(desk.path("socket")).unwrap();
    desk.refuses(&desk.path("socket"), "Socket");
    let made = std::process::Command::new("mkfifo")
        .arg(desk.path("pipe"))
        .status();
    assert!(made.unwrap().success());
    desk.refuses(&desk.path("pipe"), "Pipe");
    desk.refuses(&desk.path("nowhere.jpg"), "NotFound");
    std::os::unix::fs::symlink("nowhere.jpg", desk.path("dangling")).unwrap();
    desk.refuses(&desk.path("dangling"), "NotFound");
    std::os::unix::fs::symlink("loop", desk.path("loop")).unwrap();
    desk.refuses(&desk.path("loop"), "Unreadable");
}

#[test]
fn a_file_is_no_evidence_folder() {
    let desk = Desk::new();
    desk.write("kept", "a file");
    let unfit = desk.take(&desk.write("a.txt", "proof")).unwrap_err();
    let Rejected::Unwritable { cause, .. } = unfit else {
        panic!("{unfit:?}");
    };
    assert_eq!(cause.kind(), std::io::ErrorKind::NotADirectory);
}

#[test]
fn a_link_in_a_folder_is_followed_and_keeps_its_own_name() {
    let desk = Desk::new();
    desk.write("a.txt", "proof");
    std::os::unix::fs::symlink("a.txt", desk.path("b.txt")).unwrap();
    let taken = desk.take(&desk.path("b.txt")).unwrap();
    assert!(matches!(taken.proof, Proof::File { name, size: 5, .. } if name == "b.txt"));
}

#[test]
fn what_is_not_what_its_ending_says_or_not_whole_is_refused() {
    let desk = Desk::new();
    let png = encoded(&picture(64, 48, 0), ImageFormat::Png);
    desk.refuses(&desk.write("a.jpg", &png), "Some(\"image/png\")");
    desk.refuses(&desk.write("b.jpg", "not a picture"), "media: None");
    desk.refuses(&desk.write("c.jpg", ""), "Empty");
    let jpeg = jpeg();
    for length in [4, 30, 200, jpeg.len() / 2, jpeg.len() - 2] {
        desk.refuses(&desk.write("d.jpg", &jpeg[..length]), "CutShort");
    }
    for length in [60, png.len() / 2, png.len() - 20] {
        let unfit = desk.take(&desk.write("e.png", &png[..length])).unwrap_err();
        assert!(
            matches!(unfit, Rejected::CutShort | Rejected::Broken(_)),
            "{unfit:?}"
        );
    }
    let mut broken = png.clone();
    broken[60] ^= 0xff;
    desk.refuses(&desk.write("f.png", &broken), "Broken");
    // What phones put behind a photograph does no harm.
    let mut moving = jpeg;
    moving.extend(b"....ftypmp42 a short film");
    desk.take(&desk.write("g.jpg", moving)).unwrap();
}

#[test]
fn what_is_large_is_kept_and_not_decoded_or_refused_by_name() {
    let desk = Desk::new();
    // A PNG whose header promises 30,000 × 30,000 pixels.
    let mut png = encoded(&DynamicImage::new_luma8(8, 8), ImageFormat::Png);
    png[16..24].copy_from_slice(&[0, 0, 0x75, 0x30, 0, 0, 0x75, 0x30]);
    let sum = checksum(&png[12..29]);
    png[29..33].copy_from_slice(&sum.to_be_bytes());
    let taken = desk.take(&desk.write("bomb.png", png)).unwrap();
    assert_eq!(taken.remarks, [Remark::TooManyPixels { millions: 900 }]);
    let film = fs::File::create(desk.path("film.bin")).unwrap();
    film.set_len(MOST_BYTES + 1).unwrap();
    let kept = files(&desk.path("kept")).len();
    let unfit = desk.take(&desk.path("film.bin")).unwrap_err();
    assert!(matches!(unfit, Rejected::TooLarge { size } if size == MOST_BYTES + 1));
    assert_eq!(files(&desk.path("kept")).len(), kept);
    let webp = b"RIFF\x04\0\0\0WEBPVP8 ";
    let taken = desk.take(&desk.write("a.webp", webp)).unwrap();
    assert_eq!(
        taken.remarks,
        [Remark::Uncompared {
            media: "image/webp"
        }]
    );
}

/// The checksum of a PNG's chunk.
fn checksum(bytes: &[u8]) -> u32 {
    let step = |sum: u32, byte: &u8| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| {
            (sum >> 1) ^ (0xedb8_8320 & (sum & 1).wrapping_neg())
        })
    };
    !bytes.iter().fold(!0, step)
}

#[test]
fn documents_are_kept_without_being_looked_at() {
    let desk = Desk::new();
    let taken = desk.take(&desk.write("通知.pdf", "%PDF-1.7 ...")).unwrap();
    let Proof::File {
        media, likeness, ..
    } = &taken.proof
    else {
        panic!("no file");
    };
    assert_eq!(
        (media.as_deref(), likeness),
        (Some("application/pdf"), &None)
    );
    let (path, whereabouts) = desk.kept().find(&taken.proof).unwrap();
    assert_eq!(whereabouts, Whereabouts::Present);
    assert_eq!(path.extension().unwrap(), "pdf");
    desk.take(&desk.write("again.pdf", "%PDF-1.7 ...")).unwrap();
    assert_eq!(files(&desk.path("kept")), [path]);
    let taken = desk.take(&desk.write("no ending", "words")).unwrap();
    assert!(matches!(taken.proof, Proof::File { media: None, .. }));
}

#[test]
fn absent_is_not_altered_and_what_was_altered_is_put_right() {
    let desk = Desk::new();
    let photograph = desk.write("a.jpg", jpeg());
    let taken = desk.take(&photograph).unwrap();
    let state = || desk.kept().find(&taken.proof).unwrap();
    let (path, _) = state();
    let spoil = |content: &[u8]| {
        fs::remove_file(&path).unwrap();
        fs::write(&path, content).unwrap();
    };
    spoil(b"short");
    assert_eq!(state().1, Whereabouts::Altered);
    let mut other = jpeg();
    other[300] ^= 1;
    spoil(&other);
    assert_eq!(state().1, Whereabouts::Altered, "of the same size");
    let again = desk.take(&photograph).unwrap();
    assert_eq!(again.remarks, [Remark::Restored]);
    assert_eq!(again.proof, taken.proof);
    assert_eq!(state().1, Whereabouts::Present);
    fs::remove_file(&path).unwrap();
    fs::create_dir(&path).unwrap();
    assert_eq!(state().1, Whereabouts::Altered);
    assert!(matches!(
        desk.take(&photograph),
        Err(Rejected::Unwritable { .. })
    ));
    fs::remove_dir(&path).unwrap();
    assert_eq!(state().1, Whereabouts::Absent);
    fs::remove_dir_all(desk.path("kept")).unwrap();
    assert_eq!(state().1, Whereabouts::Absent);
}

#[test]
fn what_a_journal_says_is_never_a_path() {
    let desk = Desk::new();
    desk.write("secret", "secret");
    fs::create_dir(desk.path("kept")).unwrap();
    let proof = |name: &str, blake3: &str, media: Option<&str>| Proof::File {
        name: name.into(),
        size: 6,
        blake3: blake3.into(),
        media: media.map(Into::into),
        likeness: None,
        taken: None,
        place: None,
    };
    for hash in [
        "../secret",
        "",
        "ab",
        &"G".repeat(64),
        &"/".repeat(64),
        &"é".repeat(32),
    ] {
        assert_eq!(desk.kept().find(&proof("a", hash, None)), None, "{hash}");
    }
    let hash = "a".repeat(64);
    for (name, media) in [
        ("../../secret", None),
        ("x./../../secret", None),
        ("x.\0", None),
        ("a.jpg", Some("../secret")),
    ] {
        let (path, whereabouts) = desk.kept().find(&proof(name, &hash, media)).unwrap();
        assert_eq!(whereabouts, Whereabouts::Absent);
        assert_eq!(path.parent(), Some(desk.path("kept/aa").as_path()));
        assert!(
            path.file_name()
                .unwrap()
                .to_str()
                .unwrap()
                .starts_with(&hash)
        );
    }
}

#[test]
fn a_folder_that_cannot_be_made_or_written_is_said() {
    let desk = Desk::new();
    let photograph = desk.write("a.jpg", jpeg());
    desk.write("kept", "a file where the folder should be");
    assert!(
        matches!(desk.take(&photograph), Err(Rejected::Unwritable { path, .. }) if path == desk.path("kept"))
    );
    let folder = Folder::new(desk.path("no/such/place"));
    let kept = folder.keep(Incoming::open(&photograph).unwrap(), |_| None);
    assert!(matches!(kept, Err(Rejected::Unwritable { .. })));
}
