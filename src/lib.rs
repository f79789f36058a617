//! `duban` (督办): the office's tool for any plan that many units must carry out and one office must watch.

mod cli;
pub mod document;
pub mod evidence;
pub mod journal;
pub mod model;
pub mod ops;
pub mod render;
pub mod report;
pub mod source;
pub mod store;
pub mod words;

pub use cli::{Exit, Terminal, World, run};
