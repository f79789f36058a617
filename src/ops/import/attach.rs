//! The files that the rows of a list name: taken in before the transaction begins, attached to their records inside it.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use super::{Imported, Line, Rows};
use crate::evidence::Rejected;
use crate::model::day::Day;
use crate::model::entry::Proof;
use crate::model::zone::Zone;
use crate::ops::intake::{Intake, Offered, refused, said};
use crate::ops::nearby_files::{Found, NearbyFiles};
use crate::query::{Error, Workspace};
use crate::source::day_text::Today;
use crate::source::problem::{Place, Problem};
use crate::source::records;

/// A file that a line names as proof, to be taken in.
pub(super) struct Attached {
    /// The line, by its place among the lines.
    pub(super) line: usize,
    /// The place among the line's pieces of proof.
    pub(super) piece: usize,
    pub(super) path: PathBuf,
    pub(super) place: Place,
}

impl Rows<'_> {
    /// Takes in the files that the list names, as far as they are found. Nothing of them stays unless the list is imported.
    pub(crate) fn intake(&self, evidence: &Path) -> Intake {
        let mut files = Vec::new();
        if may_name_files(&self.bytes, self.bytes.len() as u64) {
            let mut nearby = NearbyFiles::new(self.folder);
            // What is wrong with the list is said when it is judged; days bear on no file.
            let any_day = Today {
                day: Day::from_number(1),
                zone: Zone::UTC,
                issued: Day::from_number(1),
            };
            records::each(self.input(), any_day, &mut |row| {
                for proof in row.into_iter().flat_map(|row| &row.draft.evidence) {
                    if let Proof::Named(name) = proof
                        && let Found::File(path) = nearby.look(name)
                    {
                        files.push(Offered::File(path));
                    }
                }
            });
        }
        Intake::new(evidence, files)
    }
}

/// Whether a list that begins so and has so many bytes may name files, which are taken in before the transaction begins. One of
/// moderate length is read twice without anybody noticing; of a long one, the head has to promise files.
pub(crate) fn may_name_files(head: &[u8], size: u64) -> bool {
    let head = &head[..head.len().min(LIST_HEAD)];
    let head = String::from_utf8_lossy(head).to_lowercase();
    let promises = |name: &&str| head.contains(name);
    size < LONG || records::evidence_headers().any(|name| promises(&name))
}

/// How much of a list is its head.
pub(crate) const LIST_HEAD: usize = 4096;

/// From how many bytes on a list is not read twice without need: 100,000 rows or so, which take a tenth of a second.
const LONG: u64 = 4 << 20;

/// Attaches the files that lines name. A line whose file cannot be taken in is left out, and said.
pub(super) fn attach(
    workspace: &Workspace,
    lines: &mut Vec<Line>,
    attached: Vec<Attached>,
    intake: &mut Intake,
    imported: &mut Imported,
) -> Result<(), Error> {
    let mut bad = HashSet::new();
    for Attached {
        line,
        piece,
        path,
        place,
    } in attached
    {
        match intake.take(&path, workspace) {
            Ok((proof, advice)) => {
                if let Some(more) = &mut lines[line].more {
                    more.evidence[piece] = proof;
                }
                for advice in advice {
                    imported.remark(|| place.clone(), advice);
                }
            }
            Err(unfit @ Rejected::Unwritable { .. }) => return Err(refused(&path, unfit)),
            Err(unfit) => {
                let proof = &lines[line].more;
                let proof = proof.as_ref().map(|more| &more.evidence[piece]);
                let saying = said(proof.map_or("", Proof::name), &unfit);
                imported.problems.push(Problem::error(place, saying));
                bad.insert(line);
            }
        }
    }
    let mut at = 0..;
    lines.retain(|_| at.next().is_none_or(|at: usize| !bad.contains(&at)));
    Ok(())
}
