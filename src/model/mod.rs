//! What duban is about: plans, units, entries, and the rules that say what stands where on a day. Pure: no clock, no files,
//! no words. Imports nothing of ours.

pub mod admit;
pub mod agenda;
pub mod amend;
pub mod arena;
pub mod audit;
pub mod board;
pub mod code;
pub mod day;
pub mod decimal;
pub mod due;
pub mod entry;
pub mod notice;
pub mod plan;
pub mod proof;
pub mod quantity;
pub mod review;
pub mod score;
pub mod sheet;
pub mod standing;
pub mod tally;
pub mod turn;
pub mod unit;
pub mod view;
pub mod zone;
