//! Errors in words: `error:`, each cause, `hint:`. Chosen from types, never from the text of another message.

mod store_error;

use std::fmt;

use self::store_error::{of_store, of_wire};
use super::context::Context;
use super::exit::Exit;
use super::output::is_open_elsewhere;
use super::wording;
use crate::ops::rejected_said;
use crate::query::{self, Candidate, Error};
use crate::report::Report;
use crate::report::check::CheckReport;
use crate::report::mask;
use crate::words::{Value, Words};

/// What the shell itself finds wrong: a message, its values, and the message of a hint.
#[derive(Clone, Debug)]
pub(super) struct UsageError {
    id: &'static str,
    args: Vec<(&'static str, String)>,
    hint: Option<&'static str>,
}

impl UsageError {
    /// A trouble without a hint.
    pub(super) const fn new(id: &'static str, args: Vec<(&'static str, String)>) -> Self {
        Self {
            id,
            args,
            hint: None,
        }
    }

    /// The same with a hint.
    pub(super) const fn hint(mut self, id: &'static str) -> Self {
        self.hint = Some(id);
        self
    }
}

impl fmt::Display for UsageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id)
    }
}

impl std::error::Error for UsageError {}

/// What to print: the message, causes, hints.
#[derive(Default)]
struct Told {
    message: String,
    causes: Vec<String>,
    hints: Vec<String>,
}

/// Prints an error on standard error.
pub(super) fn tell(context: &mut Context, error: &anyhow::Error) -> Exit {
    let words = context.words().clone();
    let colour = context.world.terminal.stderr && context.world.variable("NO_COLOR").is_none();
    if let Some(Error::Problems(problems)) = error.downcast_ref() {
        let report = CheckReport::new(super::commands::check::rows(&words, problems));
        let _ = context.print_aside(report.document(&words));
    }
    let told = match (
        error.downcast_ref::<UsageError>(),
        error.downcast_ref::<Error>(),
    ) {
        (Some(trouble), _) => of_trouble(&words, trouble),
        (None, Some(fault)) => {
            let store = context
                .place()
                .map(|place| place.store.display().to_string())
                .unwrap_or_default();
            of_fault(&words, fault, &store)
        }
        (None, None) => match error.downcast_ref::<std::io::Error>() {
            Some(cause) => Told {
                message: words.text("error-output"),
                causes: vec![wording::io(&words, cause)],
                hints: Vec::new(),
            },
            None => Told {
                message: words.text("error-other"),
                causes: error.chain().map(ToString::to_string).collect(),
                hints: Vec::new(),
            },
        },
    };
    let style = anstyle::Style::new()
        .bold()
        .fg_color(Some(anstyle::AnsiColor::Red.into()));
    let label = words.text("talk-error");
    let label = if colour {
        format!("{style}{label}{style:#}")
    } else {
        label
    };
    // These lines go into the mails of cron too.
    let shown = |text: &str| crate::render::visible(&mask::text(text)).into_owned();
    let mut lines = vec![format!("{label}{}", shown(&told.message))];
    for (id, texts) in [("talk-cause", told.causes), ("talk-hint", told.hints)] {
        let label = words.text(id);
        lines.extend(texts.iter().map(|text| format!("{label}{}", shown(text))));
    }
    for line in lines {
        let _ = writeln!(context.world.stderr, "{line}");
    }
    Exit::Failed
}

/// Whether another program holds a file open so that it cannot be replaced.
fn is_held(cause: &std::io::Error) -> bool {
    use std::io::ErrorKind::{ExecutableFileBusy, ResourceBusy};
    // What Windows calls a sharing and a lock violation; std has no kind for them.
    let shared = cfg!(windows) && matches!(cause.raw_os_error(), Some(32 | 33));
    shared || matches!(cause.kind(), ResourceBusy | ExecutableFileBusy)
}

fn of_trouble(words: &Words, trouble: &UsageError) -> Told {
    let args: Vec<(&str, Value)> = trouble
        .args
        .iter()
        .map(|(name, value)| {
            let number = value.parse::<i64>().ok().filter(|_| *name == "n");
            (
                *name,
                number.map_or_else(|| value.as_str().into(), Value::from),
            )
        })
        .collect();
    Told {
        message: words.say(trouble.id, &args),
        causes: Vec::new(),
        hints: trouble.hint.map(|id| words.text(id)).into_iter().collect(),
    }
}

fn candidates(words: &Words, id: &str, candidates: &[Candidate]) -> Vec<String> {
    let mut names: Vec<String> = candidates
        .iter()
        .take(8)
        .map(Candidate::to_string)
        .collect();
    if candidates.len() > names.len() {
        names.push("...".to_string());
    }
    if names.is_empty() {
        return Vec::new();
    }
    vec![words.say(
        id,
        &[(
            "names",
            names.join(&words.text("format-list-separator")).into(),
        )],
    )]
}

/// What is near, or where somebody finds what there is.
fn near_or(words: &Words, near: &[Candidate], hint: &str) -> Vec<String> {
    match near {
        [] => vec![words.text(hint)],
        near => candidates(words, "error-near", near),
    }
}

#[expect(
    clippy::too_many_lines,
    reason = "one arm a fault: the whole list in one place is what keeps it complete"
)]
fn of_fault(words: &Words, fault: &Error, store: &str) -> Told {
    let told = |message: String| Told {
        message,
        ..Told::default()
    };
    let hinted = |message: String, hint: &str| Told {
        message,
        causes: Vec::new(),
        hints: vec![words.text(hint)],
    };
    let path = |path: &std::path::Path| path.display().to_string();
    match fault {
        Error::NoPlan => hinted(words.text("error-no-plan"), "error-no-plan-hint"),
        Error::Unreadable { path: file, cause } => Told {
            message: words.say("error-unreadable", &[("path", path(file).into())]),
            causes: vec![wording::io(words, cause)],
            hints: Vec::new(),
        },
        Error::Unwritable { path: file, cause } => {
            let held = is_held(cause) || is_open_elsewhere(file);
            let hint = held.then(|| words.text("error-unwritable-open-hint"));
            Told {
                message: words.say("error-unwritable", &[("path", path(file).into())]),
                causes: vec![wording::io(words, cause)],
                hints: hint.into_iter().collect(),
            }
        }
        Error::Exists(file) => hinted(
            words.say("error-exists", &[("path", path(file).into())]),
            "error-exists-hint",
        ),
        Error::Problems(_) => hinted(words.text("error-problems"), "error-problems-hint"),
        Error::Store(error) => of_store(words, error, store),
        Error::Changed => hinted(words.text("error-changed"), "error-changed-hint"),
        Error::NoStore { path: file } => hinted(
            words.say("error-no-store", &[("path", path(file).into())]),
            "error-no-store-hint",
        ),
        Error::UnknownUnit { text, near } => Told {
            message: words.say("error-unknown-unit", &[("text", text.as_str().into())]),
            causes: Vec::new(),
            hints: near_or(words, near, "error-unknown-unit-hint"),
        },
        Error::AmbiguousUnit {
            text,
            candidates: found,
        } => {
            let args = [("text", text.as_str().into()), ("n", found.len().into())];
            let mut hints = candidates(words, "error-candidates", found);
            hints.push(words.text("error-ambiguous-unit-hint"));
            Told {
                message: words.say("error-ambiguous-unit", &args),
                causes: Vec::new(),
                hints,
            }
        }
        Error::UnknownTask { text, near } => Told {
            message: words.say("error-unknown-task", &[("text", text.as_str().into())]),
            causes: Vec::new(),
            hints: near_or(words, near, "error-unknown-task-hint"),
        },
        Error::UnknownName { text, near } => Told {
            message: words.say("error-unknown-name", &[("text", text.as_str().into())]),
            causes: Vec::new(),
            hints: near_or(words, near, "error-unknown-name-hint"),
        },
        Error::AmbiguousTask {
            text,
            candidates: found,
        } => {
            let args = [("text", text.as_str().into()), ("n", found.len().into())];
            Told {
                message: words.say("error-ambiguous-task", &args),
                causes: Vec::new(),
                hints: candidates(words, "error-candidates", found),
            }
        }
        Error::UnknownPart { what, text, known } => Told {
            message: words.say(
                &format!("error-unknown-{what}"),
                &[("text", text.as_str().into())],
            ),
            causes: Vec::new(),
            hints: (!known.is_empty())
                .then(|| {
                    let names = known.join(&words.text("format-list-separator"));
                    words.say("error-known", &[("names", names.into())])
                })
                .into_iter()
                .collect(),
        },
        Error::AmbiguousPart { text, known } => {
            let names = known.join(&words.text("format-list-separator"));
            Told {
                message: words.say("error-ambiguous-part", &[("text", text.as_str().into())]),
                causes: Vec::new(),
                hints: vec![words.say("error-candidates", &[("names", names.into())])],
            }
        }
        Error::UnknownEntry { text } => hinted(
            words.say("error-unknown-entry", &[("text", text.as_str().into())]),
            "error-unknown-entry-hint",
        ),
        Error::AmbiguousEntry { text, candidates } => Told {
            message: words.say("error-ambiguous-entry", &[("text", text.as_str().into())]),
            causes: Vec::new(),
            hints: vec![words.say(
                "error-candidates",
                &[("names", candidates.join(" ").into())],
            )],
        },
        Error::NoRecord { id } => told(words.say("error-no-record", &[("id", id.as_str().into())])),
        Error::Undone { id } => told(words.say("error-undone", &[("id", id.as_str().into())])),
        Error::NotUndoable { id, kind } => {
            let hint = if *kind == "book" {
                "error-notice-stands-hint"
            } else {
                "error-not-undoable-hint"
            };
            let kind = words.text(&format!("log-kind-{kind}"));
            let message = words.say(
                "error-not-undoable",
                &[("id", id.as_str().into()), ("kind", kind.into())],
            );
            hinted(message, hint)
        }
        Error::NothingToUndo { actor } => hinted(
            words.say("error-nothing-to-undo", &[("actor", actor.as_str().into())]),
            "error-nothing-to-undo-hint",
        ),
        Error::Refused(drafts) => {
            let lines = drafts.iter().flat_map(|draft| {
                draft.refusals.iter().map(|refusal| {
                    words.say(
                        "error-refused-line",
                        &[
                            ("unit", draft.unit.1.as_str().into()),
                            ("task", draft.task.1.as_str().into()),
                            (
                                "why",
                                wording::saying(words, &query::refusal(refusal)).into(),
                            ),
                        ],
                    )
                })
            });
            let mut hints: Vec<String> = Vec::new();
            for successor in drafts
                .iter()
                .filter_map(|refusal| refusal.successor.as_ref())
            {
                let hint = wording::saying(words, &query::successor_hint(successor));
                if !hints.contains(&hint) {
                    hints.push(hint);
                }
            }
            Told {
                message: words.text("error-refused"),
                causes: lines.collect(),
                hints,
            }
        }
        Error::Unreviewed(unfit) => {
            let (causes, hints) = wording::unreviewed(words, unfit);
            Told {
                message: words.text("error-unreviewed"),
                causes,
                hints,
            }
        }
        Error::RectifyBefore { due, on } => {
            let args = [
                ("due", due.to_string().into()),
                ("on", on.to_string().into()),
            ];
            hinted(
                words.say("error-rectify-before", &args),
                "error-rectify-before-hint",
            )
        }
        Error::Day(saying, hint) => hinted(wording::saying(words, saying), hint),
        Error::NotNamed { units } => {
            let names = units.join(&words.text("format-list-separator"));
            hinted(
                words.say("error-not-named", &[("names", names.into())]),
                "error-not-named-hint",
            )
        }
        Error::NoReason => hinted(words.text("error-no-reason"), "error-no-reason-hint"),
        Error::NotOnInstruction { task } => hinted(
            words.say(
                "error-not-on-instruction",
                &[("task", task.as_str().into())],
            ),
            "error-not-on-instruction-hint",
        ),
        Error::NoBackend { store } => {
            told(words.say("error-no-backend", &[("store", store.as_str().into())]))
        }
        Error::NotOwed { unit, task } => told(words.say(
            "error-not-owed",
            &[
                ("unit", unit.as_str().into()),
                ("task", task.as_str().into()),
            ],
        )),
        Error::NotLater { due, day } => told(words.say(
            "error-not-later",
            &[
                ("due", due.to_string().into()),
                ("day", day.to_string().into()),
            ],
        )),
        Error::NoSuchPeriod { task, text } => hinted(
            words.say(
                "error-no-such-period",
                &[
                    ("task", task.as_str().into()),
                    ("text", text.as_str().into()),
                ],
            ),
            "error-no-such-period-hint",
        ),
        Error::NoPeriods { task } => {
            told(words.say("error-no-periods", &[("task", task.as_str().into())]))
        }
        Error::UnitsWithEntries { units } => {
            let names: Vec<String> = units
                .iter()
                .take(8)
                .map(|unit| format!("{} {}", unit.code, unit.name))
                .collect();
            let names = names.join(&words.text("format-list-separator"));
            let args = [("n", units.len().into()), ("names", names.into())];
            hinted(
                words.say("error-units-with-entries", &args),
                "error-units-with-entries-hint",
            )
        }
        Error::Wire(error) => told(of_wire(words, error)),
        Error::OtherPlan { found, wanted } => told(words.say(
            "error-other-plan",
            &[
                ("found", found.as_str().into()),
                ("wanted", wanted.as_str().into()),
            ],
        )),
        Error::NoticeStands { number } => hinted(
            words.say("error-notice-stands", &[("n", (*number).into())]),
            "error-notice-stands-hint",
        ),
        Error::TwoNotices { number } => hinted(
            words.say("error-two-notices", &[("n", (*number).into())]),
            "error-two-notices-hint",
        ),
        Error::NoAssessment => hinted(
            words.text("error-no-assessment"),
            "error-no-assessment-hint",
        ),
        Error::NothingBooked { unit, task, notice } => hinted(
            words.say(
                "error-nothing-booked",
                &[
                    ("what", wording::unit_and_task(unit, task.as_deref()).into()),
                    ("n", (*notice).into()),
                ],
            ),
            "error-nothing-booked-hint",
        ),
        Error::Objected { id } => hinted(
            words.say("error-objected", &[("id", id.as_str().into())]),
            "error-objected-hint",
        ),
        Error::NoObjection { text } => hinted(
            words.say("error-no-objection", &[("text", text.as_str().into())]),
            "error-no-objection-hint",
        ),
        Error::AlreadyHeard { id } => hinted(
            words.say("error-already-heard", &[("id", id.as_str().into())]),
            "error-already-heard-hint",
        ),
        Error::NoNotice { number, known } => {
            let known: Vec<String> = known.iter().map(ToString::to_string).collect();
            let names = known.join(&words.text("format-list-separator"));
            let hints =
                (!known.is_empty()).then(|| words.say("error-issued", &[("names", names.into())]));
            Told {
                message: words.say("error-no-notice", &[("n", (*number).into())]),
                causes: Vec::new(),
                hints: hints.into_iter().collect(),
            }
        }
        Error::Evidence { path: file, unfit } => {
            let (saying, hint) = rejected_said(&path(file), unfit);
            Told {
                message: wording::saying(words, &saying),
                causes: Vec::new(),
                hints: hint
                    .iter()
                    .map(|hint| wording::saying(words, hint))
                    .collect(),
            }
        }
    }
}
