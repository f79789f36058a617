//! `duban` (督办): the office's tool for any plan that many units must carry out and one office must watch.
//!
//! A plan file says what is owed by whom and by when; a journal keeps what each unit was recorded to have done; everything that
//! comes out (status, lagging list, board, notice, score) is concluded from these two for a day that somebody asks about.
//! Nothing in here knows a campaign: another plan file is another campaign.
//!
//! # The way of an answer
//!
//! ```text
//! plan.toml, roster ──source──▶ Plan, Units ─┐
//!                                             ├──model──▶ cells ──report──▶ value ──▶ JSON, CSV
//! store: journal ──▶ pages ──▶ Sheets ────────┘                       └──▶ Document ──render──▶ text, HTML, …
//! ```
//!
//! **Load → conclude → render.** The middle is pure: [`model`] has no clock, no file and no language. A [`model::sheet::Sheet`] is
//! one unit's facts; a [`model::board::Ruler`] is a plan made ready for one view (a day, and what was known by when); laid on a
//! sheet it gives a [`model::board::Cell`] for each obligation. One sheet needs no other, so the fold streams, and today and any
//! past day are one code path.
//!
//! # The way of a record
//!
//! What is typed becomes a [`model::admit::Draft`]; [`model::admit::admit`] says every reason to refuse it, for `done` and `import`
//! alike; what passes is an [`model::entry::Entry`] of a [`model::entry::Batch`], which [`store`] writes in one synced
//! transaction together with the pages that derive from it. Entries are never changed: an undo is an entry too, and so is a
//! plan put in force.
//!
//! # Where there is much to do
//!
//! Five places use several threads, and what they say is what one would: `query::survey` and `query::audit` read and conclude
//! pieces of the units, all at one moment of the store; `query::files` hashes a roster; `render::pieces` lays out pieces of a long
//! table ([`document::Rows`]), written in order; and
//! `ops::intake` takes in the files of a list. [`parallel`] is how.
//!
//! # One moment a command
//!
//! A looking command opens a [`query::Workspace`]: the plan in force and one read transaction, which ends before the first byte of
//! output. A writing command begins an [`ops::Recording`]: one immediate transaction, in which it finds, judges and writes.
//!
//! # The rooms, and whom each may import
//!
//! | room | what it holds | imports |
//! |---|---|---|
//! | [`model`] | plan, units, entries, sheets; the one rule of standing, the fold, the points | nothing of ours |
//! | [`source`] | files that people write (plan, roster, records), every problem at its place | model |
//! | [`journal`] | entries on the wire: kinds, bodies, hashes, JSON Lines | model |
//! | [`store`] | the journal and what derives from it, in one SQLite file or in a schema on a PostgreSQL server, by one path: `store::database` alone knows which; its contract is its documentation | model, journal, scratch |
//! | [`evidence`] | files that prove a record: content, likeness, day and place; kept by their hash | model, scratch |
//! | [`archive`] | files that belong together in one zip, with a manifest; names and sizes of hostile ones | nothing of ours |
//! | [`scratch`] | files written beside their place and renamed once whole | nothing of ours |
//! | [`query`] | what is asked of one moment of the store for one view: names, surveys, lists | model, source, journal, store, evidence |
//! | [`ops`] | what changes the store, each in one transaction | the same, query, archive and scratch |
//! | [`document`] | the neutral document: headings, text, tables with meaning | nothing of ours |
//! | [`words`] | Chinese and English, read when first asked for | nothing of ours |
//! | [`parallel`] | pieces of work by several threads, results in order; may be imported by all | nothing of ours |
//! | [`report`] | a typed value for each answer, and its document; localises and masks | model, query, document, words |
//! | [`render`] | a document as bytes, one file a format; escapes | document |
//! | `cli` | the shell: arguments, files, exit codes; one file a subcommand | everything; nobody imports it |
//!
//! `tests/architecture.rs` holds these rules, and keeps the drivers of SQLite and PostgreSQL in `store::database`, the TOML parser in `source::plan`, clap and
//! anyhow in `cli`, the clock and the environment in `main.rs`.
//!
//! # Where to begin
//!
//! - a rule of standing: [`model::standing`], then [`model::board`]; its laws and a second reading of the rules stand in the tests
//!   beside it;
//! - a new key of the plan file: `source/plan/raw.rs`, `source/plan/settle/`, [`model::plan`];
//! - a new subcommand: `cli/commands/`, what it asks in [`query`] or changes in [`ops`], a report in [`report`], its words in both
//!   languages;
//! - a new format: a file in [`render`], and its row in the table of `render/format.rs`;
//! - what a notice books: [`model::score`]; what it says: [`report::notice`];
//! - what looks perfunctory: [`model::audit`];
//! - the page of the week: [`report::weekly`]; how its charts are drawn: [`render::svg`].

mod archive;
mod cli;
mod document;
mod evidence;
#[cfg(test)]
mod fuzz;
mod journal;
mod model;
mod ops;
mod parallel;
mod query;
mod render;
mod report;
mod scratch;
mod source;
mod store;
mod words;

pub use cli::{Colour, Exit, Terminal, World, run};

/// What the benches measure and what the tests recount by other means. Nobody else is promised any of it.
#[doc(hidden)]
pub mod internals {
    pub use crate::model::board::{Cell, Desk, Ruler, View};
    pub use crate::model::day::Day;
    pub use crate::model::decimal::Decimal;
    pub use crate::model::entry::TaskNo;
    pub use crate::model::plan::Plan;
    pub use crate::model::review::Reviews;
    pub use crate::model::sheet::{Fact, Item, Mark, NO_TASK, Sheet};
    pub use crate::model::tally::Tally;
    pub use crate::model::unit::Class;
    pub use crate::source::plan::read as read_plan;
    pub use crate::source::roster::read as read_roster;
    pub use crate::source::{Input, plan::PlanFile};
    pub use crate::store::{Access, Store, Which};
}
