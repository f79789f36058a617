//! Proof as it is shown: what was recorded of each piece, and whether its content is at hand.

use serde::Serialize;

use super::mask;
use crate::document::{Text, Tone};
use crate::model::day::Day;
use crate::model::entry::Proof;
use crate::model::proof::{Likeness, Spot, Whereabouts};
use crate::words::{Words, args};

/// One piece of proof.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct ProofRow {
    /// `file`, `link`, or `named` for a file that nobody has taken in.
    pub kind: &'static str,
    /// The file's name, without folders; the link; or what was named.
    pub name: String,
    /// The file's size in bytes.
    pub size: Option<u64>,
    /// Its media type.
    pub media: Option<String>,
    /// The day on which a photograph was taken, as the camera says.
    pub taken: Option<Day>,
    /// Where it was taken, as the camera says, in degrees.
    pub place: Option<Spot>,
    /// How it looks.
    pub likeness: Option<Likeness>,
    /// The BLAKE3 hash of the file's content, in hexadecimal.
    pub blake3: Option<String>,
    /// Whether the content is at hand.
    pub state: Option<Whereabouts>,
    /// Where it is, if it is at hand as it was recorded.
    pub path: Option<String>,
}

impl ProofRow {
    /// The row of a piece of proof, with the place of its content and whether it is there, for a file.
    pub(crate) fn new(proof: &Proof, found: Option<(String, Whereabouts)>) -> Self {
        let row = |kind, name: &str| Self {
            kind,
            name: mask::text(name),
            size: None,
            media: None,
            taken: None,
            place: None,
            likeness: None,
            blake3: None,
            state: None,
            path: None,
        };
        match proof {
            Proof::Link(link) => Self {
                name: link.clone(),
                ..row("link", "")
            },
            Proof::Named(name) => row("named", name),
            Proof::File {
                name,
                size,
                blake3,
                media,
                likeness,
                taken,
                place,
            } => {
                let (path, state) = found.unzip();
                Self {
                    size: Some(*size),
                    media: media.clone(),
                    taken: *taken,
                    place: *place,
                    likeness: likeness.clone(),
                    blake3: Some(blake3.clone()),
                    state: Some(state.unwrap_or(Whereabouts::Absent)),
                    path: path.filter(|_| state == Some(Whereabouts::Present)),
                    ..row("file", without_folders(name))
                }
            }
        }
    }

    /// The piece in one line.
    pub(crate) fn told(&self, words: &Words) -> Text {
        if self.kind == "named" {
            return words
                .say("show-proof-named", &args!(name = self.name.as_str()))
                .into();
        }
        let mut parts = vec![self.name.clone()];
        if let Some(size) = self.size {
            parts.push(words.say("evidence-size", &args!(size = size.to_string())));
        }
        parts.extend(self.media.clone());
        if let Some(taken) = self.taken {
            parts.push(words.say("evidence-day", &args!(day = taken.to_string())));
        }
        if let Some(place) = self.place {
            parts.push(words.say("evidence-place", &args!(place = place.to_string())));
        }
        if let Some(Likeness { algorithm, hash }) = &self.likeness {
            parts.push(words.say(
                "evidence-likeness",
                &args!(algorithm = algorithm.as_str(), hash = hash.as_str()),
            ));
        }
        let mut text = Text::from(parts.join("  "));
        if let Some(state) = self.state {
            let (id, tone) = match state {
                Whereabouts::Present => ("evidence-present", Tone::Plain),
                Whereabouts::Absent => ("evidence-absent", Tone::Dim),
                Whereabouts::Altered => ("evidence-altered", Tone::Notice),
                Whereabouts::Unreadable => ("evidence-unreadable-here", Tone::Notice),
            };
            text.push("  ", Tone::Plain);
            text.push(words.text(id), tone);
        }
        text
    }
}

/// The last part of a name that a journal may have brought with folders, of whatever system.
fn without_folders(name: &str) -> &str {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    match last {
        "" | "." | ".." => "?",
        last => last,
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_name_is_never_a_path() {
        #[track_caller]
        fn case(name: &str, shown: &str) {
            assert_eq!(super::without_folders(name), shown);
        }
        case("照片.jpg", "照片.jpg");
        case("../../etc/passwd", "passwd");
        case("C:\\Users\\a.jpg", "a.jpg");
        case("..", "?");
        case("a/", "?");
        case("", "?");
    }
}
