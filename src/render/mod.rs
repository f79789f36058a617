//! Document → bytes, one file a format. The formats know nothing of plans and units; escaping happens here and only
//! here. JSON and CSV come from typed values, never from a table.
//!
//! Writers write in small pieces: hand them a buffered one.

pub mod csv;
pub mod docx;
mod flatten;
mod format;
pub mod html;
pub mod json;
mod letter;
pub mod markdown;
mod node;
mod pieces;
mod safe;
#[cfg(test)]
mod sample;
pub mod text;
mod typeset;

pub use format::{Format, Writer};
pub use safe::{is_unsafe, visible};
