//! Series over days as step lines, named at their ends.

use super::{Anchor, Length, Taken, text, width};
use crate::document::Tone;
use crate::document::chart::{Chart, MarkKind, Series};
use crate::render::html::{class, escaped};

/// The size of the drawing: as wide as a phone, so that its letters can be read there.
pub(in crate::render) const WIDTH: f64 = 420.0;
pub(in crate::render) const HEIGHT: f64 = 240.0;
/// Above and below the lines.
const TOP: f64 = 34.0;
const FOOT: f64 = HEIGHT - 24.0;
/// The sizes of letters.
const SMALL: f64 = 12.5;
const LABEL: f64 = 13.0;
/// How far apart the names of two lines are at least.
const APART: f64 = 15.0;

/// The chart as a picture with a title and a description.
pub(in crate::render) fn chart(chart: &Chart) -> String {
    format!(
        "<svg class=\"chart\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\">\
         <title>{}</title><desc>{}</desc>{}</svg>",
        escaped(&chart.title),
        escaped(&chart.told),
        drawn(chart)
    )
}

/// The chart as a picture of its own, in the colours of paper; `family` is the typeface of its words.
pub(in crate::render) fn alone(chart: &Chart, family: &str) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{HEIGHT}\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" \
         font-family=\"{}\"><style>{}</style><rect class=\"paper\" width=\"{WIDTH}\" height=\"{HEIGHT}\"/>\
         <g class=\"chart\">{}</g></svg>",
        escaped(family),
        super::style(),
        drawn(chart)
    )
}

/// What is drawn, without a picture around it.
pub(super) fn drawn(chart: &Chart) -> String {
    let plot = Plot::of(chart);
    let mut out = String::new();
    plot.grid(&mut out);
    plot.days(&mut out, chart);
    for mark in chart.marks.iter().filter(|mark| mark.kind == MarkKind::Due) {
        let x = Length(plot.x(mark.at));
        out.push_str(&format!(
            "<line class=\"heap\" x1=\"{x}\" x2=\"{x}\" y1=\"{TOP}\" y2=\"{FOOT}\"/>"
        ));
    }
    for series in &chart.series {
        plot.line(&mut out, series);
    }
    plot.marks(&mut out, chart);
    plot.names(&mut out, chart);
    out
}

/// Where days and amounts stand.
struct Plot {
    left: f64,
    right: f64,
    last: u32,
    step: u64,
    steps: u64,
}

impl Plot {
    fn of(chart: &Chart) -> Self {
        let amounts = chart.series.iter().flat_map(|series| &series.amounts);
        let most = amounts.copied().max().unwrap_or(0).max(1);
        let step = step(most);
        let steps = most.div_ceil(step);
        let names = chart
            .series
            .iter()
            .map(|series| width(&name(series), LABEL));
        let names = names.fold(0.0, f64::max).min(WIDTH / 3.0);
        Plot {
            left: width(&(step * steps).to_string(), SMALL) + 8.0,
            right: WIDTH - names - 12.0,
            last: chart.last.max(1),
            step,
            steps,
        }
    }

    fn x(&self, day: u32) -> f64 {
        let part = f64::from(day.min(self.last)) / f64::from(self.last);
        self.left + (self.right - self.left) * part
    }

    fn y(&self, amount: u64) -> f64 {
        FOOT - (FOOT - TOP) * (amount as f64 / (self.step * self.steps) as f64)
    }

    /// Lines across at round amounts.
    fn grid(&self, out: &mut String) {
        for at in 0..=self.steps {
            let amount = at * self.step;
            let y = self.y(amount);
            out.push_str(&format!(
                "<line class=\"rule\" x1=\"{}\" x2=\"{}\" y1=\"{2}\" y2=\"{2}\"/>",
                Length(self.left),
                Length(self.right),
                Length(y)
            ));
            let x = self.left - 6.0;
            out.push_str(&text(
                x,
                y + 4.0,
                SMALL,
                Anchor::End,
                "dim",
                &amount.to_string(),
            ));
        }
    }

    /// The names of days; the last one first, then those for which there is room.
    fn days(&self, out: &mut String, chart: &Chart) {
        let mut taken = Taken::default();
        let last = chart.ticks.iter().next_back();
        let others = chart.ticks.iter().take(chart.ticks.len().saturating_sub(1));
        for tick in last.into_iter().chain(others) {
            let x = self.x(tick.at);
            let reach = Anchor::Middle.reach(x, width(&tick.label, SMALL));
            if taken.take(reach) {
                out.push_str(&text(
                    x,
                    HEIGHT - 8.0,
                    SMALL,
                    Anchor::Middle,
                    "dim",
                    &tick.label,
                ));
            }
        }
    }

    fn line(&self, out: &mut String, series: &Series) {
        let mut path = String::new();
        for (day, amount) in (0..).zip(&series.amounts) {
            let (x, y) = (Length(self.x(day)), Length(self.y(*amount)));
            match day {
                0 => path.push_str(&format!("M{x} {y}")),
                _ => path.push_str(&format!("H{x}V{y}")),
            }
        }
        if !path.is_empty() {
            let class = line_class(series.tone);
            out.push_str(&format!("<path class=\"{class}\" d=\"{path}\"/>"));
        }
    }

    /// What happened: a point on the last line, or words above a line from top to bottom. Words for which there is no room
    /// show when they are pointed at.
    fn marks(&self, out: &mut String, chart: &Chart) {
        let mut beside = Taken::default();
        let mut above = [TOP - 6.0, TOP - 20.0].map(|y| (y, Taken::default()));
        for mark in &chart.marks {
            let x = self.x(mark.at);
            let words = width(&mark.label, SMALL);
            let anchor = match x - words / 2.0 < 0.0 {
                true => Anchor::Start,
                false if x + words / 2.0 > WIDTH => Anchor::End,
                false => Anchor::Middle,
            };
            let reach = anchor.reach(x, words);
            let label = escaped(&mark.label);
            match mark.kind {
                MarkKind::Due => {
                    let free = above
                        .iter_mut()
                        .find_map(|(y, row)| row.take(reach).then_some(*y));
                    if let Some(y) = free {
                        out.push_str(&text(x, y, SMALL, anchor, "soon", &mark.label));
                    }
                }
                MarkKind::Act => {
                    let amounts = chart.series.iter().next_back();
                    let amounts = amounts.map_or(&[][..], |series| &series.amounts);
                    let day = usize::try_from(mark.at).unwrap_or(usize::MAX);
                    let amount = amounts.get(day).or(amounts.last());
                    let y = self.y(amount.copied().unwrap_or(0));
                    let (cx, cy) = (Length(x), Length(y));
                    out.push_str(&format!(
                        "<circle class=\"act\" cx=\"{cx}\" cy=\"{cy}\" r=\"4\"><title>{label}</title></circle>"
                    ));
                    if beside.take(reach) {
                        let y = (y + 18.0).min(FOOT - 4.0);
                        out.push_str(&text(x, y, SMALL, anchor, "act", &mark.label));
                    }
                }
            }
        }
    }

    /// The name and last amount of each line at its end, none over another.
    fn names(&self, out: &mut String, chart: &Chart) {
        let mut places: Vec<(f64, &Series)> = chart
            .series
            .iter()
            .filter_map(|series| Some((self.y(*series.amounts.last()?), series)))
            .collect();
        places.sort_by(|(one, _), (other, _)| one.total_cmp(other));
        let mut lowest = TOP - APART;
        for (y, series) in places {
            lowest = (lowest + APART).max(y);
            let class = class(series.tone).unwrap_or_default();
            let x = self.right + 8.0;
            out.push_str(&text(
                x,
                lowest + 4.0,
                LABEL,
                Anchor::Start,
                class,
                &name(series),
            ));
        }
    }
}

fn name(series: &Series) -> String {
    let last = series.amounts.last().copied().unwrap_or(0);
    format!("{} {last}", series.name)
}

fn line_class(tone: Tone) -> String {
    let class = class(tone).unwrap_or("plain");
    format!("line {class}")
}

/// A round distance between lines across, of which five at most are needed.
fn step(most: u64) -> u64 {
    let mut ten = 1_u64;
    loop {
        for round in [1, 2, 5] {
            let step = ten.saturating_mul(round);
            if most.div_ceil(step) <= 5 {
                return step;
            }
        }
        ten = ten.saturating_mul(10);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::chart::Mark;
    use crate::render::sample::burn_up;

    #[test]
    fn a_burn_up_is_drawn_and_told() {
        let drawn = chart(&burn_up());
        for part in [
            "<title>应完成与已完成(累计件数)</title>",
            "相差 &lt;10&gt; 件。</desc>",
            "<path class=\"line dim\" d=\"M",
            ">应完成 93</text>",
            ">已完成 83</text>",
            "<title>第1期通报</title>",
            ">6月30日集中到期</text>",
            ">7.10</text>",
        ] {
            assert!(drawn.contains(part), "{part}: {drawn}");
        }
        assert_eq!(drawn, chart(&burn_up()));
    }

    #[test]
    fn names_of_lines_that_end_together_stand_apart() {
        let mut close = burn_up();
        close.series[1].amounts.extend([92]);
        let plot = Plot::of(&close);
        assert!(plot.y(92) - plot.y(93) < APART);
        let drawn = chart(&close);
        let place = |name: &str| {
            let before = drawn.split(name).next().unwrap();
            let y = before.rsplit("y=\"").next().unwrap();
            y.split('"').next().unwrap().parse::<f64>().unwrap()
        };
        assert_eq!(place(">已完成 92<") - place(">应完成 93<"), APART);
    }

    #[test]
    fn nothing_at_all_is_a_picture_too() {
        let mut nothing = Chart::default();
        nothing.series.push(Series {
            name: String::new(),
            tone: Tone::Done,
            amounts: Vec::new(),
        });
        nothing.marks.push(Mark {
            at: 7,
            label: "x".into(),
            kind: MarkKind::Act,
        });
        let drawn = chart(&nothing);
        assert!(!drawn.contains("NaN") && !drawn.contains("inf"), "{drawn}");
    }

    #[test]
    fn the_lines_across_are_round_and_few() {
        for (most, expected) in [
            (1, 1),
            (5, 1),
            (6, 2),
            (11, 5),
            (93, 20),
            (100, 20),
            (260, 100),
        ] {
            assert_eq!(step(most), expected, "{most}");
        }
        assert!(u64::MAX.div_ceil(step(u64::MAX)) <= 5);
    }
}
