//! `duban` (督办): the office's tool for any plan that many units must carry out and one office must watch.

pub mod document;
pub mod journal;
pub mod model;
pub mod render;
pub mod report;
pub mod source;
pub mod store;
pub mod words;
