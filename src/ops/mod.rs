//! What changes the store, each in one transaction.

mod apply;
mod backup;
mod exception;
mod import;
mod intake;
mod issue;
mod nearby_files;
mod objection;
mod record;
mod recording;
mod remind;
mod repair;
mod review;
mod undo;

pub(crate) use apply::{Amendment, NewContact};
pub(crate) use backup::{Unpacked, is_archive, pack, restore, snapshot};
pub(crate) use exception::{Term, Termed};
pub(crate) use import::{Imported, LIST_HEAD, Merge, Repeats, Rows, may_name_files};
pub(crate) use intake::{Intake, Offered};
pub(crate) use issue::Edition;
pub(crate) use objection::{Heard, Objecting};
pub(crate) use record::{Change, Order, Recorded};
pub(crate) use recording::{Applied, Clerk, Recording, Written};
pub(crate) use repair::repair;
pub(crate) use review::{Review, Reviewable, Reviewed, Verdict};
