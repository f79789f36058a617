//! The wording of typed objections, advice and sayings.

use crate::model::admit::{Advice, Objection};
use crate::model::proof::Remark;
use crate::source::problem::Saying;
use crate::words::Words;

/// A saying in the language of `words`.
pub fn saying(words: &Words, saying: &Saying) -> String {
    let args: Vec<_> = saying
        .args
        .iter()
        .map(|(name, value)| (*name, value.as_str().into()))
        .collect();
    words.say(saying.id, &args)
}

/// An objection in words.
pub fn objection(words: &Words, objection: &Objection) -> String {
    match objection {
        Objection::Future { day, today } => words.say(
            "objection-future",
            &[
                ("day", day.to_string().into()),
                ("today", today.to_string().into()),
            ],
        ),
        Objection::LongAgo { day } => {
            words.say("objection-long-ago", &[("day", day.to_string().into())])
        }
        Objection::NotOwed => words.text("objection-not-owed"),
        Objection::Open { question } => {
            words.say("objection-open", &[("question", question.as_str().into())])
        }
        Objection::ByRoster => words.text("objection-by-roster"),
        Objection::NotPositive { count } => words.say(
            "objection-not-positive",
            &[("count", count.to_string().into())],
        ),
        Objection::Absurd { count } => {
            words.say("objection-absurd", &[("count", count.to_string().into())])
        }
        Objection::TotalOfAdding => words.text("objection-total-of-adding"),
        Objection::TotalMissing => words.text("objection-total-missing"),
        Objection::NilNotTaken => words.text("objection-nil-not-taken"),
        Objection::NilWithCount => words.text("objection-nil-with-count"),
        Objection::UnknownForm { forms, .. } if forms.is_empty() => {
            words.text("objection-no-forms")
        }
        Objection::UnknownForm { form, forms } => words.say(
            "objection-unknown-form",
            &[
                ("form", form.as_str().into()),
                (
                    "forms",
                    forms.join(&words.text("format-list-separator")).into(),
                ),
            ],
        ),
        Objection::NoPeriods => words.text("objection-no-periods"),
        Objection::NoSuchPeriod { day } => words.say(
            "objection-no-such-period",
            &[("day", day.to_string().into())],
        ),
        Objection::NoProof => words.text("objection-no-proof"),
    }
}

/// Advice in words.
pub fn advice(words: &Words, advice: &Advice) -> String {
    match advice {
        Advice::TooEarly { opens } => {
            words.say("advice-too-early", &[("opens", opens.to_string().into())])
        }
        Advice::NoPeriod => words.text("advice-no-period"),
        Advice::NotOrdered => words.text("advice-not-ordered"),
        Advice::Stands => words.text("advice-stands"),
        Advice::Fulfilled { day } => {
            words.say("advice-fulfilled", &[("day", day.to_string().into())])
        }
        Advice::TotalFell { before } => words.say(
            "advice-total-fell",
            &[("before", before.to_string().into())],
        ),
        Advice::FarMore { need } => {
            words.say("advice-far-more", &[("need", need.to_string().into())])
        }
        Advice::ProofExpected => words.text("advice-proof-expected"),
        Advice::Proof { name, remark } => {
            let name = crate::report::mask::text(name);
            format!("{name}: {}", self::remark(words, remark))
        }
    }
}

/// A remark on a piece of proof in words.
fn remark(words: &Words, remark: &Remark) -> String {
    match remark {
        Remark::TakenLater { taken, today } => words.say(
            "evidence-taken-later",
            &[
                ("taken", taken.to_string().into()),
                ("today", today.to_string().into()),
            ],
        ),
        Remark::Uncompared { media } => {
            words.say("evidence-uncompared", &[("media", (*media).into())])
        }
        Remark::TooManyPixels { millions } => {
            words.say("evidence-too-many-pixels", &[("n", (*millions).into())])
        }
        Remark::TooManyBytes { size } => words.say(
            "evidence-too-many-bytes",
            &[("size", size.div_ceil(1 << 20).into())],
        ),
        Remark::Restored => words.text("evidence-restored"),
        Remark::NotBeside => words.text("evidence-not-beside"),
        Remark::Outside => words.text("evidence-outside"),
    }
}
