//! `notice`: drafted for a cut-off, issued once, printed again as it was (rule 11). A draft changes nothing.

mod collect;
mod list;

use std::collections::{BTreeMap, HashMap};

pub(crate) use list::Listing;

use self::collect::{Sieve, Sifted};
use super::error::{Error, given_reason};
use super::workspace::Workspace;
use crate::model::board::View;
use crate::model::day::Day;
use crate::model::entry::{Act, RuleNo, Seq, TaskNo};
use crate::model::notice::{Draft, Issued, Terms};
use crate::model::plan::Dropped;
use crate::model::score::Assessor;
use crate::model::sheet::{Fact, Item, Sheet, undone};
use crate::model::unit::UnitNo;
use crate::source::problem::say;

/// What somebody wants a notice to be.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NoticeOrder<'a> {
    /// The cut-off.
    pub until: Day,
    /// The day by which what it names must be put right; `None` = the plan's days after the issue.
    pub rectify: Option<Day>,
    /// The day of issue.
    pub on: Day,
    /// Units to keep off it, as typed.
    pub leave_out: &'a [String],
    /// Why they are kept off.
    pub reason: Option<&'a str>,
    /// The area that narrows names.
    pub area: Option<&'a str>,
}

/// The notices among the facts without a unit that were not undone, as far as a view goes; `None` = all that is known.
pub(crate) fn standing_notices(
    orders: &[Item],
    view: Option<View>,
) -> impl Iterator<Item = (Seq, Issued)> {
    let knows = move |item: &Item| view.is_none_or(|view| view.knows(item));
    let acts = move |item: &Item| view.is_none_or(|view| item.day <= view.as_of);
    let mut taken_back = Vec::new();
    undone(orders, knows, &mut taken_back);
    let seen = orders.iter().filter(move |item| knows(item) && acts(item));
    seen.filter_map(move |item| match item.fact {
        Fact::Notice { number, until } if !taken_back.contains(&item.seq) => Some((
            item.seq,
            Issued {
                number,
                on: item.day,
                until,
            },
        )),
        _ => None,
    })
}

impl Workspace {
    /// The notices in force, by number.
    pub(crate) fn notices(&self) -> Vec<Issued> {
        self.issued().map(|(_, issued)| issued).collect()
    }

    /// The notices in force in a view, by number.
    pub(crate) fn notices_in(&self, view: View) -> Vec<Issued> {
        let issued = standing_notices(&self.orders, Some(view));
        issued.map(|(_, issued)| issued).collect()
    }

    fn issued(&self) -> impl Iterator<Item = (Seq, Issued)> {
        standing_notices(&self.orders, None)
    }

    /// The day by which a notice in force in a view wants things put right.
    ///
    /// # Errors
    /// Whatever the store says.
    pub(crate) fn rectify_of(&self, number: u32, view: View) -> Result<Option<Day>, Error> {
        let mut issued = standing_notices(&self.orders, Some(view));
        let Some((seq, _)) = issued.find(|(_, issued)| issued.number == number) else {
            return Ok(None);
        };
        let entry = self.reader().entry(seq)?;
        Ok(match entry.map(|entry| entry.entry.act) {
            Some(Act::Notice(notice)) => Some(notice.rectify),
            _ => None,
        })
    }

    /// Drafts the next notice.
    ///
    /// # Errors
    /// A refusal where its days do not follow one another and the notice before, where a unit is kept
    /// off without a reason, or where it would not be named anyway; unknown names, and whatever the store says.
    pub(crate) fn draft_notice(&self, order: &NoticeOrder) -> Result<Draft, Error> {
        let terms = self.terms(order)?;
        let last = self.issued().last().map(|(_, issued)| issued);
        let mut left_out = Vec::new();
        for text in order.leave_out {
            let reason = given_reason(order.reason.unwrap_or_default())?;
            let row = self.find_unit(text, order.area)?;
            left_out.push((row.no, row.unit, reason));
        }
        let supervisor = self.supervisor()?;
        let rules = self.rules()?;
        let assessor = Assessor::new(
            &self.plan,
            &self.numbers,
            &rules,
            &self.classes,
            terms.number,
        );
        let to_keep_off: Vec<UnitNo> = left_out.iter().map(|(no, _, _)| *no).collect();
        let sieve = Sieve {
            terms,
            last,
            supervisor,
            left_out: &to_keep_off,
            tasks: &self.numbers,
            assessor,
            now: self.ruler(View::on(terms.on)),
            until: self.ruler(View::on(terms.until)),
        };
        let sift = |part: &mut Sifted, sheet: &Sheet| sieve.sift(part, sheet);
        let parts = self.sheets_in_parts(None, Sifted::default, sift)?;
        let (sifted, units) = Sifted::all(parts);
        let Sifted {
            tally,
            lagging,
            own,
            areas,
            reasoned,
            totals,
            tasks,
            kept_off,
            ..
        } = sifted;
        let unnamed = left_out.iter().filter(|(no, _, _)| !kept_off.contains(no));
        let unnamed: Vec<String> = unnamed.map(|(_, unit, _)| unit.short.clone()).collect();
        if !unnamed.is_empty() {
            let saying = say!("error-not-named", names = unnamed.join(", "));
            return Err(saying.hint(say!("error-not-named-hint")).into());
        }
        let supervisor = match supervisor.filter(|_| !own.is_empty()) {
            None => None,
            Some(no) => Some((self.unit(no)?.unit, own)),
        };
        Ok(Draft {
            terms,
            last,
            tally,
            lagging,
            kinds: self
                .classes
                .iter()
                .map(|class| class.kind.to_string())
                .collect(),
            areas: self.short_names(areas.into_iter())?,
            dropped: self.dropped_among(tasks)?,
            reasons: self.reasons(reasoned)?,
            units,
            totals,
            supervisor,
            left_out: left_out
                .into_iter()
                .map(|(_, unit, reason)| (unit, reason))
                .collect(),
        })
    }

    /// The days of the next notice, once they fit.
    fn terms(&self, order: &NoticeOrder) -> Result<Terms, Error> {
        let NoticeOrder {
            until, rectify, on, ..
        } = *order;
        let rectify = rectify.unwrap_or(on + self.plan.rectify);
        let last = self.issued().last();
        if let Some((_, last)) = last
            && on <= last.on
        {
            let (id, number, last) = ("notice-not-after-last", last.number, last.on);
            let saying = say!(id, day = on, number = number, last = last);
            return Err(saying
                .hint(say!("notice-not-after-last-hint", number = number))
                .into());
        }
        if until > on {
            let saying = say!("notice-until-after-issue", until = until, day = on);
            return Err(saying.hint(say!("notice-until-hint")).into());
        }
        if until < self.plan.issued || last.is_some_and(|(_, last)| until < last.until) {
            let first = last.map_or(self.plan.issued, |(_, last)| last.until);
            let saying = say!("notice-until-too-early", until = until, first = first);
            return Err(saying.hint(say!("notice-until-hint")).into());
        }
        if rectify < on {
            let saying = say!("notice-rectify-too-early", rectify = rectify, day = on);
            return Err(saying.hint(say!("notice-rectify-hint")).into());
        }
        let number = last.map_or(1, |(_, last)| last.number + 1);
        Ok(Terms {
            number,
            until,
            on,
            rectify,
        })
    }

    /// The assessment rules by which points were booked, by number.
    ///
    /// # Errors
    /// Whatever the store says.
    pub(crate) fn rules(&self) -> Result<Vec<(RuleNo, String)>, Error> {
        Ok(self.reader().rules()?)
    }

    /// Those of these tasks that the plan has no longer.
    fn dropped_among(&self, mut tasks: Vec<TaskNo>) -> Result<BTreeMap<TaskNo, Dropped>, Error> {
        tasks.sort_unstable();
        tasks.dedup();
        tasks.retain(|number| self.place_of(Some(*number)).is_none());
        let named = |number| Ok((number, Dropped::clone(&*self.dropped(number)?)));
        tasks.into_iter().map(named).collect()
    }

    /// Why work was returned, and units commended, by the entries that say so.
    fn reasons(&self, entries: Vec<Seq>) -> Result<HashMap<Seq, String>, Error> {
        let reason = |seq| Ok((seq, self.reason_of(seq)?.unwrap_or_default()));
        entries.into_iter().map(reason).collect()
    }
}
