//! The page of the week.

use super::{Weekly, sentences};
use crate::document::Document;
use crate::words::Words;

/// Lays the page out.
pub(super) fn document<'a>(week: &'a Weekly, words: &'a Words) -> Document<'a> {
    sentences::document(week, words)
}
