//! The wording of sayings, of advice and of what the system refused.

use std::io;

use crate::model::admit::Advice;
use crate::model::proof::Remark;
use crate::query::{Unreviewed, WhyNot};
use crate::report::log::short_id;
use crate::source::problem::Saying;
use crate::words::{Value, Words};

/// A saying in the language of `words`.
pub(super) fn saying(words: &Words, saying: &Saying) -> String {
    let separator = words.text("format-list-separator");
    let args = saying.args.iter().map(|(name, value)| {
        let told = match *name {
            "count" => value
                .parse::<i64>()
                .map_or_else(|_| value.as_str().into(), Value::from),
            // Whoever finds the problem knows no language, and joins lists with a comma.
            "columns" | "forms" | "keys" | "names" | "words" => {
                value.replace(", ", &separator).into()
            }
            _ => value.as_str().into(),
        };
        (*name, told)
    });
    let args: Vec<(&str, Value)> = args.collect();
    words.say(saying.id, &args)
}

/// Advice in words.
pub(super) fn advice(words: &Words, advice: &Advice) -> String {
    match advice {
        Advice::TooEarly { opens } => {
            words.say("advice-too-early", &[("opens", opens.to_string().into())])
        }
        Advice::BeforePlan { begins } => words.say(
            "advice-before-plan",
            &[("begins", begins.to_string().into())],
        ),
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
            let remark = self::remark(words, remark);
            let args = [("name", name.into()), ("remark", remark.into())];
            words.say("advice-proof", &args)
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

/// What the operating system refused, in words. What has none is told as the system tells it.
pub(super) fn io(words: &Words, error: &io::Error) -> String {
    let id = match error.kind() {
        io::ErrorKind::NotFound => "error-io-not-found",
        io::ErrorKind::PermissionDenied => "error-io-denied",
        io::ErrorKind::AlreadyExists => "error-io-exists",
        io::ErrorKind::IsADirectory => "error-io-folder",
        io::ErrorKind::NotADirectory => "error-io-no-folder",
        io::ErrorKind::ReadOnlyFilesystem => "error-io-read-only",
        io::ErrorKind::StorageFull => "error-io-full",
        io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => "error-io-quota",
        io::ErrorKind::InvalidFilename => "error-io-name",
        _ => return error.to_string(),
    };
    words.text(id)
}

/// A unit, and a task of it where there is one.
pub(super) fn unit_and_task(unit: &str, task: Option<&str>) -> String {
    task.map_or_else(|| unit.to_string(), |task| format!("{unit} {task}"))
}

/// Records that could not be reviewed: a line each, and what may help.
pub(super) fn unreviewed(words: &Words, unfit: &[Unreviewed]) -> (Vec<String>, Vec<String>) {
    let mut hints: Vec<String> = Vec::new();
    let mut lines = Vec::new();
    for Unreviewed { what, about, why } in unfit {
        let id = match what {
            Ok(text) => text.clone(),
            Err((address, single)) => short_id(*address, *single),
        };
        let (why, hint) = why_not(words, why);
        hints.extend(hint.filter(|hint| !hints.contains(hint)));
        let about = about
            .as_ref()
            .filter(|_| !id.contains('/'))
            .map(|(unit, task)| format!("{unit} {task} "))
            .unwrap_or_default();
        let args = [("what", format!("{about}{id}").into()), ("why", why.into())];
        lines.push(words.say("review-line", &args));
    }
    (lines, hints)
}

fn why_not(words: &Words, why: &WhyNot) -> (String, Option<String>) {
    match why {
        WhyNot::Unknown => (
            words.text("review-unknown"),
            Some(words.text("error-unknown-entry-hint")),
        ),
        WhyNot::NoRecord => (words.text("review-no-record"), None),
        WhyNot::Undone => (words.text("review-undone"), None),
        WhyNot::Judged {
            accepted,
            verdict: (address, single),
            actor,
            day,
        } => {
            let id = short_id(*address, *single);
            let said = if *accepted {
                "review-accepted"
            } else {
                "review-returned"
            };
            let args = [
                ("actor", actor.as_str().into()),
                ("day", day.to_string().into()),
                ("id", id.as_str().into()),
            ];
            let hint = words.say("review-judged-hint", &[("id", id.as_str().into())]);
            (words.say(said, &args), Some(hint))
        }
        WhyNot::BeforeRecord { day, on } => {
            let args = [
                ("day", day.to_string().into()),
                ("on", on.to_string().into()),
            ];
            let hint = words.text("review-before-record-hint");
            (words.say("review-before-record", &args), Some(hint))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Lang;

    #[test]
    fn one_unit_is_no_plural() {
        let told = |count: &str| {
            let args = vec![("count", count.to_string()), ("names", "Alder".to_string())];
            saying(
                &Words::new(Lang::En),
                &Saying {
                    id: "check-idle",
                    args,
                },
            )
        };
        assert_eq!(told("1"), "1 unit has no obligations: Alder");
        assert_eq!(told("2"), "2 units have no obligations: Alder");
    }

    #[test]
    fn what_the_system_refused_is_told_in_both_languages() {
        let full = io::Error::from(io::ErrorKind::StorageFull);
        assert_eq!(io(&Words::new(Lang::Zh), &full), "磁盘已满");
        assert_eq!(io(&Words::new(Lang::En), &full), "the disk is full");
        let rare = io::Error::other("the drive is on fire");
        assert_eq!(io(&Words::new(Lang::Zh), &rare), "the drive is on fire");
    }
}
