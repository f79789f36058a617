//! Review: `accept` and `return`, for named records or for all that wait in a selection, all or none (rule 10).

use std::collections::hash_map::{self, HashMap};

use super::recording::{Recording, Written};
use crate::model::board::{Desk, Ruler, View};
use crate::model::day::Day;
use crate::model::entry::{Act, Address, Entry, Seq};
use crate::model::review::{Reviews, Unreviewable};
use crate::model::sheet::{Fact, Item, Sheet};
use crate::model::unit::UnitNo;
use crate::query::{Error, Selection, Unreviewed, Workspace, given_reason, names, short_id};
use crate::source::problem::{Saying, say};
use crate::store::{Reader, StoreError, StoredEntry};

/// Which records to review.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Reviewable<'a> {
    /// These, by id or as `unit/task`.
    Named(&'a [String]),
    /// All without a verdict in a selection.
    Waiting {
        /// The units and tasks.
        selection: &'a Selection,
        /// Only those recorded since this day.
        since: Option<Day>,
    },
    /// These, each returned for a reason of its own.
    Found(&'a [(Address, String)]),
}

/// What review says.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Verdict<'a> {
    /// Good (审核通过).
    Accept,
    /// Sent back (退回整改).
    Return {
        /// The last day to put it right; `None` = the plan's days after the return, and never before the due day of what it left open.
        due: Option<Day>,
        /// Why; records that were found with a reason of their own keep that.
        reason: &'a str,
    },
}

/// How to review.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Review<'a> {
    /// What review says.
    pub verdict: Verdict<'a>,
    /// The day from which it acts.
    pub on: Day,
    /// The area that narrows names.
    pub area: Option<&'a str>,
}

/// A record that was reviewed.
#[derive(Clone, Debug)]
pub(crate) struct Reviewed {
    /// The verdict's address, and whether its batch has no other entry; `None` in a dry run.
    pub verdict: Option<(Address, bool)>,
    /// The record's address, and whether its batch has no other entry.
    pub record: (Address, bool),
    /// The unit, as code and short name.
    pub unit: (String, String),
    /// The task, as code and short name.
    pub task: (String, String),
    /// The record's day.
    pub day: Day,
    /// The last day to put it right, of a return.
    pub rectify: Option<Day>,
}

/// By when to put right what is returned.
#[derive(Clone, Copy)]
enum Rectify {
    /// Nothing is returned.
    No,
    /// By that day.
    By(Day),
    /// Within the plan's days, and not before the due day.
    ByPlan,
}

/// A record chosen for a verdict.
struct Choice {
    seq: Seq,
    typed: Option<String>,
    /// The reason of a return; `None` = an acceptance.
    reason: Option<String>,
}

/// A chosen record that may get its verdict.
struct Ready {
    entry: StoredEntry,
    reason: Option<String>,
    reviewed: Reviewed,
}

impl Recording {
    /// Reviews records, all or none.
    ///
    /// # Errors
    /// [`Error::Unreviewed`] with every record that cannot get the verdict; no reason, a day to put it right before the return's,
    /// ambiguous names, and whatever the store says.
    pub(crate) fn review(
        mut self,
        records: Reviewable,
        review: &Review,
    ) -> Result<Written<Vec<Reviewed>>, Error> {
        let ready = self.ready(records, review)?;
        if ready.is_empty() {
            return Ok(self.nothing(Vec::new()));
        }
        let entries = ready.iter().map(|one| Entry {
            unit: one.entry.entry.unit,
            task: one.entry.entry.task,
            day: review.on,
            act: match (&one.reason, one.reviewed.rectify) {
                (Some(reason), Some(rectify)) => Act::Return {
                    of: one.entry.address,
                    rectify,
                    reason: reason.clone(),
                },
                _ => Act::Accept {
                    of: one.entry.address,
                },
            },
        });
        let first = self.append(entries)?;
        let single = ready.len() == 1;
        let reviewed = (0..).zip(ready).map(|(index, one)| Reviewed {
            verdict: Some((Address { index, ..first }, single)),
            ..one.reviewed
        });
        let reviewed = reviewed.collect();
        self.commit(reviewed)
    }
}

impl Workspace {
    /// What a review would do.
    ///
    /// # Errors
    /// As for [`Recording::review`].
    pub(crate) fn would_review(
        &self,
        records: Reviewable,
        review: &Review,
    ) -> Result<Vec<Reviewed>, Error> {
        let ready = self.ready(records, review)?;
        Ok(ready.into_iter().map(|one| one.reviewed).collect())
    }

    /// The records that may get their verdict, all or none.
    fn ready(&self, records: Reviewable, review: &Review) -> Result<Vec<Ready>, Error> {
        let (reason, rectify) = match review.verdict {
            Verdict::Accept => (None, Rectify::No),
            Verdict::Return { due, reason } => {
                let reason = match records {
                    Reviewable::Found(_) => None,
                    _ => Some(given_reason(reason)?),
                };
                let rectify = match due {
                    None => Rectify::ByPlan,
                    Some(due) if due >= review.on => Rectify::By(due),
                    Some(due) => {
                        let saying = say!("error-rectify-before", due = due, on = review.on);
                        return Err(saying.hint(say!("error-rectify-before-hint")).into());
                    }
                };
                (reason, rectify)
            }
        };
        let choices = self.choose(records, review, reason.as_deref())?;
        refuse(self.weigh(choices, review.on, rectify)?)
    }

    /// The records that were asked for, each once.
    fn choose(
        &self,
        records: Reviewable,
        review: &Review,
        reason: Option<&str>,
    ) -> Result<Vec<Choice>, Error> {
        let reason = reason.map(ToString::to_string);
        let mut choices: Vec<Choice> = Vec::new();
        match records {
            Reviewable::Named(texts) => {
                let mut unknown = Vec::new();
                for text in texts {
                    let seq = match self.entry_id(text)? {
                        Some(seq) => Some(seq),
                        None => self.latest_record(text, review.area, self.today)?,
                    };
                    match seq {
                        None => unknown.push(Unreviewed {
                            what: text.clone(),
                            about: None,
                            why: say!("review-unknown").hint(say!("error-unknown-entry-hint")),
                        }),
                        Some(seq) if choices.iter().any(|known| known.seq == seq) => {}
                        Some(seq) => choices.push(Choice {
                            seq,
                            typed: Some(text.clone()),
                            reason: reason.clone(),
                        }),
                    }
                }
                if !unknown.is_empty() {
                    let (_, mut unfit) = self.weigh(choices, review.on, Rectify::No)?;
                    unknown.append(&mut unfit);
                    return Err(Error::Unreviewed(unknown));
                }
            }
            Reviewable::Waiting { selection, since } => {
                let waiting = self.waiting(selection, since, review.on)?;
                choices.extend(waiting.into_iter().map(|seq| Choice {
                    seq,
                    typed: None,
                    reason: reason.clone(),
                }));
            }
            Reviewable::Found(found) => {
                for (address, reason) in found {
                    let seq = self.reader().seq_of(*address)?;
                    choices.extend(seq.map(|seq| Choice {
                        seq,
                        typed: None,
                        reason: Some(reason.clone()),
                    }));
                }
            }
        }
        Ok(choices)
    }

    /// The live records of a selection without a verdict, in the order of the roster, then of days. Those of a day after
    /// `until` are not there yet.
    fn waiting(
        &self,
        selection: &Selection,
        since: Option<Day>,
        until: Day,
    ) -> Result<Vec<Seq>, Error> {
        let mut found: Vec<(UnitNo, Day, Seq)> = Vec::new();
        self.each_sheet(selection.units.as_deref(), &mut |sheet| {
            if !selection.wants_class(sheet.class) {
                return;
            }
            let reviews = Reviews::of(sheet, None);
            for (item, _) in reviews.records(sheet, None) {
                let wanted = match self.place_of(Some(item.task)) {
                    Some(place) => selection.wants_task(place),
                    None => selection.tasks.is_none(),
                };
                if wanted
                    && item.day <= until
                    && since.is_none_or(|day| item.recorded() >= day)
                    && reviews.on(item.seq).is_empty()
                {
                    found.push((sheet.unit, item.day, item.seq));
                }
            }
        })?;
        let mut numbers: Vec<UnitNo> = found.iter().map(|(unit, _, _)| *unit).collect();
        numbers.dedup();
        let places: HashMap<UnitNo, u32> = self
            .units(&numbers)?
            .into_iter()
            .map(|row| (row.no, row.place))
            .collect();
        found.sort_by_key(|(unit, day, seq)| (places.get(unit).copied(), *day, *seq));
        Ok(found.into_iter().map(|(_, _, seq)| seq).collect())
    }

    /// Which of the chosen records may get the verdict, and why the others may not.
    fn weigh(
        &self,
        choices: Vec<Choice>,
        on: Day,
        rectify: Rectify,
    ) -> Result<(Vec<Ready>, Vec<Unreviewed>), Error> {
        let reader = self.reader();
        let ruler = self.ruler(View::on(on));
        let mut sheets: HashMap<UnitNo, (Sheet, Reviews, (String, String))> = HashMap::new();
        let (mut ready, mut unfit) = (Vec::new(), Vec::new());
        for choice in choices {
            let Some(entry) = reader.entry(choice.seq)? else {
                continue;
            };
            let record = (entry.address, is_single(reader, entry.address)?);
            let what = match choice.typed {
                Some(text) => text,
                None => short_id(reader, choice.seq)?,
            };
            let (Some(unit), Act::Record(_)) = (entry.entry.unit, &entry.entry.act) else {
                unfit.push(Unreviewed {
                    what,
                    about: None,
                    why: say!("review-no-record"),
                });
                continue;
            };
            let (sheet, reviews, unit) = match sheets.entry(unit) {
                hash_map::Entry::Occupied(known) => known.into_mut(),
                hash_map::Entry::Vacant(room) => {
                    let sheet = reader.sheet(unit)?;
                    let reviews = Reviews::of(&sheet, None);
                    room.insert((sheet, reviews, names(&reader.unit(unit)?.unit)))
                }
            };
            let task = self.task_named(reader, entry.entry.task)?;
            match reviews.admit(sheet, choice.seq, on) {
                Ok(()) => {
                    let rectify = match rectify {
                        Rectify::No => None,
                        Rectify::By(day) => Some(day),
                        Rectify::ByPlan => {
                            let day = on + self.plan.rectify;
                            let due = return_on(&ruler, sheet, choice.seq, on);
                            Some(due.map_or(day, |due| day.max(due)))
                        }
                    };
                    ready.push(Ready {
                        reason: choice.reason,
                        reviewed: Reviewed {
                            verdict: None,
                            record,
                            unit: unit.clone(),
                            task,
                            day: entry.entry.day,
                            rectify,
                        },
                        entry,
                    });
                }
                Err(why) => unfit.push(Unreviewed {
                    about: Some((unit.1.clone(), task.1)).filter(|_| !what.contains('/')),
                    what,
                    why: why_not(reader, why, on)?,
                }),
            }
        }
        Ok((ready, unfit))
    }

    /// Code and short name of a task by its number; the code alone where the plan no longer has it.
    fn task_named(
        &self,
        reader: &Reader,
        number: Option<u32>,
    ) -> Result<(String, String), StoreError> {
        if let Some(place) = self.place_of(number) {
            return Ok(self.task_names(place));
        }
        let code = number
            .map(|number| reader.task_code(number))
            .transpose()?
            .flatten()
            .unwrap_or_default();
        Ok((code.clone(), code))
    }
}

fn refuse((ready, unfit): (Vec<Ready>, Vec<Unreviewed>)) -> Result<Vec<Ready>, Error> {
    if unfit.is_empty() {
        Ok(ready)
    } else {
        Err(Error::Unreviewed(unfit))
    }
}

/// Returns a record on a sheet, and tells the due day of what that left open, where it did.
fn return_on(ruler: &Ruler, sheet: &mut Sheet, record: Seq, on: Day) -> Option<Day> {
    let task = sheet.items.iter().find(|item| item.seq == record)?.task;
    // Stands for an entry that is not there yet: behind all that are.
    let seq = Seq::MAX - sheet.items.len() as Seq;
    sheet.items.push(Item {
        seq,
        task,
        day: on,
        lag: 0,
        fact: Fact::Return {
            of: record,
            rectify: on,
        },
    });
    let mut due = None;
    ruler.cells(sheet, &mut Desk::default(), |cell| {
        if cell.returned == Some(seq) {
            due = cell.due;
        }
    });
    due
}

/// Whether the batch of an address has no other entry.
fn is_single(reader: &Reader, address: Address) -> Result<bool, StoreError> {
    Ok(reader
        .batch(&address.batch)?
        .is_some_and(|batch| batch.count == 1))
}

/// Why a record cannot get a verdict, as one sentence.
fn why_not(reader: &Reader, why: Unreviewable, on: Day) -> Result<Saying, Error> {
    Ok(match why {
        Unreviewable::NoRecord => say!("review-no-record"),
        Unreviewable::Undone => say!("review-undone"),
        Unreviewable::BeforeRecord { day } => {
            let saying = say!("review-before-record", day = day, on = on);
            saying.hint(say!("review-before-record-hint"))
        }
        Unreviewable::Judged { by } => {
            let said = match by.fact {
                Fact::Accept { .. } => "review-accepted",
                _ => "review-returned",
            };
            let id = short_id(reader, by.seq)?;
            let batch = match reader.entry(by.seq)? {
                Some(entry) => reader.batch(&entry.address.batch)?,
                None => None,
            };
            let actor = batch.map(|batch| batch.batch.actor).unwrap_or_default();
            let saying = say!(said, actor = actor, day = by.day, id = id);
            saying.hint(say!("review-judged-hint", id = id))
        }
    })
}
