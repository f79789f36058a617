//! What people and disks may hand over instead of what was meant: for everything that reads bytes a target that takes valid input, spoils
//! it in a few places, and demands that reading never panics, and that what is accepted means the same when it is written and read again.
//!
//! `cargo test` tries a few spoiled inputs of each target, always the same ones, and all in `tests/fixtures/fuzz`: inputs that
//! once failed, by target. `benches/fuzz.sh` runs the same targets for an hour, with other seeds each time.

use std::fs::{self, File};
use std::io::{BufReader, Cursor, Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::{Config, RngSeed, TestError, TestRunner};

mod targets;

/// So many spoiled inputs are tried by each target where nobody says for how long.
const CASES: u32 = 60;

/// What takes longer is left as well, and so many of them in a row fail.
const SLOW: Duration = Duration::from_secs(5);

/// Something that reads bytes.
struct Target {
    /// Also the folder of its inputs that once failed.
    name: &'static str,
    /// Valid inputs to begin with.
    seeds: Vec<Vec<u8>>,
    /// What may be put anywhere, between `¦`: what the form has a meaning for, and values at the edge of it.
    words: &'static str,
    /// Whether seeds are zip files, whose parts are spoiled before they are packed again.
    zipped: bool,
    /// Reads it; panics where a law does not hold.
    judge: fn(&[u8]),
}

/// A change of some bytes. What is chosen by index is smaller the nearer it is to the start.
#[derive(Clone, Debug)]
enum Edit {
    /// One bit.
    Flip { at: Index, bit: u8 },
    /// One of the target's words instead of so many bytes.
    Word { at: Index, which: Index, over: u8 },
    /// Another number instead of one that stands there.
    Number { which: Index, with: Index },
    /// So many bytes taken out.
    Cut { at: Index, length: u16 },
    /// So many bytes once more, so many times.
    Again { at: Index, length: u8, times: u8 },
    /// A line, or what the form has between its separators, at another place.
    Move { from: Index, to: Index },
    /// Part of another seed.
    Borrow {
        at: Index,
        seed: Index,
        from: Index,
        length: u8,
    },
    /// Nothing from there on.
    End { at: Index },
}

const NUMBERS: [&str; 22] = [
    "",
    "0",
    "-1",
    "1",
    "00",
    "13",
    "31",
    "32",
    "99",
    "100",
    "255",
    "256",
    "9999",
    "65536",
    "4294967296",
    "2147483648",
    "-9223372036854775808",
    "9223372036854775807",
    "18446744073709551615",
    "1e308",
    "0.0005",
    "12345678901234567890123456789",
];

fn edit() -> impl Strategy<Value = Edit> {
    let index = any::<Index>;
    prop_oneof![
        3 => (index(), 0..8u8).prop_map(|(at, bit)| Edit::Flip { at, bit }),
        6 => (index(), index(), prop_oneof![Just(0), 0..12u8]).prop_map(|(at, which, over)| Edit::Word { at, which, over }),
        5 => (index(), index()).prop_map(|(which, with)| Edit::Number { which, with }),
        3 => (index(), prop_oneof![1..12u16, any::<u16>()]).prop_map(|(at, length)| Edit::Cut { at, length }),
        2 => (index(), any::<u8>(), 1..40u8).prop_map(|(at, length, times)| Edit::Again { at, length, times }),
        3 => (index(), index()).prop_map(|(from, to)| Edit::Move { from, to }),
        3 => (index(), index(), index(), any::<u8>()).prop_map(|(at, seed, from, length)| Edit::Borrow { at, seed, from, length }),
        1 => index().prop_map(|at| Edit::End { at }),
    ]
}

/// A seed, which part of it where it is a zip file, and what is changed in it.
type Spoiled = (Index, Index, Vec<Edit>);

impl Edit {
    fn apply(&self, bytes: &mut Vec<u8>, target: &Target) {
        let whole = bytes.len();
        // Also behind the last byte.
        let place = |at: &Index| at.index(whole + 1);
        let upto = |at: usize, length: usize| at..(at + length).min(whole);
        match self {
            Self::Flip { at, bit } => {
                let at = place(at);
                if let Some(byte) = bytes.get_mut(at) {
                    *byte ^= 1 << bit;
                }
            }
            Self::Word { at, which, over } => {
                let words: Vec<&str> = target.words.split('¦').collect();
                let word = which.get(&words);
                bytes.splice(upto(place(at), (*over).into()), word.bytes());
            }
            Self::Number { which, with } => {
                let starts: Vec<usize> = (0..bytes.len())
                    .filter(|at| {
                        bytes[*at].is_ascii_digit() && (*at == 0 || !bytes[at - 1].is_ascii_digit())
                    })
                    .collect();
                if !starts.is_empty() {
                    let start = *which.get(&starts);
                    let length = bytes[start..]
                        .iter()
                        .take_while(|byte| byte.is_ascii_digit())
                        .count();
                    bytes.splice(start..start + length, with.get(&NUMBERS).bytes());
                }
            }
            Self::Cut { at, length } => drop(bytes.drain(upto(place(at), (*length).into()))),
            Self::Again { at, length, times } => {
                let range = upto(place(at), (*length).into());
                let more = bytes[range.clone()].repeat((*times).into());
                bytes.splice(range.start..range.start, more);
            }
            Self::Move { from, to } => {
                let ends: Vec<usize> = (0..bytes.len())
                    .filter(|at| b"\n,<".contains(&bytes[*at]))
                    .collect();
                if ends.len() > 1 {
                    let at = from.index(ends.len() - 1);
                    let piece: Vec<u8> = bytes.drain(ends[at]..ends[at + 1]).collect();
                    let to = to.index(bytes.len() + 1);
                    bytes.splice(to..to, piece);
                }
            }
            Self::Borrow {
                at,
                seed,
                from,
                length,
            } => {
                let other = seed.get(&target.seeds);
                let from = from.index(other.len() + 1);
                let piece = &other[from..other.len().min(from + usize::from(*length))];
                let at = place(at);
                bytes.splice(at..at, piece.iter().copied());
            }
            Self::End { at } => bytes.truncate(at.index(bytes.len() + 1)),
        }
    }
}

impl Target {
    fn spoil(&self, (seed, part, edits): &Spoiled) -> Vec<u8> {
        let seed = seed.get(&self.seeds);
        let spoiled = |mut bytes: Vec<u8>| {
            edits.iter().for_each(|edit| edit.apply(&mut bytes, self));
            bytes
        };
        if !self.zipped {
            return spoiled(seed.clone());
        }
        let mut parts = unpacked(seed);
        let which = part.index(parts.len());
        parts[which].1 = spoiled(std::mem::take(&mut parts[which].1));
        packed(&parts)
    }

    /// Judges a spoiled input. Whatever ends the process, the input is left where it can be found.
    fn try_one(&self, bytes: &[u8], mut kept: Option<&File>) {
        if let Some(kept) = &mut kept {
            // To empty the file first would make some file systems sync it.
            kept.rewind().unwrap();
            kept.write_all(bytes).unwrap();
            kept.set_len(bytes.len() as u64).unwrap();
        }
        let began = Instant::now();
        (self.judge)(bytes);
        if kept.is_some() && began.elapsed() > SLOW {
            self.leave("slow-", bytes);
        }
    }

    /// Leaves an input where it can be found.
    fn leave(&self, mark: &str, bytes: &[u8]) -> PathBuf {
        let name = format!(
            "{}-{mark}{}",
            self.name,
            &blake3::hash(bytes).to_hex()[..12]
        );
        let path = root("target/fuzz").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        path
    }

    /// Tries what once failed, then what chance gives: a few, or as long as `DUBAN_FUZZ_SECONDS` says.
    #[expect(
        clippy::print_stderr,
        clippy::disallowed_methods,
        reason = "a run of an hour is told how long it may take, and tells how far it came"
    )]
    fn run(&self) {
        for seed in &self.seeds {
            (self.judge)(seed);
        }
        for file in fs::read_dir(root("tests/fixtures/fuzz").join(self.name))
            .into_iter()
            .flatten()
        {
            let path = file.unwrap().path();
            eprintln!("{}", path.display());
            (self.judge)(&fs::read(path).unwrap());
        }
        let seconds = std::env::var("DUBAN_FUZZ_SECONDS")
            .ok()
            .and_then(|text| text.parse().ok());
        let Some(limit) = seconds.map(Duration::from_secs) else {
            return self.by_chance(CASES, RngSeed::Fixed(20), None);
        };
        let folder = root("target/fuzz");
        fs::create_dir_all(&folder).unwrap();
        let kept = folder.join(format!("{}.running", self.name));
        let file = File::create(&kept).unwrap();
        let (began, mut tried) = (Instant::now(), 0);
        while began.elapsed() < limit {
            let before = Instant::now();
            self.by_chance(CASES, RngSeed::Random, Some(&file));
            tried += CASES;
            let took = before.elapsed() / CASES;
            assert!(
                took < SLOW,
                "{}: {took:?} for each of {CASES} inputs",
                self.name
            );
        }
        fs::remove_file(kept).unwrap();
        eprintln!("{}: {tried} inputs", self.name);
    }

    fn by_chance(&self, cases: u32, rng_seed: RngSeed, kept: Option<&File>) {
        let config = Config {
            cases,
            rng_seed,
            failure_persistence: None,
            max_shrink_iters: 2000,
            ..Config::default()
        };
        let spoiled = (
            any::<Index>(),
            any::<Index>(),
            prop::collection::vec(edit(), 1..6),
        );
        let found = TestRunner::new(config).run(&spoiled, |spoiled| {
            self.try_one(&self.spoil(&spoiled), kept);
            Ok(())
        });
        if let Err(TestError::Fail(why, spoiled)) = found {
            let path = self.leave("", &self.spoil(&spoiled));
            panic!("{}: {why}\nthe input is {}", self.name, path.display());
        }
    }
}

fn root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn unpacked(zip: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut zip = zip::ZipArchive::new(Cursor::new(zip)).unwrap();
    let count = zip.len();
    let part = |at| {
        let mut part = zip.by_index(at).unwrap();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).unwrap();
        (part.name().unwrap().into_owned(), bytes)
    };
    (0..count).map(part).collect()
}

fn packed(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(name, zip::write::SimpleFileOptions::default())
            .unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}
