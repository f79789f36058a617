//! The store: the journal of one plan and what derives from it, kept in one file, or in a schema of its own on a server.
//!
//! The contract, which `contract.rs` proves for every backend:
//!
//! - **Journal first.** Batches of entries are the only truth. Entries are added, never changed and never removed. Pages (the
//!   sheets that the fold reads) derive from them and are written in the same transaction; [`Transaction::rebuild`] makes
//!   the same pages from the journal alone. Packs (what lists say of units) derive from the
//!   roster's rows and are written with them.
//! - **All or nothing.** A [`Transaction`] that is dropped, or whose commit fails, or whose process dies, has changed nothing.
//!   Once [`Transaction::commit`] has returned, everything in it survives a loss of power. A connection that breaks meanwhile is made
//!   again, and the last batch looked up.
//! - **One writer.** A transaction waits for another to end, in the order of asking where the system has such a queue, up to a minute, then
//!   fails with [`StoreError::Busy`].
//! - **Readers see one moment.** A [`Reader`] shows the store as it was when it first read. While it lives, no writer to a file can
//!   commit: end it before anything slow, such as output.
//! - **Nothing there is no store.** Opening a file, or a schema, that does not exist gives `None`. A store is created whole, with its first commit; a file
//!   without bytes is none of ours. Readers
//!   need no right to write, neither to the file nor to its folder.
//! - **Numbers stay.** A unit, a task or a class keeps its number; what the roster drops is marked as gone.
//! - **An entry's address** (batch, place) means the same in every store, its seq only here. A batch that is merged twice
//!   is kept once; what refers to a batch not yet merged waits for it. Facts stand on a sheet by when they were recorded
//!   (moment, batch, place), never by when they arrived, so the order of merging does not matter.

mod apply;
mod batch_writer;
mod batches;
mod blobs;
mod codes;
mod columns;
#[cfg(test)]
mod contract;
mod copy;
mod creation;
mod database;
mod ends;
mod entries;
pub(crate) mod error;
mod fates;
mod fingerprint;
mod form;
mod head;
pub(crate) mod label_pack;
mod location;
mod log;
mod merge;
mod moved;
mod numbers;
mod open;
pub(crate) mod page;
mod page_buffer;
mod page_row;
mod read;
mod rebuild;
mod repair;
mod same;
mod schema;
mod seal;
mod server_schema;
mod sheets;
mod unit_label;
mod unit_row;
mod units;
mod varint;
mod verify;
mod walk;
mod write;

pub(crate) use apply::Applying;
pub(crate) use batches::StoredBatch;
pub(crate) use database::{AddressError, ServerAddress, Variables, is_address, plan_in};
pub(crate) use entries::StoredEntry;
pub(crate) use error::StoreError;
pub(crate) use fates::Fates;
pub(crate) use label_pack::UnitLabel;
pub(crate) use location::Location;
pub(crate) use log::LogFilter;
pub(crate) use merge::Merged;
#[cfg(test)]
pub(crate) use open::begun;
pub use open::{Access, Store};
pub(crate) use read::{InForce, Reader, Stamp};
pub(crate) use repair::Repaired;
pub(crate) use server_schema::administration;
pub use sheets::Which;
#[cfg(test)]
pub(crate) use sheets::looked_up;
pub(crate) use unit_row::UnitRow;
pub(crate) use verify::Verified;
pub(crate) use walk::{Finding, Wrong};
pub(crate) use write::Transaction;
