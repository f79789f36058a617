//! Why a draft was refused, as one message for `done`, `correct` and `import` alike, and who to record it for instead.

use super::error::{Candidate, Error};
use super::names::many_periods;
use super::workspace::Workspace;
use crate::model::admit::Refusal;
use crate::model::advice::Advice;
use crate::model::code::UnitCode;
use crate::model::proof::Remark;
use crate::model::unit::UnitNo;
use crate::source::problem::{Saying, say};

impl Workspace {
    /// Who has taken over from a unit, where one of the refusals is that it owes no more.
    ///
    /// # Errors
    /// Whatever the store says.
    pub(crate) fn successors_of(
        &self,
        unit: UnitNo,
        refusals: &[Refusal],
    ) -> Result<Vec<Candidate>, Error> {
        let is_over = |refusal: &Refusal| matches!(refusal, Refusal::AfterUntil { .. });
        if !refusals.iter().any(is_over) {
            return Ok(Vec::new());
        }
        self.taken_over_by(&self.unit(unit)?.unit.code)
    }

    /// Who has taken over the unit of that code.
    ///
    /// # Errors
    /// Whatever the store says.
    pub(crate) fn taken_over_by(&self, code: &UnitCode) -> Result<Vec<Candidate>, Error> {
        let rows = self.reader().successors_of(code)?;
        rows.iter().map(|row| self.candidate(row)).collect()
    }
}

/// The hint that names who has taken over; none where nobody has.
pub(crate) fn successors_hint(successors: &[Candidate]) -> Option<Saying> {
    let names: Vec<String> = successors.iter().map(ToString::to_string).collect();
    let names = names.join(", ");
    (!names.is_empty()).then(|| say!("refusal-successor-hint", names = names))
}

/// Advice as a message.
pub(crate) fn advice(advice: &Advice) -> Saying {
    match advice {
        Advice::TooEarly { opens } => say!("advice-too-early", opens = opens),
        Advice::BeforePlan { begins } => say!("advice-before-plan", begins = begins),
        Advice::NoPeriod => say!("advice-no-period"),
        Advice::NotOrdered => say!("advice-not-ordered"),
        Advice::Stands => say!("advice-stands"),
        Advice::Returned => say!("advice-returned"),
        Advice::Fulfilled { day } => say!("advice-fulfilled", day = day),
        Advice::TotalFell { before } => say!("advice-total-fell", before = before),
        Advice::FarMore { need } => say!("advice-far-more", need = need),
        Advice::ProofExpected => say!("advice-proof-expected"),
        Advice::Proof { remark, .. } => match remark {
            Remark::TakenLater { taken, today } => {
                say!("evidence-taken-later", taken = taken, today = today)
            }
            Remark::Uncompared { media } => say!("evidence-uncompared", media = media),
            Remark::TooManyPixels { millions } => say!("evidence-too-many-pixels", n = millions),
            Remark::TooManyBytes { size } => {
                say!("evidence-too-many-bytes", size = size.div_ceil(1 << 20))
            }
            Remark::Restored => say!("evidence-restored"),
        },
    }
}

/// A refusal as a message.
pub(crate) fn refusal(refusal: &Refusal) -> Saying {
    match refusal {
        Refusal::Future { day, today } => say!("refusal-future", day = day, today = today),
        Refusal::LongAgo { day } => say!("refusal-long-ago", day = day),
        Refusal::BeforeSince { day, since } => {
            say!("refusal-before-since", day = day, since = since)
        }
        Refusal::AfterUntil { day, until } => {
            say!("refusal-after-until", day = day, until = until)
        }
        Refusal::NotOwed => say!("refusal-not-owed"),
        Refusal::Open { question } => say!("refusal-open", question = question),
        Refusal::ByRoster => say!("refusal-by-roster"),
        Refusal::NotPositive { count } => say!("refusal-not-positive", count = count),
        Refusal::Absurd { count } => say!("refusal-absurd", count = count),
        Refusal::OtherMeasure { measure, wanted } => {
            say!("refusal-other-measure", measure = measure, wanted = wanted)
        }
        Refusal::TotalOfAdding => say!("refusal-total-of-adding"),
        Refusal::TotalReached {
            total,
            standing,
            day,
        } if total < standing => {
            say!(
                "refusal-total-below",
                total = total,
                standing = standing,
                day = day
            )
        }
        Refusal::TotalReached {
            total,
            standing,
            day,
        } => {
            say!(
                "refusal-total-reached",
                total = total,
                standing = standing,
                day = day
            )
        }
        Refusal::TotalAndCount => say!("refusal-total-and-count"),
        Refusal::TotalMissing => say!("refusal-total-missing"),
        Refusal::NilNotTaken => say!("refusal-nil-not-taken"),
        Refusal::NilWithCount => say!("refusal-nil-with-count"),
        Refusal::UnknownForm { forms, .. } if forms.is_empty() => say!("refusal-no-forms"),
        Refusal::UnknownForm { form, forms } => {
            say!(
                "refusal-unknown-form",
                form = form,
                forms = forms.join(", ")
            )
        }
        Refusal::NoPeriods => say!("refusal-no-periods"),
        Refusal::ManyPeriods { keys } => many_periods(keys),
        Refusal::NoSuchPeriod { day } => say!("refusal-no-such-period", day = day),
        Refusal::NoProof => say!("refusal-no-proof"),
    }
}
