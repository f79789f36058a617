//! Why a draft was refused, as one message for `done`, `correct` and `import` alike, and who to record it for instead.

use super::fault::{Candidate, Fault};
use super::workspace::Workspace;
use crate::model::admit::Objection;
use crate::model::unit::UnitNo;
use crate::source::problem::{Saying, say};

impl Workspace {
    /// Who has taken over from a unit, where one of the objections is that it owes no more.
    ///
    /// # Errors
    /// Whatever the store says.
    pub(crate) fn successor_of(
        &self,
        unit: UnitNo,
        objections: &[Objection],
    ) -> Result<Option<Candidate>, Fault> {
        let is_over = |objection: &Objection| matches!(objection, Objection::AfterUntil { .. });
        if !objections.iter().any(is_over) {
            return Ok(None);
        }
        let code = self.unit(unit)?.unit.code;
        let row = self.reader().successor_of(&code)?;
        row.map(|row| self.candidate(&row)).transpose()
    }
}

/// The hint that names who has taken over.
pub fn successor_hint(successor: &Candidate) -> Saying {
    say!("objection-successor-hint", names = successor)
}

/// An objection as a message.
pub fn objection(objection: &Objection) -> Saying {
    match objection {
        Objection::Future { day, today } => say!("objection-future", day = day, today = today),
        Objection::LongAgo { day } => say!("objection-long-ago", day = day),
        Objection::BeforeSince { day, since } => {
            say!("objection-before-since", day = day, since = since)
        }
        Objection::AfterUntil { day, until } => {
            say!("objection-after-until", day = day, until = until)
        }
        Objection::NotOwed => say!("objection-not-owed"),
        Objection::Open { question } => say!("objection-open", question = question),
        Objection::ByRoster => say!("objection-by-roster"),
        Objection::NotPositive { count } => say!("objection-not-positive", count = count),
        Objection::Absurd { count } => say!("objection-absurd", count = count),
        Objection::OtherMeasure { measure, wanted } => {
            say!(
                "objection-other-measure",
                measure = measure,
                wanted = wanted
            )
        }
        Objection::TotalOfAdding => say!("objection-total-of-adding"),
        Objection::TotalMissing => say!("objection-total-missing"),
        Objection::NilNotTaken => say!("objection-nil-not-taken"),
        Objection::NilWithCount => say!("objection-nil-with-count"),
        Objection::UnknownForm { forms, .. } if forms.is_empty() => say!("objection-no-forms"),
        Objection::UnknownForm { form, forms } => {
            say!(
                "objection-unknown-form",
                form = form,
                forms = forms.join(", ")
            )
        }
        Objection::NoPeriods => say!("objection-no-periods"),
        Objection::NoSuchPeriod { day } => say!("objection-no-such-period", day = day),
        Objection::NoProof => say!("objection-no-proof"),
    }
}
