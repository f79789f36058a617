//! Settling the plan's own table, its calendar, goals and themes.

use std::collections::HashMap;

use super::{Edge, Ids, Settling};
use crate::model::code::PlanId;
use crate::model::day::Day;
use crate::model::plan::{Calendar, Goal, Plan, Theme};
use crate::model::zone::Zone;
use crate::source::near::did_you_mean;
use crate::source::plan::finding::KeyPath;
use crate::source::plan::raw;
use crate::source::plan::scalar::When;
use crate::source::problem::say;

impl Settling {
    /// The plan as its own table says it; what the other tables hold is still to come. For a key that is missing or wrong
    /// something stands in of which no advice speaks, so that the rest is still judged; `None` where there is no such table.
    pub(super) fn head(&mut self, raw: Option<raw::Head>) -> Option<Plan> {
        let at = KeyPath::top("plan");
        let Some(raw) = raw else {
            self.missing(&at, "plan");
            return None;
        };
        let id = self.id::<PlanId>(raw.id.as_deref(), &at);
        let id = id.or_else(|| "plan".parse().ok())?;
        let title = self.text(raw.title, "title", &at).unwrap_or_default();
        if raw.issued.is_none() {
            self.missing(&at, "issued");
        }
        let issued = self.day(raw.issued.as_ref(), Edge::First, &at.key("issued"));
        let ends = self.day(raw.ends.as_ref(), Edge::Last, &at.key("ends"));
        if let (Some(issued), Some(ends)) = (issued, ends)
            && ends < issued
        {
            let saying = say!("check-ends-before-issued", ends = ends, issued = issued);
            self.error(&at.key("ends"), saying);
        }
        let zone = self.zone(raw.timezone.as_deref().unwrap_or("+08:00"), &at);
        let due_soon = self.days(raw.due_soon, 7, &at.key("due_soon"));
        let grace = self.days(raw.grace, 0, &at.key("grace"));
        let rectify = self.days(raw.rectify, 5, &at.key("rectify"));
        self.not_empty(raw.short.as_ref(), "short", &at);
        self.not_empty(raw.office.as_ref(), "office", &at);
        let lang = match raw.lang {
            None | Some(raw::Lang::Chinese) => "zh-CN",
            Some(raw::Lang::English) => "en",
        };
        Some(Plan {
            id,
            title,
            short: raw.short.unwrap_or_default(),
            issuer: raw.issuer.unwrap_or_default(),
            office: raw.office.unwrap_or_default(),
            number: raw.number.unwrap_or_default(),
            addressees: raw.addressees.unwrap_or_default(),
            copies: raw.copies.unwrap_or_default(),
            // Nothing is due before the first day that there is.
            issued: issued.unwrap_or(Day::from_number(1)),
            ends,
            supervisor: raw.supervisor.filter(|name| !name.trim().is_empty()),
            lang: lang.to_string(),
            timezone: zone.unwrap_or(Zone::UTC),
            due_soon,
            grace,
            rectify,
            calendar: Calendar::default(),
            goals: Vec::new(),
            themes: Vec::new(),
            phases: Vec::new(),
            activities: Vec::new(),
            tasks: Vec::new(),
            assessment: None,
        })
    }

    fn zone(&mut self, text: &str, head: &KeyPath<'_>) -> Option<Zone> {
        let zone = text.parse().ok();
        if zone.is_none() {
            let saying = say!("check-timezone", text = text);
            let saying = saying.hint(did_you_mean(text, Zone::names()));
            self.error(&head.key("timezone"), saying);
        }
        zone
    }

    pub(super) fn days(&mut self, number: Option<i64>, usual: i32, at: &KeyPath<'_>) -> i32 {
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
            if self.in_order(first, last, &at) {
                calendar.off.extend(first.zip(last));
            }
        }
        for (place, when) in raw.work.iter().enumerate() {
            calendar
                .work
                .extend(self.day(Some(when), Edge::First, &work.index(place)));
        }
        calendar
    }

    pub(super) fn goals(&mut self, raw: Vec<raw::Goal>) -> (Vec<Goal>, Ids) {
        let ids = raw.iter().map(|raw| raw.id.clone()).collect();
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
        (goals, ids)
    }

    pub(super) fn themes(&mut self, raw: Vec<raw::Theme>) -> (Vec<Theme>, Ids) {
        let ids = raw.iter().map(|raw| raw.id.clone()).collect();
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
        (themes, ids)
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

fn raw_when(text: &str) -> When {
    When(text.trim().to_string())
}
