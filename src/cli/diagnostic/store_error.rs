//! What the store and journals find wrong, in words.

use crate::cli::wording;
use crate::journal::wire::{Fault, WireError};
use crate::model::entry::Address;
use crate::source::problem::{Saying, say};
use crate::store::StoreError;
use crate::words::Words;

pub(super) fn of_store(words: &Words, error: &StoreError, path: &str) -> Saying {
    match error {
        StoreError::Busy | StoreError::Collided => {
            say!("error-store-busy").hint(say!("error-store-busy-hint"))
        }
        StoreError::Unreachable { detail } => {
            let saying = say!("error-server-unreachable", url = path, detail = detail);
            saying.hint(say!("error-server-unreachable-hint"))
        }
        StoreError::Login { detail } => {
            let saying = say!("error-server-login", url = path, detail = detail);
            saying.hint(say!("error-server-login-hint"))
        }
        StoreError::OpenPasswords { path } => {
            let saying = say!("error-server-passwords", path = path.display());
            saying.hint(say!("error-server-passwords-hint", path = path.display()))
        }
        StoreError::Denied { detail } => {
            let saying = say!("error-server-denied", detail = detail);
            saying.hint(say!("error-server-denied-hint"))
        }
        StoreError::Older { detail } => {
            let saying = say!("error-server-older", url = path, detail = detail);
            saying.hint(say!("error-server-older-hint"))
        }
        StoreError::Lost => say!("error-server-lost").hint(say!("error-store-busy-hint")),
        StoreError::Unsure { batch } => {
            let id = Address {
                batch: *batch,
                index: 0,
            }
            .short_id(true);
            say!("error-server-unsure").hint(say!("error-server-unsure-hint", id = id))
        }
        StoreError::ReadOnly => {
            say!("error-store-read-only", path = path).hint(say!("error-store-read-only-hint"))
        }
        StoreError::Full => say!("error-store-full"),
        StoreError::Newer { found, known } => {
            let saying = say!(
                "error-store-newer",
                path = path,
                found = found,
                known = known
            );
            saying.hint(say!("error-store-newer-hint"))
        }
        StoreError::Wal => say!("error-store-wal", path = path).hint(say!("error-store-wal-hint")),
        StoreError::Foreign | StoreError::NotADatabase => say!("error-store-foreign", path = path),
        StoreError::Corrupt { detail } => {
            let saying = say!("error-store-corrupt", path = path, detail = detail);
            saying.hint(say!("error-store-corrupt-hint"))
        }
        StoreError::Damaged { table, row } => {
            let saying = say!("error-store-damaged", path = path, table = table, row = row);
            saying.hint(say!("error-store-damaged-hint"))
        }
        StoreError::OtherPlan { found, wanted } => {
            let saying = say!("error-store-other-plan", found = found, wanted = wanted);
            saying.hint(say!("error-store-other-plan-hint"))
        }
        StoreError::Altered { batch } => say!("error-journal-altered", batch = batch),
        StoreError::Conflict { batch } => say!("error-journal-conflict", batch = batch),
        StoreError::Unknown { what, code } => {
            let id = match *what {
                "task" => "error-journal-unknown-task",
                _ => "error-journal-unknown-unit",
            };
            say!(id, code = code).hint(say!("error-journal-unknown-hint"))
        }
        StoreError::Io(cause) => {
            let detail = wording::io(words, cause);
            say!("error-store-io", path = path, detail = detail)
        }
        StoreError::NoSuchEntry(_) | StoreError::Unfinished | StoreError::NoPlan => {
            say!("error-store-other", path = path, detail = error)
        }
        StoreError::Engine(cause) => say!("error-store-other", path = path, detail = cause),
    }
}

pub(in crate::cli) fn of_wire(words: &Words, error: &WireError) -> Saying {
    let why = match &error.fault {
        Fault::NotAJournal => say!("error-journal-not"),
        Fault::Newer(found) => say!("error-journal-newer", found = found),
        Fault::Altered { batch } => say!("error-journal-altered", batch = batch),
        Fault::Chain { batch } => say!("error-journal-chain", batch = batch),
        Fault::Cut => say!("error-journal-cut"),
        Fault::Short { batch, .. } => say!("error-journal-short", batch = batch),
        Fault::Io(_) | Fault::Json(_) | Fault::Field(_) => {
            say!("error-journal-other", detail = error.fault)
        }
    };
    let why = wording::saying(words, &why);
    say!("error-journal", line = error.line, why = why)
}
