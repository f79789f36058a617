//! The form of a store's tables, by number. `schema.rs` climbs to it in a file, `server_schema.rs` makes it on a server.

/// The form that this program writes, and the newest that it reads.
pub(super) const KNOWN: i64 = 7;
