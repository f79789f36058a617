//! Audit: what looks perfunctory about the live records.

mod gather;

use std::collections::HashMap;
use std::convert::Infallible;

use gather::{Kept, selected};

use super::error::Error;
use super::selection::Selection;
use super::workspace::Workspace;
use crate::evidence::Folder;
use crate::model::audit::{
    self, Exhibit, Finding, Photograph, Suspicion, SuspicionKind, Thresholds,
};
use crate::model::board::View;
use crate::model::day::Day;
use crate::model::entry::{Address, Seq};
use crate::model::sheet::OneOfSeveral;
use crate::parallel;

/// What an audit looks for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct AuditQuery<'a> {
    /// The day asked about, and what was known by when.
    pub view: View,
    /// From where on something is worth a look.
    pub thresholds: Thresholds,
    /// Whether findings stay whose records were all judged.
    pub all: bool,
    /// The kinds of finding that are wanted; empty = every kind.
    pub kinds: &'a [SuspicionKind],
}

/// What an audit found.
#[derive(Clone, Debug, Default)]
pub(crate) struct Audited {
    /// The records of which something may be said, in the order of the roster, then of days.
    pub exhibits: Vec<Exhibited>,
    /// What is worth a look, by kind.
    pub found: Vec<Found>,
    /// How many findings were left out because all their records have a verdict.
    pub judged: usize,
    /// How many delays were left out because the records came with the import of a file.
    pub imported: usize,
}

/// A record that was looked at.
#[derive(Clone, Debug)]
pub(crate) struct Exhibited {
    /// Its address.
    pub address: Address,
    /// Whether its batch has no other entry.
    pub single: bool,
    /// The unit, as code and short name.
    pub unit: (String, String),
    /// The task, as code and short name.
    pub task: (String, String),
    /// Its day.
    pub day: Day,
    /// The day on which it was recorded.
    pub recorded: Day,
    /// Who typed it.
    pub actor: String,
    /// The verdicts on it: each one's address, whether its batch has no other entry, and whether it accepts.
    pub verdicts: Vec<(Address, bool, bool)>,
}

impl Exhibited {
    /// Whether it was accepted, where it has a verdict; a return wins over an acceptance.
    pub(crate) fn accepted(&self) -> Option<bool> {
        let accepts = |(_, _, accepts): &(Address, bool, bool)| *accepts;
        (!self.verdicts.is_empty()).then(|| self.verdicts.iter().all(accepts))
    }
}

/// Something worth a look.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    /// What people type for it: the same as long as the same records are behind it.
    pub id: String,
    /// What looks perfunctory.
    pub suspicion: Suspicion,
    /// The records, by place among the exhibits.
    pub exhibits: Vec<usize>,
    /// Where it is about photographs, those of each record.
    pub photographs: Vec<Vec<Photograph>>,
}

impl Found {
    fn new(finding: Finding, exhibits: &[Exhibit]) -> Self {
        let id = id_of(&finding, exhibits);
        let about_photographs = finding.suspicion.kind().is_of_photographs();
        let of = |at: &usize| exhibits[*at].photographs.clone();
        let photographs = finding
            .exhibits
            .iter()
            .filter(|_| about_photographs)
            .map(of);
        Self {
            id,
            photographs: photographs.collect(),
            suspicion: finding.suspicion,
            exhibits: finding.exhibits,
        }
    }
}

/// Photographs made small, by the hash of their content; nothing of one that cannot be shown.
pub(crate) type Thumbnails = HashMap<String, Option<Vec<u8>>>;

/// The finding that several entries are one record, what counts first.
fn finding_of(several: &OneOfSeveral, places: &HashMap<Seq, usize>) -> Option<Finding> {
    let mut exhibits = vec![*places.get(&several.counts)?];
    exhibits.extend(several.others.iter().filter_map(|seq| places.get(seq)));
    Some(Finding {
        suspicion: match several.corrected {
            true => Suspicion::TwoCorrections,
            false => Suspicion::SameRow,
        },
        exhibits,
    })
}

impl Workspace {
    /// Looks for what is perfunctory. Findings are those of the whole journal, so that a photograph shared with another area
    /// is found; the selection keeps those that touch it.
    ///
    /// # Errors
    /// Whatever the store says.
    pub(crate) fn audit(
        &self,
        query: &AuditQuery,
        selection: &Selection,
    ) -> Result<Audited, Error> {
        let AuditQuery {
            view,
            thresholds,
            all,
            kinds,
        } = *query;
        let mut audited = Audited::default();
        let sights = self.sight(view)?;
        let worth = self.keep(query, selection, &sights, &mut audited)?;
        let several = sights.several;
        let Kept {
            sighted,
            exhibits,
            exhibited,
        } = self.name(worth)?;
        audited.exhibits = exhibited;
        let counting = sighted.partition_point(|one| one.counts);
        let is_selected = |at: &usize| selected(selection, &sighted[*at]);
        // Delays of imported records are always looked for, so that those left out can be counted.
        let every = Thresholds {
            imports: true,
            ..thresholds
        };
        let mut findings = audit::findings(&exhibits[..counting], &every);
        if !several.is_empty() {
            let places: HashMap<Seq, usize> = sighted.iter().map(|one| one.seq).zip(0..).collect();
            findings.extend(several.iter().filter_map(|one| finding_of(one, &places)));
            audit::sort(&mut findings);
        }
        for finding in findings {
            let kind = finding.suspicion.kind();
            let wanted = kinds.is_empty() || kinds.contains(&kind);
            if !wanted || !finding.exhibits.iter().any(is_selected) {
                continue;
            }
            if !all && !finding.is_open(&exhibits) {
                audited.judged += 1;
                continue;
            }
            let delayed = kind == SuspicionKind::BackDated;
            if delayed && !thresholds.imports && exhibits[finding.exhibits[0]].imported {
                audited.imported += 1;
                continue;
            }
            audited.found.push(Found::new(finding, &exhibits));
        }
        Ok(audited)
    }

    /// The photographs that the first findings are about, made small: so many at most.
    pub(crate) fn thumbnails(&self, audited: &Audited, most: usize) -> Thumbnails {
        let photographs = audited.found.iter().flat_map(|found| &found.photographs);
        let mut wanted: Vec<&Photograph> = Vec::new();
        for photograph in photographs.flatten() {
            if wanted.iter().all(|other| other.blake3 != photograph.blake3) {
                wanted.push(photograph);
            }
            if wanted.len() == most {
                break;
            }
        }
        let folder = Folder::new(self.place.evidence.clone());
        let mut thumbnails = Thumbnails::new();
        let work = |photograph: &Photograph| {
            let made = folder.thumbnail(&photograph.blake3, &photograph.name);
            Ok::<_, Infallible>((photograph.blake3.clone(), made))
        };
        let _ = parallel::in_order(parallel::threads(), wanted, work, |(blake3, made)| {
            thumbnails.insert(blake3, made);
            Ok(())
        });
        thumbnails
    }
}

/// The id of a finding: of its kind and the records and verdicts behind it, so that it names nothing else tomorrow.
fn id_of(finding: &Finding, exhibits: &[Exhibit]) -> String {
    let mut addresses: Vec<Address> = Vec::new();
    for at in &finding.exhibits {
        addresses.push(exhibits[*at].address);
        if finding.suspicion == Suspicion::TwoVerdicts {
            addresses.extend(&exhibits[*at].verdicts);
        }
    }
    addresses.sort_unstable();
    let mut hasher = blake3::Hasher::new();
    hasher.update(finding.suspicion.kind().name().as_bytes());
    if let Suspicion::OutsideWindow { name, .. } = &finding.suspicion {
        hasher.update(name.as_bytes());
    }
    for address in addresses {
        hasher.update(address.batch.as_bytes());
        hasher.update(&address.index.to_be_bytes());
    }
    // One letter before eight digits: never taken for the id of a batch.
    format!("f{}", &hasher.finalize().to_hex()[..8])
}
