//! The live records that may be worth a look, gathered with what is known of them.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use super::{AuditQuery, Audited, Exhibited};
use crate::model::audit::{self, Exhibit, Photograph, SuspicionKind};
use crate::model::board::{Ruler, View};
use crate::model::day::Day;
use crate::model::entry::{Act, Address, Proof, Record, Seq};
use crate::model::plan::Evidence;
use crate::model::review::Reviews;
use crate::model::sheet::{Fact, Item, OneOfSeveral};
use crate::model::unit::UnitNo;
use crate::query::{Error, Selection, Workspace};
use crate::store::StoredBatch;

/// A record on a sheet, before its entry is read. A nation has millions.
#[derive(Clone, Copy)]
pub(super) struct Sighted {
    pub(super) seq: Seq,
    unit: UnitNo,
    class: u32,
    /// By its place in the plan.
    task: u32,
    day: Day,
    recorded: Day,
    nil: bool,
    /// Whether it counts, and is not one of several entries for one record of which another counts.
    pub(super) counts: bool,
}

/// All that was seen on sheets.
pub(super) struct Sights {
    /// In the order of the journal.
    sighted: Vec<Sighted>,
    /// The verdicts on those few that have any.
    verdicts: HashMap<Seq, Vec<Item>>,
    pub(super) several: Vec<OneOfSeveral>,
}

/// Records of which something may be said, by place.
#[derive(Default)]
pub(super) struct Kept {
    pub(super) sighted: Vec<Sighted>,
    pub(super) exhibits: Vec<Exhibit>,
    pub(super) exhibited: Vec<Exhibited>,
}

/// A record that is kept, before its unit is looked up.
pub(super) struct Worth {
    sighted: Sighted,
    exhibit: Exhibit,
    single: bool,
    actor: Rc<str>,
    verdicts: Vec<(Address, bool, bool)>,
}

/// How many entries are asked for at once.
const CHUNK: usize = 1 << 14;

impl Workspace {
    /// The live records that a view knows, off the sheets.
    pub(super) fn sight(&self, view: View) -> Result<Sights, Error> {
        let places: HashMap<u32, u32> = self.numbers.iter().copied().zip(0..).collect();
        let mut sighted: Vec<Sighted> = Vec::new();
        let mut verdicts: HashMap<Seq, Vec<Item>> = HashMap::new();
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
                    let on_it = reviews.on(item.seq);
                    if !on_it.is_empty() {
                        let on_it = on_it.iter().map(|(_, by)| *by).collect();
                        verdicts.insert(item.seq, on_it);
                    }
                    sighted.push(Sighted {
                        seq: item.seq,
                        unit: sheet.unit,
                        class: sheet.class,
                        task: *task,
                        day: item.day,
                        recorded: item.recorded(),
                        nil: mark.nil,
                        counts,
                    });
                }
            }
        })?;
        sighted.sort_unstable_by_key(|one| one.seq);
        // Where a record was moved to other units, each of their sheets says so.
        several.sort_by_key(|one| (one.counts, Reverse(one.others.len())));
        several.dedup_by_key(|one| one.counts);
        Ok(Sights {
            sighted,
            verdicts,
            several,
        })
    }

    /// Reads the entries of the records sighted, and keeps those of which something may be said: of a nation's five million, which
    /// once took 5 GB, mostly none. Delays that are only counted are counted here.
    pub(super) fn keep(
        &self,
        query: &AuditQuery,
        selection: &Selection,
        sights: &Sights,
        audited: &mut Audited,
    ) -> Result<Vec<Worth>, Error> {
        let AuditQuery {
            view,
            thresholds,
            all,
            kinds,
        } = *query;
        let ruler = self.ruler(view);
        let reader = self.reader();
        let first = reader.first_batch()?;
        let started = first.map_or(view.as_of, |first| {
            self.plan.timezone.day_of(first.batch.at)
        });
        let mut by: Vec<Seq> = sights
            .verdicts
            .values()
            .flatten()
            .map(|by| by.seq)
            .collect();
        by.sort_unstable();
        let mut addresses: HashMap<Seq, (Address, bool)> = HashMap::new();
        reader.each_entry_of(&by, &mut |batch, entry| {
            addresses.insert(entry.seq, (entry.address, batch.count == 1));
        })?;
        let verdict = |by: &Item| {
            let (address, single) = addresses.get(&by.seq)?;
            Some((*address, *single, matches!(by.fact, Fact::Accept { .. })))
        };
        let named: HashSet<Seq> = sights
            .several
            .iter()
            .flat_map(|one| one.others.iter().chain([&one.counts]).copied())
            .collect();
        let delay_wanted = kinds.is_empty() || kinds.contains(&SuspicionKind::BackDated);
        let mut worth = Vec::new();
        let mut origin: Option<(i64, Origin)> = None;
        for chunk in sights.sighted.chunks(CHUNK) {
            let seqs: Vec<Seq> = chunk.iter().map(|one| one.seq).collect();
            let mut chunk = chunk.iter();
            reader.each_entry_of(&seqs, &mut |batch, entry| {
                let Some(one) = chunk.find(|one| one.seq == entry.seq) else {
                    return;
                };
                let Act::Record(record) = entry.entry.act else {
                    return;
                };
                let known = origin.take().filter(|(n, _)| *n == batch.n);
                let (n, from) = known.unwrap_or_else(|| (batch.n, Origin::of(batch)));
                let on_it = sights.verdicts.get(&one.seq);
                let verdicts: Vec<_> = on_it.into_iter().flatten().filter_map(verdict).collect();
                let late_by = one.recorded - one.day.max(started);
                let wants_proof = self.wants_proof(one);
                let delayed = one.counts && late_by > thresholds.backdated;
                let only_counted = from.imported && !thresholds.imports;
                let may_be_told = !record.evidence.is_empty()
                    || record.note.as_deref().is_some_and(audit::says_much)
                    || verdicts.len() > 1
                    || wants_proof
                    || named.contains(&one.seq);
                if may_be_told || delayed && !only_counted {
                    worth.push(Worth {
                        sighted: *one,
                        exhibit: Exhibit {
                            verdicts: verdicts.iter().map(|(address, ..)| *address).collect(),
                            imported: from.imported,
                            delay: late_by,
                            ..self.plain(&ruler, one, entry.address, record)
                        },
                        single: batch.count == 1,
                        actor: Rc::clone(&from.actor),
                        verdicts,
                    });
                } else if delayed && delay_wanted && selected(selection, one) {
                    match !all && !verdicts.is_empty() {
                        true => audited.judged += 1,
                        false => audited.imported += 1,
                    }
                }
                origin = Some((n, from));
            })?;
        }
        Ok(worth)
    }

    /// What is kept, in the order of the roster, then of days, then of addresses, which every store has alike; with the names of units and
    /// tasks.
    pub(super) fn name(&self, mut worth: Vec<Worth>) -> Result<Kept, Error> {
        let mut numbers: Vec<UnitNo> = worth.iter().map(|one| one.sighted.unit).collect();
        numbers.sort_unstable();
        numbers.dedup();
        let mut units: HashMap<UnitNo, (u32, String, String)> = HashMap::new();
        self.each_brief(&numbers, &mut |label| {
            let named = (label.place, label.code.into(), label.short.into());
            units.insert(label.no, named);
        })?;
        // What does not count looks like nothing; it is only named beside what counts.
        worth.sort_by_key(|one| {
            let Sighted {
                unit, day, counts, ..
            } = one.sighted;
            (
                !counts,
                units.get(&unit).map(|(place, ..)| *place),
                day,
                one.exhibit.address,
            )
        });
        let mut kept = Kept::default();
        for one in worth {
            let Sighted {
                unit,
                task,
                day,
                recorded,
                ..
            } = one.sighted;
            let Some((_, code, short)) = units.get(&unit) else {
                continue;
            };
            kept.exhibited.push(Exhibited {
                address: one.exhibit.address,
                single: one.single,
                unit: (code.clone(), short.clone()),
                task: self.task_names(task as usize),
                day,
                recorded,
                actor: one.actor.to_string(),
                verdicts: one.verdicts,
            });
            kept.sighted.push(one.sighted);
            kept.exhibits.push(one.exhibit);
        }
        Ok(kept)
    }

    fn wants_proof(&self, one: &Sighted) -> bool {
        self.plan.tasks[one.task as usize].evidence != Evidence::None && !one.nil
    }

    /// What the rules want to know of a record, but for its history.
    fn plain(&self, ruler: &Ruler, one: &Sighted, address: Address, record: Record) -> Exhibit {
        let place = one.task as usize;
        let phase = self.plan.phase_of(&self.plan.tasks[place]).from;
        Exhibit {
            address,
            unit: one.unit,
            task: place,
            day: one.day,
            delay: 0,
            imported: false,
            wants_proof: self.wants_proof(one),
            proven: !record.evidence.is_empty(),
            opens: audit::opens(ruler.dues(place), one.day, record.period, phase),
            note: record.note,
            photographs: record.evidence.into_iter().filter_map(photograph).collect(),
            verdicts: Vec::new(),
        }
    }
}

/// Whether a record is among those selected.
pub(super) fn selected(selection: &Selection, one: &Sighted) -> bool {
    let units = selection.units.as_ref();
    selection.wants_class(one.class)
        && selection.wants_task(one.task as usize)
        && units.is_none_or(|units| units.binary_search(&one.unit).is_ok())
}

/// How a record came into the journal.
struct Origin {
    actor: Rc<str>,
    imported: bool,
}

impl Origin {
    fn of(batch: &StoredBatch) -> Self {
        Self {
            actor: batch.batch.actor.as_str().into(),
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
