//! What duban is about: plans, units, entries, and the rules that say what stands where on a day. Pure: no clock, no files,
//! no words. Imports nothing of ours.

pub(crate) mod admit;
pub(crate) mod advice;
pub(crate) mod agenda;
pub(crate) mod amend;
pub(crate) mod arena;
pub(crate) mod audit;
pub(crate) mod board;
pub(crate) mod code;
pub(crate) mod day;
pub(crate) mod decimal;
pub(crate) mod due;
pub(crate) mod entry;
pub(crate) mod notice;
pub(crate) mod plan;
pub(crate) mod proof;
pub(crate) mod quantity;
pub(crate) mod review;
pub(crate) mod score;
pub(crate) mod series;
pub(crate) mod sheet;
pub(crate) mod so_far;
pub(crate) mod standing;
pub(crate) mod tally;
pub(crate) mod turn;
pub(crate) mod unit;
pub(crate) mod view;
pub(crate) mod week;
pub(crate) mod zone;
