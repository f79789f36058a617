//! Settling the plan's own table, its calendar, goals and themes.

use std::collections::HashMap;

use super::{Edge, Settling};
use crate::model::code::PlanId;
use crate::model::day::Day;
use crate::model::plan::{Calendar, Goal, Phase, Theme};
use crate::source::plan::finding::KeyPath;
use crate::source::plan::raw;
use crate::source::problem::say;

/// The plan's own table.
pub(super) struct Head {
    pub id: PlanId,
    pub title: String,
    pub issuer: String,
    pub number: String,
    pub addressees: String,
    pub copies: String,
    pub issued: Day,
    pub ends: Day,
    pub supervisor: Option<String>,
    pub lang: String,
    pub timezone: i32,
    pub due_soon: i32,
    pub grace: i32,
    pub rectify: i32,
}

impl Settling {
    pub(super) fn head(&mut self, raw: Option<raw::Head>, phases: &[Phase]) -> Option<Head> {
        let at = KeyPath::top("plan");
        let Some(raw) = raw else {
            self.missing(&at, "plan");
            return None;
        };
        let id = self.id::<PlanId>(raw.id.as_deref(), &at);
        let title = self.text(raw.title, "title", &at);
        if raw.issued.is_none() {
            self.missing(&at, "issued");
        }
        let issued = self.day(raw.issued.as_ref(), Edge::First, &at.key("issued"));
        let given = self.day(raw.ends.as_ref(), Edge::Last, &at.key("ends"));
        let ends = given.or_else(|| phases.iter().map(|phase| phase.to).max());
        if let (Some(issued), Some(ends)) = (issued, given)
            && ends < issued
        {
            let saying = say!("check-ends-before-issued", ends = ends, issued = issued);
            self.error(&at.key("ends"), saying);
        }
        let timezone = raw.timezone.as_deref().unwrap_or("+08:00");
        let minutes = minutes_east(timezone);
        if minutes.is_none() {
            self.error(&at.key("timezone"), say!("check-timezone", text = timezone));
        }
        let due_soon = self.days(raw.due_soon, 7, &at.key("due_soon"));
        let grace = self.days(raw.grace, 0, &at.key("grace"));
        let rectify = self.days(raw.rectify, 5, &at.key("rectify"));
        let lang = match raw.lang {
            None | Some(raw::Lang::Chinese) => "zh-CN",
            Some(raw::Lang::English) => "en",
        };
        Some(Head {
            id: id?,
            title: title?,
            issuer: raw.issuer.unwrap_or_default(),
            number: raw.number.unwrap_or_default(),
            addressees: raw.addressees.unwrap_or_default(),
            copies: raw.copies.unwrap_or_default(),
            issued: issued?,
            ends: ends?,
            supervisor: raw.supervisor.filter(|name| !name.trim().is_empty()),
            lang: lang.to_string(),
            timezone: minutes?,
            due_soon,
            grace,
            rectify,
        })
    }

    fn days(&mut self, number: Option<i64>, usual: i32, at: &KeyPath<'_>) -> i32 {
        let Some(number) = number else {
            return usual;
        };
        match i32::try_from(number) {
            Ok(days @ 0..=3660) => days,
            _ => {
                self.error(at, say!("check-days-range", number = number));
                usual
            }
        }
    }

    pub(super) fn calendar(&mut self, raw: raw::Calendar) -> Calendar {
        let mut calendar = Calendar::default();
        let table = KeyPath::top("calendar");
        let (off, work) = (table.key("off"), table.key("work"));
        for (place, when) in raw.off.iter().enumerate() {
            let at = off.index(place);
            let (first, last) = match when.0.split_once("..") {
                Some((first, last)) => {
                    let (first, last) = (raw_when(first), raw_when(last));
                    let first = self.day(Some(&first), Edge::First, &at);
                    (first, self.day(Some(&last), Edge::Last, &at))
                }
                None => {
                    let first = self.day(Some(when), Edge::First, &at);
                    (
                        first,
                        first.and_then(|_| self.day(Some(when), Edge::Last, &at)),
                    )
                }
            };
            if let (Some(first), Some(last)) = (first, last) {
                if first > last {
                    self.error(&at, say!("check-from-after-to", from = first, to = last));
                } else {
                    calendar.off.push((first, last));
                }
            }
        }
        for (place, when) in raw.work.iter().enumerate() {
            calendar
                .work
                .extend(self.day(Some(when), Edge::First, &work.index(place)));
        }
        calendar
    }

    pub(super) fn goals(&mut self, raw: Vec<raw::Goal>) -> Vec<Goal> {
        let (list, mut seen) = (KeyPath::top("goal"), HashMap::new());
        let mut goals = Vec::with_capacity(raw.len());
        for (place, raw) in raw.into_iter().enumerate() {
            let at = list.index(place);
            let id = self.id(raw.id.as_deref(), &at);
            let name = self.text(raw.name, "name", &at);
            self.once_if(&mut seen, raw.id.as_deref(), &at);
            if let (Some(id), Some(name)) = (id, name) {
                goals.push(Goal { id, name });
            }
        }
        goals
    }

    pub(super) fn themes(&mut self, raw: Vec<raw::Theme>) -> Vec<Theme> {
        let (list, mut seen) = (KeyPath::top("theme"), HashMap::new());
        let mut themes = Vec::with_capacity(raw.len());
        for (place, raw) in raw.into_iter().enumerate() {
            let at = list.index(place);
            let id = self.id(raw.id.as_deref(), &at);
            let name = self.text(raw.name, "name", &at);
            self.once_if(&mut seen, raw.id.as_deref(), &at);
            if let (Some(id), Some(name)) = (id, name) {
                themes.push(Theme {
                    id,
                    name,
                    key: raw.key,
                });
            }
        }
        themes
    }

    pub(super) fn once_if(
        &mut self,
        seen: &mut HashMap<String, String>,
        id: Option<&str>,
        at: &KeyPath<'_>,
    ) {
        if let Some(id) = id {
            self.once(seen, id, at);
        }
    }
}

fn raw_when(text: &str) -> crate::source::plan::scalar::When {
    crate::source::plan::scalar::When(text.trim().to_string())
}

/// `+08:00`, `-03:30` or `Z` as minutes.
fn minutes_east(text: &str) -> Option<i32> {
    if matches!(text, "Z" | "UTC") {
        return Some(0);
    }
    let (sign, rest) = match text.strip_prefix('+') {
        Some(rest) => (1, rest),
        None => (-1, text.strip_prefix('-')?),
    };
    let (hours, minutes) = rest.split_once(':')?;
    let number = |part: &str, most: i32| {
        let plain = part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
        plain
            .then(|| part.parse().unwrap_or(i32::MAX))
            .filter(|number| *number <= most)
    };
    Some(sign * (number(hours, 14)? * 60 + number(minutes, 59)?))
}
