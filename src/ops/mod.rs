//! What changes the store, each in one transaction.

mod apply;
mod exception;
mod import;
mod intake;
mod issue;
mod nearby_files;
mod objection;
mod record;
mod recording;
mod remind;
mod review;
mod undo;

pub use apply::{Amendment, NewContact};
pub use exception::{Term, Termed};
pub use import::{Imported, Merge, Repeats, Rows};
pub use intake::{Intake, Offered, said as rejected_said};
pub use objection::{Heard, Objecting};
pub use record::{Change, Order, Recorded};
pub use recording::{Applied, Clerk, Recording, Written};
pub use review::{Review, Reviewable, Reviewed, Verdict};
pub use undo::Undone;
