//! Issuing a notice: entries of one batch, documents kept word for word.

use std::io::{self, Write};

use super::recording::{Recording, Written};
use crate::model::entry::{Act, Address, Booking, Entry, Kept, LeftOut, Notice};
use crate::model::notice::{Draft, ToldNaming};
use crate::query::{Error, Workspace};

/// One form of a document, for whoever takes its bytes.
pub(crate) type Edition<'a> = Box<dyn Fn(&mut dyn Write) -> io::Result<()> + 'a>;

impl Recording {
    /// Issues a notice that was drafted from this very recording: keeps its documents word for word and books the points.
    ///
    /// # Errors
    /// Whatever the store says.
    pub(crate) fn issue_notice(
        mut self,
        draft: &Draft,
        files: &[(String, Edition<'_>)],
    ) -> Result<Written<Address>, Error> {
        let kept = files
            .iter()
            .map(|(name, write)| self.transaction.keep(name, &mut |out| write(out)));
        let kept: Vec<Kept> = kept.collect::<Result<_, _>>()?;
        let terms = &draft.terms;
        let left_out = draft.left_out.iter().map(|(unit, reason)| LeftOut {
            unit: unit.code.clone(),
            reason: reason.clone(),
        });
        let notice = Notice {
            number: terms.number,
            until: terms.until,
            rectify: terms.rectify,
            left_out: left_out.collect(),
            files: kept,
        };
        let mut entries = vec![Entry {
            unit: None,
            task: None,
            day: terms.on,
            act: Act::Notice(notice),
        }];
        book(&self, draft, &mut entries)?;
        let address = self.append(entries)?;
        self.commit(address)
    }
}

/// The points that a notice books.
fn book(workspace: &Workspace, draft: &Draft, entries: &mut Vec<Entry>) -> Result<(), Error> {
    let assessment = workspace.plan.assessment.as_ref();
    let rules = assessment.map_or(&[][..], |it| &it.rules);
    let terms = &draft.terms;
    for named in draft.units.iter() {
        for ToldNaming { naming, .. } in named.namings() {
            let of = match naming.of {
                None => None,
                Some(seq) => workspace.reader().entry(seq)?.map(|entry| entry.address),
            };
            let booking = Booking {
                notice: terms.number,
                on: naming.on,
                period: naming.period,
                of,
                days: naming.days,
                rule: naming.rule.map(|place| rules[place].id.clone()),
                points: naming.points,
            };
            entries.push(Entry {
                unit: Some(named.no()),
                task: naming.task.map(|place| workspace.numbers[place]),
                day: terms.on,
                act: Act::Book(booking),
            });
        }
    }
    Ok(())
}
