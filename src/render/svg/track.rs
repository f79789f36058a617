//! A line of days in a row of a table.

use super::Length;
use crate::document::{Tone, Track};
use crate::render::html::{class, escaped};

const WIDTH: f64 = 240.0;
const HEIGHT: f64 = 14.0;

/// The line, its windows, what falls due and today.
pub(in crate::render) fn track(days: &Track, told: &str) -> String {
    // The middle of a day.
    let each = WIDTH / (f64::from(days.last) + 1.0);
    let start = |day: u32| f64::from(day.min(days.last)) * each;
    let mut out = format!(
        "<svg class=\"track\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" aria-label=\"{}\">\
         <line class=\"rule\" x1=\"0\" x2=\"{WIDTH}\" y1=\"7\" y2=\"7\"/>",
        escaped(told)
    );
    for (from, to) in &days.windows {
        let (x, width) = (start(*from), start(*to) + each - start(*from));
        out.push_str(&format!(
            "<rect class=\"window\" x=\"{}\" y=\"4\" width=\"{}\" height=\"6\"/>",
            Length(x),
            Length(width.max(1.0))
        ));
    }
    for (due, tone) in &days.dues {
        out.push_str(&format!(
            "<circle class=\"{}\" cx=\"{}\" cy=\"7\" r=\"3.5\"/>",
            class(*tone).unwrap_or("due"),
            Length((start(*due) + each / 2.0).clamp(3.5, WIDTH - 3.5))
        ));
    }
    if let Some(today) = days.today {
        let x = Length(start(today) + each / 2.0);
        out.push_str(&format!(
            "<line class=\"{}\" x1=\"{x}\" x2=\"{x}\" y1=\"0\" y2=\"{HEIGHT}\"/>",
            class(Tone::Notice).unwrap_or_default()
        ));
    }
    out.push_str("</svg>");
    out
}
