//! Audit: the live records gathered with what is known of them, and what looks perfunctory about them.

use std::collections::HashMap;
use std::ops::ControlFlow;

use super::error::Error;
use super::names::names;
use super::selection::Selection;
use super::workspace::Workspace;
use crate::model::audit::{self, Exhibit, Finding, Photograph, Suspicion, Thresholds};
use crate::model::board::{Ruler, View};
use crate::model::day::Day;
use crate::model::entry::{Act, Address, Proof, Record, Seq};
use crate::model::plan::Evidence;
use crate::model::review::Reviews;
use crate::model::sheet::{Fact, Item, OneOfSeveral};
use crate::model::unit::UnitNo;
use crate::store::{StoredBatch, UnitRow};

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
    pub kinds: &'a [&'static str],
}

/// What an audit found.
#[derive(Clone, Debug, Default)]
pub(crate) struct Audited {
    /// The records looked at, in the order of the roster, then of days.
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
}

/// A record on a sheet, before its entry is read.
struct Sighted {
    unit: UnitNo,
    class: u32,
    task: usize,
    item: Item,
    nil: bool,
    /// Whether it counts, and is not one of several entries for one record of which another counts.
    counts: bool,
    verdicts: Vec<Item>,
}

/// All that was seen on sheets.
struct Sights {
    sighted: Vec<Sighted>,
    several: Vec<OneOfSeveral>,
    rows: HashMap<UnitNo, UnitRow>,
}

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
        let Sights {
            mut sighted,
            several,
            rows,
        } = self.sight(view)?;
        // What does not count looks like nothing; it is only named beside what counts.
        sighted.sort_by_key(|one| {
            let place = rows.get(&one.unit).map(|row| row.place);
            (!one.counts, place, one.item.day, one.item.seq)
        });
        let counting = sighted.partition_point(|one| one.counts);
        let mut audited = Audited::default();
        let exhibits = self.exhibit(view, &sighted, &rows, &mut audited.exhibits)?;
        let selected = |at: &usize| {
            let one = &sighted[*at];
            let units = selection.units.as_ref();
            selection.wants_class(one.class)
                && selection.wants_task(one.task)
                && units.is_none_or(|units| units.binary_search(&one.unit).is_ok())
        };
        // Delays of imported records are always looked for, so that those left out can be counted.
        let every = Thresholds {
            imports: true,
            ..thresholds
        };
        let mut findings = audit::findings(&exhibits[..counting.min(exhibits.len())], &every);
        if !several.is_empty() {
            let places: HashMap<Seq, usize> =
                sighted.iter().map(|one| one.item.seq).zip(0..).collect();
            findings.extend(several.iter().filter_map(|one| finding_of(one, &places)));
            audit::sort(&mut findings);
        }
        for finding in findings {
            let kind = finding.suspicion.kind();
            let wanted = kinds.is_empty() || kinds.contains(&kind);
            if !wanted || !finding.exhibits.iter().any(selected) {
                continue;
            }
            if !all && !finding.is_open(&exhibits) {
                audited.judged += 1;
                continue;
            }
            let delayed = matches!(finding.suspicion, Suspicion::BackDated { .. });
            if delayed && !thresholds.imports && exhibits[finding.exhibits[0]].imported {
                audited.imported += 1;
                continue;
            }
            audited.found.push(Found {
                id: id_of(&finding, &exhibits),
                suspicion: finding.suspicion,
                exhibits: finding.exhibits,
            });
        }
        Ok(audited)
    }

    /// The live records that a view knows, off the sheets, with their units.
    fn sight(&self, view: View) -> Result<Sights, Error> {
        let places: HashMap<u32, usize> = self.numbers.iter().copied().zip(0..).collect();
        let mut sighted: Vec<Sighted> = Vec::new();
        let mut several: Vec<OneOfSeveral> = Vec::new();
        self.each_sheet(None, &mut |sheet| {
            let reviews = Reviews::of(sheet, Some(&view));
            let first = several.len();
            several.extend(sheet.one_of_several(&view));
            let mut others: Vec<Seq> = several[first..]
                .iter()
                .flat_map(|one| one.others.iter().copied())
                .collect();
            others.sort_unstable();
            for item in sheet.items.iter().filter(|item| view.sees(item)) {
                let Fact::Record(mark) = item.fact else {
                    continue;
                };
                let counts = !reviews.is_undone(item.seq);
                if !counts && others.binary_search(&item.seq).is_err() {
                    continue;
                }
                if let Some(task) = places.get(&item.task) {
                    sighted.push(Sighted {
                        unit: sheet.unit,
                        class: sheet.class,
                        task: *task,
                        item: *item,
                        nil: mark.nil,
                        counts,
                        verdicts: reviews.on(item.seq).iter().map(|(_, by)| *by).collect(),
                    });
                }
            }
        })?;
        let mut numbers: Vec<UnitNo> = sighted.iter().map(|one| one.unit).collect();
        numbers.dedup();
        let rows = self.units(&numbers)?.into_iter();
        Ok(Sights {
            sighted,
            several,
            rows: rows.map(|row| (row.no, row)).collect(),
        })
    }

    /// Reads the entries of the records sighted.
    fn exhibit(
        &self,
        view: View,
        sighted: &[Sighted],
        rows: &HashMap<UnitNo, UnitRow>,
        exhibited: &mut Vec<Exhibited>,
    ) -> Result<Vec<Exhibit>, Error> {
        let ruler = self.ruler(view);
        let mut verdicts: Vec<Seq> = Vec::new();
        let mut wanted: Vec<Seq> = sighted.iter().map(|one| one.item.seq).collect();
        for one in sighted {
            verdicts.extend(one.verdicts.iter().map(|by| by.seq));
        }
        wanted.extend(&verdicts);
        wanted.sort_unstable();
        let mut read: HashMap<Seq, (Address, bool, Origin, Option<Record>)> = HashMap::new();
        let mut started = None;
        let reader = self.reader();
        reader.each_batch(&mut |first| {
            started = Some(self.plan.timezone.day_of(first.batch.at));
            Ok(ControlFlow::Break(()))
        })?;
        reader.each_entry_of(&wanted, &mut |batch, entry| {
            let record = match entry.entry.act {
                Act::Record(record) => Some(record),
                _ => None,
            };
            let seen = (entry.address, batch.count == 1, Origin::of(batch), record);
            read.insert(entry.seq, seen);
        })?;
        let started = started.unwrap_or(view.as_of);
        let mut exhibits = Vec::with_capacity(sighted.len());
        for one in sighted {
            let verdict = |by: &Item| {
                let (address, single, ..) = read.get(&by.seq)?;
                Some((*address, *single, matches!(by.fact, Fact::Accept { .. })))
            };
            let verdicts: Vec<_> = one.verdicts.iter().filter_map(verdict).collect();
            let Some((address, single, origin, record)) = read.remove(&one.item.seq) else {
                continue;
            };
            let Some(row) = rows.get(&one.unit) else {
                continue;
            };
            let addresses = verdicts.iter().map(|(address, ..)| *address).collect();
            exhibited.push(Exhibited {
                address,
                single,
                unit: names(&row.unit),
                task: self.task_names(one.task),
                day: one.item.day,
                recorded: one.item.recorded(),
                actor: origin.actor,
                verdicts,
            });
            exhibits.push(Exhibit {
                verdicts: addresses,
                imported: origin.imported,
                delay: one.item.recorded() - one.item.day.max(started),
                ..self.plain(&ruler, one, address, record.unwrap_or_default())
            });
        }
        Ok(exhibits)
    }

    /// What the rules want to know of a record, but for its history.
    fn plain(&self, ruler: &Ruler, one: &Sighted, address: Address, record: Record) -> Exhibit {
        let task = &self.plan.tasks[one.task];
        let phase = self.plan.phase_of(task).from;
        Exhibit {
            address,
            unit: one.unit,
            task: one.task,
            day: one.item.day,
            delay: 0,
            imported: false,
            wants_proof: task.evidence != Evidence::None && !one.nil,
            proven: !record.evidence.is_empty(),
            opens: audit::opens(ruler.dues(one.task), one.item.day, record.period, phase),
            note: record.note,
            photographs: record.evidence.into_iter().filter_map(photograph).collect(),
            verdicts: Vec::new(),
        }
    }
}

/// How a record came into the journal.
struct Origin {
    actor: String,
    imported: bool,
}

impl Origin {
    fn of(batch: &StoredBatch) -> Self {
        Self {
            actor: batch.batch.actor.clone(),
            imported: batch.batch.command == "import",
        }
    }
}

/// A piece of proof as a photograph, where it is one. Files recorded before their media type was are told by their endings.
fn photograph(proof: Proof) -> Option<Photograph> {
    const ENDINGS: [&str; 8] = ["jpg", "jpeg", "png", "heic", "heif", "webp", "gif", "bmp"];
    let Proof::File {
        name,
        size: _,
        blake3,
        media,
        likeness,
        taken,
        place: _,
    } = proof
    else {
        return None;
    };
    let is_photograph = match &media {
        Some(media) => media.starts_with("image/"),
        None => {
            let ending = name.rsplit('.').next().unwrap_or_default();
            ENDINGS.contains(&ending.to_ascii_lowercase().as_str())
        }
    };
    is_photograph.then_some(Photograph {
        name,
        blake3,
        likeness,
        taken,
    })
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
    hasher.update(finding.suspicion.kind().as_bytes());
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
