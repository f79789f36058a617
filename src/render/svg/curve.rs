//! How something grew, small enough for a cell.

use super::Length;
use crate::render::html::escaped;

const WIDTH: f64 = 120.0;
const HEIGHT: f64 = 26.0;

/// How many days are drawn at most: a day takes two units of width.
const DAYS: usize = 60;

/// What was expected, and over it what was done.
pub(in crate::render) fn curve(expected: &[u64], done: &[u64], told: &str) -> String {
    let most = expected.iter().chain(done).max().copied().unwrap_or(0);
    format!(
        "<svg class=\"curve\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" aria-label=\"{}\">\
         <path class=\"line dim\" d=\"{}\"/><path class=\"line done\" d=\"{}\"/></svg>",
        escaped(told),
        path(expected, most),
        path(done, most)
    )
}

/// A line through amounts of which `most` is the greatest; the last of them is always on it.
fn path(amounts: &[u64], most: u64) -> String {
    let Some(last) = amounts.len().checked_sub(1) else {
        return String::new();
    };
    let step = amounts.len().div_ceil(DAYS);
    let points = (0..last).step_by(step).chain([last]).map(|at| {
        let x = 1.0 + (WIDTH - 2.0) * at as f64 / last.max(1) as f64;
        let y = HEIGHT - 2.0 - (HEIGHT - 4.0) * amounts[at] as f64 / most.max(1) as f64;
        format!("{} {}", Length(x), Length(y))
    });
    format!("M{}", points.collect::<Vec<_>>().join(" L"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_curve_ends_at_the_last_day_and_may_have_none() {
        let drawn = curve(&[0, 5, 10], &[0, 5, 5], "5/10 <");
        assert!(drawn.contains("aria-label=\"5/10 &lt;\""), "{drawn}");
        assert!(drawn.contains("d=\"M1 24 L60 13 L119 2\""), "{drawn}");
        assert!(drawn.contains("d=\"M1 24 L60 13 L119 13\""), "{drawn}");
        assert_eq!(path(&[], 0), "");
        let long: Vec<u64> = (0..1000).collect();
        let path = path(&long, 999);
        assert!(
            path.ends_with("L119 2") && path.matches('L').count() <= DAYS,
            "{path}"
        );
    }
}
