//! Document → bytes, one file a format. The formats know nothing of plans and units; escaping happens here and only
//! here. JSON and CSV come from typed values, never from a table.
//!
//! Writers write in small pieces: hand them a buffered one.

pub(crate) mod csv;
pub(crate) mod docx;
mod flatten;
mod format;
pub(crate) mod html;
pub(crate) mod ics;
pub(crate) mod json;
mod letter;
pub(crate) mod markdown;
mod node;
mod pieces;
pub(crate) mod png;
mod safe;
#[cfg(test)]
mod sample;
pub(crate) mod svg;
pub(crate) mod text;
mod typeset;
mod xlsx;

pub(crate) use format::{Format, Writer};
pub(crate) use safe::visible;
