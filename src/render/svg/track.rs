//! A line of days in a row of a table.

use super::Length;
use crate::document::Track;
use crate::render::html::{class, escaped};

pub(super) const WIDTH: f64 = 240.0;
const HEIGHT: f64 = 14.0;

/// The line as a picture that says what it shows.
pub(in crate::render) fn track(days: &Track, told: &str) -> String {
    format!(
        "<svg class=\"track\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" aria-label=\"{}\">{}</svg>",
        escaped(told),
        drawn(days)
    )
}

/// The line, its windows, what falls due and today, without a picture around them.
pub(super) fn drawn(days: &Track) -> String {
    let each = WIDTH / (f64::from(days.last) + 1.0);
    let start = |day: u32| f64::from(day.min(days.last)) * each;
    let middle = |day: u32| (start(day) + each / 2.0).clamp(3.5, WIDTH - 3.5);
    let mut out = format!("<line class=\"rule\" x1=\"0\" x2=\"{WIDTH}\" y1=\"7\" y2=\"7\"/>");
    for (from, to) in &days.windows {
        let (x, width) = (start(*from), start(*to) + each - start(*from));
        out.push_str(&format!(
            "<rect class=\"window\" x=\"{}\" y=\"4\" width=\"{}\" height=\"6\"/>",
            Length(x),
            Length(width.max(2.0))
        ));
    }
    for (due, tone) in &days.dues {
        out.push_str(&format!(
            "<circle class=\"due {}\" cx=\"{}\" cy=\"7\" r=\"3.5\"/>",
            class(*tone).unwrap_or("plain"),
            Length(middle(*due))
        ));
    }
    if let Some(today) = days.today {
        let x = Length(middle(today));
        out.push_str(&format!(
            "<line class=\"today\" x1=\"{x}\" x2=\"{x}\" y1=\"0\" y2=\"{HEIGHT}\"/>"
        ));
    }
    out
}
