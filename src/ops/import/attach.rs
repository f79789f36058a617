//! The files that the rows of a list name, taken in before their records are written.

use std::collections::HashSet;
use std::path::PathBuf;

use super::{Imported, Line};
use crate::evidence::{Folder, Incoming, Unfit};
use crate::model::day::Day;
use crate::model::entry::Proof;
use crate::ops::fault::Fault;
use crate::ops::office::Office;
use crate::ops::proof::{Intake, refused, said};
use crate::source::problem::{Place, Problem, Problems};

/// How many files are taken in before somebody is told how far it is.
const AHEAD: usize = 64;

/// A file that a line names as proof, to be taken in.
pub(super) struct Attached {
    /// The line, by its place among the lines.
    pub(super) line: usize,
    /// The place among the line's pieces of proof.
    pub(super) piece: usize,
    pub(super) path: PathBuf,
    pub(super) place: Place,
}

impl Office {
    /// Takes in the files that lines name. A line whose file cannot be taken in is left out, and said.
    pub(super) fn attach(
        &self,
        lines: &mut Vec<Line>,
        attached: Vec<Attached>,
        today: Day,
        imported: &mut Imported,
        progress: &mut dyn FnMut(u64),
    ) -> Result<(), Fault> {
        let mut intake = Intake::new(self, today);
        let mut bad = HashSet::new();
        let mut problems = Vec::new();
        for (
            at,
            Attached {
                line,
                piece,
                path,
                place,
            },
        ) in attached.iter().enumerate()
        {
            if at % AHEAD == 0 {
                let ahead = &attached[at..attached.len().min(at + AHEAD)];
                intake.take_ahead(ahead.iter().map(|attached| &attached.path));
            }
            let (line, piece) = (*line, *piece);
            progress(line as u64);
            match intake.take(path) {
                Ok((proof, advice)) => {
                    if let Some(more) = &mut lines[line].more {
                        more.record.evidence[piece] = proof;
                    }
                    for advice in advice {
                        imported.remark(|| place.clone(), advice);
                    }
                }
                Err(unfit @ Unfit::Unwritable { .. }) => return Err(refused(path, unfit)),
                Err(unfit) => {
                    problems.push(unfit_at(place.clone(), &lines[line], piece, &unfit));
                    bad.insert(line);
                }
            }
        }
        intake.settle()?;
        imported.problems.extend(problems);
        if !bad.is_empty() {
            let mut at = 0..;
            lines.retain(|_| at.next().is_none_or(|at: usize| !bad.contains(&at)));
        }
        Ok(())
    }
}

/// Says of the files that lines name what is wrong with them, and keeps none: other rows have been refused already.
pub(super) fn examine(lines: &[Line], attached: Vec<Attached>, problems: &mut Problems) {
    for Attached {
        line,
        piece,
        path,
        place,
    } in attached
    {
        if let Err(unfit) = Incoming::open(&path).and_then(Folder::examine) {
            problems.push(unfit_at(place, &lines[line], piece, &unfit));
        }
    }
}

/// What is wrong with a piece of proof that a line names.
fn unfit_at(place: Place, line: &Line, piece: usize, unfit: &Unfit) -> Problem {
    let proof = line.more.as_ref().map(|more| &more.record.evidence[piece]);
    let (saying, hint) = said(proof.map_or("", Proof::name), unfit);
    Problem::error(place, saying).hinted(hint)
}
