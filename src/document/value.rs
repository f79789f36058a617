//! What words stand for, where a machine can reckon with it: a spreadsheet sorts and sums it.

/// A day of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Date {
    /// The year of the Common Era.
    pub year: u16,
    /// 1 for January.
    pub month: u8,
    /// The day of the month, from 1.
    pub date: u8,
}

/// What words stand for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Value {
    /// Themselves.
    #[default]
    Words,
    /// The one number among them, exactly as it stands there: `16天`, `-17.5`, `86.8%`. Words without a digit stand for nought.
    Number,
    /// That day.
    Day(Date),
    /// That hour and minute of that day.
    Moment(Date, u8, u8),
}
