//! Errors in words: `error:`, each cause, `hint:`. Chosen from types, never from the text of another message.

mod store_error;

use self::store_error::of_store;
pub(super) use self::store_error::of_wire;
use super::context::Context;
use super::exit::Exit;
use super::output::is_open_elsewhere;
use super::wording;
use crate::query::{self, Candidate, Error};
use crate::report::Report;
use crate::report::check::CheckReport;
use crate::report::mask;
use crate::source::problem::{Saying, say};
use crate::words::{Words, args};

/// What to print: the message, causes, hints.
struct Diagnosis {
    message: Saying,
    /// In words already: what the system refuses has no id.
    causes: Vec<String>,
    hints: Vec<Saying>,
}

impl From<Saying> for Diagnosis {
    fn from(mut message: Saying) -> Self {
        let hints = message.hint.take().map(|hint| *hint);
        Self {
            message,
            causes: Vec::new(),
            hints: hints.into_iter().collect(),
        }
    }
}

/// Prints an error on standard error.
pub(super) fn tell(context: &mut Context, error: &anyhow::Error) -> Exit {
    let words = context.words().clone();
    if let Some(Error::Problems(problems)) = error.downcast_ref() {
        let report = CheckReport::new(super::commands::check::rows(&words, problems));
        let _ = context.print_aside(report.document(&words));
    }
    let told = if let Some(saying) = error.downcast_ref::<Saying>() {
        saying.clone().into()
    } else if let Some(error) = error.downcast_ref::<Error>() {
        let place = context.place();
        let store = place.map(|place| place.store.to_string());
        of_error(&words, error, &store.unwrap_or_default())
    } else if let Some(cause) = error.downcast_ref::<std::io::Error>() {
        caused(say!("error-output"), &words, cause)
    } else {
        Diagnosis {
            causes: error.chain().map(ToString::to_string).collect(),
            ..say!("error-other").into()
        }
    };
    let style = anstyle::Style::new()
        .bold()
        .fg_color(Some(anstyle::AnsiColor::Red.into()));
    let label = words.text("talk-error");
    let label = if context.aside().colour {
        format!("{style}{label}{style:#}")
    } else {
        label
    };
    // These lines go into the mails of cron too.
    let shown = |text: &str| crate::render::visible(&mask::text(text)).into_owned();
    let say = |saying: &Saying| wording::saying(&words, saying);
    let mut lines = vec![format!("{label}{}", shown(&say(&told.message)))];
    let hints = told.hints.iter().map(say).collect();
    for (id, texts) in [("talk-cause", told.causes), ("talk-hint", hints)] {
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

/// A sentence with the reason that the system gives.
fn caused(message: Saying, words: &Words, cause: &std::io::Error) -> Diagnosis {
    let mut told = Diagnosis {
        causes: vec![wording::io(words, cause)],
        ..message.into()
    };
    let helps = wording::no_picture(cause).and_then(|told| told.hint);
    told.hints.extend(helps.map(|hint| *hint));
    told
}

/// The hint that lists what a name may mean; none where it may mean nothing.
fn candidates(id: &'static str, candidates: &[Candidate]) -> Option<Saying> {
    let names = candidates.iter().take(8).map(Candidate::to_string);
    let mut names: Vec<String> = names.collect();
    if candidates.len() > names.len() {
        names.push("...".to_string());
    }
    (!names.is_empty()).then(|| say!(id, names = names.join(", ")))
}

/// A name that stands for nothing: what is near, or where somebody finds what there is.
fn unknown(message: Saying, near: &[Candidate], hint: &'static str) -> Diagnosis {
    let hint = candidates("error-near", near).unwrap_or_else(|| say!(hint));
    message.hint(hint).into()
}

fn of_error(words: &Words, error: &Error, store: &str) -> Diagnosis {
    match error {
        Error::Said(saying) => saying.clone().into(),
        Error::Unreadable { path, cause } => caused(
            say!("error-unreadable", path = path.display()),
            words,
            cause,
        ),
        Error::Unwritable { path, cause } => {
            let held = is_held(cause) || is_open_elsewhere(path);
            let hint = match cause.kind() {
                _ if held => Some(say!("error-unwritable-open-hint")),
                std::io::ErrorKind::NotFound => Some(say!("error-unwritable-folder-hint")),
                _ => None,
            };
            let saying = say!("error-unwritable", path = path.display());
            caused(saying.hint(hint), words, cause)
        }
        Error::Problems(_) => say!("error-problems")
            .hint(say!("error-problems-hint"))
            .into(),
        Error::Store(error) => of_store(words, error, store).into(),
        Error::Wire(error) => of_wire(words, error).into(),
        Error::UnknownUnit { text, near } => {
            let saying = say!("error-unknown-unit", text = text);
            unknown(saying, near, "error-unknown-unit-hint")
        }
        Error::UnknownTask { text, near } => {
            let saying = say!("error-unknown-task", text = text);
            // Somebody may have written the amount as a word of its own.
            match text.starts_with(|first: char| first.is_numeric()) && near.is_empty() {
                true => unknown(saying, near, "error-task-amount-hint"),
                false => unknown(saying, near, "error-unknown-task-hint"),
            }
        }
        Error::UnknownName { text, near } => {
            let saying = say!("error-unknown-name", text = text);
            unknown(saying, near, "error-unknown-name-hint")
        }
        Error::AmbiguousUnit {
            text,
            matched,
            candidates: found,
        } => {
            let hints = candidates("error-candidates", found).into_iter();
            // An area tells apart only what does not lie in one.
            let apart = found.windows(2).any(|two| two[0].area != two[1].area);
            let area = found.iter().find_map(|unit| unit.area.as_deref());
            let how = match area.filter(|_| apart) {
                Some(area) => {
                    let name = text.rsplit('/').next().unwrap_or(text).trim();
                    say!("error-ambiguous-unit-hint", name = format!("{area}/{name}"))
                }
                None => say!("hint-use-code"),
            };
            Diagnosis {
                hints: hints.chain([how]).collect(),
                ..say!("error-ambiguous-unit", text = text, n = matched).into()
            }
        }
        Error::AmbiguousTask {
            text,
            candidates: found,
        } => {
            let saying = say!("error-ambiguous-task", text = text, n = found.len());
            saying.hint(candidates("error-candidates", found)).into()
        }
        Error::UnknownPart { what, text, known } => {
            let id = match *what {
                "area" => "error-unknown-area",
                "kind" => "error-unknown-kind",
                "label" => "error-unknown-label",
                _ => "error-unknown-phase",
            };
            let hint = (!known.is_empty()).then(|| say!("error-known", names = known.join(", ")));
            say!(id, text = text).hint(hint).into()
        }
        Error::NotUndoable { id, kind } => {
            let hint = match *kind {
                "book" => say!("error-notice-stands-hint"),
                _ => say!("error-not-undoable-hint"),
            };
            let kind = words.text(&format!("log-kind-{kind}"));
            say!("error-not-undoable", id = id, kind = kind)
                .hint(hint)
                .into()
        }
        Error::Refused(drafts) => {
            let lines = drafts.iter().flat_map(|draft| {
                draft.refusals.iter().map(|refusal| {
                    let (unit, task) = (&draft.unit.1, &draft.task.1);
                    let why = wording::saying(words, &query::refusal(refusal));
                    let args = args!(unit = unit, task = task, why = why);
                    words.say("error-refused-line", &args)
                })
            });
            let hints = drafts.iter();
            let hints = hints.filter_map(|draft| query::successors_hint(&draft.successors));
            Diagnosis {
                causes: lines.collect(),
                hints: each_once(hints),
                ..say!("error-refused").into()
            }
        }
        Error::Unreviewed(unfit) => {
            let line = |one: &query::Unreviewed| {
                let about = one.about.as_ref();
                let about = about.map(|(unit, task)| format!("{unit} {task} "));
                let what = about.unwrap_or_default() + &one.what;
                let why = wording::saying(words, &one.why);
                words.say("review-line", &args!(what = what, why = why))
            };
            let hints = unfit.iter().filter_map(|one| one.why.hint.as_deref());
            Diagnosis {
                causes: unfit.iter().map(line).collect(),
                hints: each_once(hints.cloned()),
                ..say!("error-unreviewed").into()
            }
        }
    }
}

/// Hints, each once.
fn each_once(hints: impl Iterator<Item = Saying>) -> Vec<Saying> {
    let mut once: Vec<Saying> = Vec::new();
    for hint in hints {
        if !once.contains(&hint) {
            once.push(hint);
        }
    }
    once
}
