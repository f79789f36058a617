//! The fold by single cases.

mod campaign;
mod cases;
