//! One file a subcommand: its arguments (whose doc comments are the English help) and its run.

pub mod apply;
pub mod board;
pub mod check;
pub mod completions;
pub mod correct;
pub mod demo;
pub mod done;
pub mod excuse;
pub mod explain;
pub mod export;
pub mod extend;
pub mod import;
pub mod init;
pub mod instruct;
pub mod lagging;
pub mod log;
pub mod man;
pub mod notice;
pub mod object;
pub mod plan;
pub mod schema;
pub mod score;
pub mod show;
pub mod status;
pub mod undo;
pub mod uphold;
