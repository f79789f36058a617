//! Days with what is to be done by them, for programs that keep calendars.

use super::Date;

/// A calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Calendar {
    /// The language of the words in it, as a BCP 47 tag.
    pub lang: String,
    /// What it is called.
    pub name: String,
    /// The day for which all of it is told.
    pub told: Date,
    /// Grows with whatever may have changed, so that a program takes a later telling for the better one.
    pub edition: u64,
    /// Its days.
    pub events: Vec<Event>,
}

/// Something to be done by a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Event {
    /// Names it for ever, so that telling it again changes it and makes no second one.
    pub id: String,
    /// The day.
    pub day: Date,
    /// What it is, in one line.
    pub title: String,
    /// The rest, in lines.
    pub lines: Vec<String>,
    /// What kind of thing it is.
    pub category: String,
    /// How many days before it somebody is to be reminded; `None` = there is nothing left to do.
    pub remind: Option<i32>,
}
