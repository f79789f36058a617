//! What the store and journals find wrong, in words.

use std::fmt;

use super::Told;
use crate::cli::wording;
use crate::journal::wire::{Fault as WireFault, WireError};
use crate::store::StoreError;
use crate::words::{Value, Words};

pub(super) fn of_store(words: &Words, error: &StoreError, path: &str) -> Told {
    let path = || ("path", Value::from(path));
    let with = |id: &str, detail: &dyn fmt::Display| {
        words.say(id, &[path(), ("detail", detail.to_string().into())])
    };
    let (message, hint) = match error {
        StoreError::Busy => (
            words.text("error-store-busy"),
            Some("error-store-busy-hint"),
        ),
        StoreError::ReadOnly => (
            words.say("error-store-read-only", &[path()]),
            Some("error-store-read-only-hint"),
        ),
        StoreError::Full => (words.text("error-store-full"), None),
        StoreError::Newer { found, known } => {
            let args = [
                path(),
                ("found", (*found).into()),
                ("known", (*known).into()),
            ];
            (
                words.say("error-store-newer", &args),
                Some("error-store-newer-hint"),
            )
        }
        StoreError::Wal => (
            words.say("error-store-wal", &[path()]),
            Some("error-store-wal-hint"),
        ),
        StoreError::Foreign | StoreError::NotADatabase => {
            (words.say("error-store-foreign", &[path()]), None)
        }
        StoreError::Corrupt { detail } => (
            with("error-store-corrupt", detail),
            Some("error-store-corrupt-hint"),
        ),
        StoreError::OtherPlan { found, wanted } => {
            let args = [
                ("found", found.as_str().into()),
                ("wanted", wanted.as_str().into()),
            ];
            (
                words.say("error-store-other-plan", &args),
                Some("error-store-other-plan-hint"),
            )
        }
        StoreError::Altered { batch } => (
            words.say(
                "error-journal-altered",
                &[("batch", batch.to_string().into())],
            ),
            None,
        ),
        StoreError::Conflict { batch } => (
            words.say(
                "error-journal-conflict",
                &[("batch", batch.to_string().into())],
            ),
            None,
        ),
        StoreError::Unknown { what, code } => {
            let args = [("code", code.as_str().into())];
            (
                words.say(&format!("error-journal-unknown-{what}"), &args),
                Some("error-journal-unknown-hint"),
            )
        }
        StoreError::Io(cause) => (with("error-store-io", &wording::io(words, cause)), None),
        StoreError::NoSuchEntry(_) | StoreError::Unfinished | StoreError::NoPlan => {
            (with("error-store-other", error), None)
        }
        StoreError::Engine(cause) => (with("error-store-other", cause), None),
    };
    Told {
        message,
        causes: Vec::new(),
        hints: hint.map(|id| words.text(id)).into_iter().collect(),
    }
}

pub(super) fn of_wire(words: &Words, error: &WireError) -> String {
    let why = match &error.fault {
        WireFault::NotAJournal => words.text("error-journal-not"),
        WireFault::Newer(found) => {
            words.say("error-journal-newer", &[("found", found.as_str().into())])
        }
        WireFault::Altered { batch } => words.say(
            "error-journal-altered",
            &[("batch", batch.to_string().into())],
        ),
        WireFault::Short { batch, .. } => words.say(
            "error-journal-short",
            &[("batch", batch.to_string().into())],
        ),
        WireFault::Io(_) | WireFault::Json(_) | WireFault::Field(_) => words.say(
            "error-journal-other",
            &[("detail", error.fault.to_string().into())],
        ),
    };
    words.say(
        "error-journal",
        &[("line", error.line.into()), ("why", why.into())],
    )
}
