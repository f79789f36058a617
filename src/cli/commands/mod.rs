//! One file a subcommand: its arguments (whose doc comments are the English help) and its run.

pub mod accept;
pub mod apply;
pub mod audit;
pub mod board;
pub mod check;
pub mod commend;
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
pub mod plan;
pub mod r#return;
pub mod schema;
pub mod show;
pub mod status;
pub mod undo;
