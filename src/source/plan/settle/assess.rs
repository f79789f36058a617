//! Settling the assessment (强化考核).

use std::collections::HashMap;

use super::Settling;
use crate::model::code::TaskCode;
use crate::model::decimal::Decimal;
use crate::model::plan::{Assessment, Rule, objection_days};
use crate::source::near::did_you_mean;
use crate::source::plan::finding::KeyPath;
use crate::source::plan::raw;
use crate::source::problem::say;

impl Settling {
    pub(super) fn assessment(&mut self, raw: raw::Assessment, tasks: &[String]) -> Assessment {
        let table = KeyPath::top("assessment");
        let base = self.number(raw.base, &table.key("base"));
        let base = base.unwrap_or(Decimal::from_thousandths(100_000));
        let floor = self
            .number(raw.floor, &table.key("floor"))
            .unwrap_or(Decimal::ZERO);
        if floor > base {
            self.error(
                &table.key("floor"),
                say!("check-floor-above-base", floor = floor, base = base),
            );
        }
        let usual = objection_days();
        let objection_days = self.days(raw.objection_days, usual, &table.key("objection_days"));
        let (list, mut seen) = (table.key("rule"), HashMap::new());
        let mut rules = Vec::with_capacity(raw.rule.len());
        for (place, rule) in raw.rule.into_iter().enumerate() {
            let at = list.index(place);
            self.once_if(&mut seen, rule.id.as_deref(), &at);
            rules.extend(self.rule(rule, tasks, &at));
        }
        Assessment {
            base,
            floor,
            objection_days,
            who: raw.who,
            notice_every: raw.notice_every,
            rules,
        }
    }

    fn rule(&mut self, raw: raw::Rule, known: &[String], at: &KeyPath<'_>) -> Option<Rule> {
        let id = self.id(raw.id.as_deref(), at);
        if raw.on.is_none() {
            self.missing(at, "on");
        }
        let points = self.number(raw.points, &at.key("points"));
        let cap = self.number(raw.cap, &at.key("cap"));
        if cap.is_some_and(|cap| cap <= Decimal::ZERO) {
            self.error(&at.key("cap"), say!("check-not-positive", key = "cap"));
        }
        let again = self.number(raw.again, &at.key("again"));
        if again.is_some_and(|again| again <= Decimal::ZERO) {
            self.error(&at.key("again"), say!("check-not-positive", key = "again"));
        }
        self.not_empty(raw.name.as_ref(), "name", at);
        let list = at.key("tasks");
        if raw.tasks.as_ref().is_some_and(Vec::is_empty) {
            self.error(&list, say!("check-empty", key = "tasks"));
        }
        let mut tasks: Vec<TaskCode> = Vec::new();
        for (place, code) in raw.tasks.iter().flatten().enumerate() {
            if known.contains(code) {
                tasks.extend(code.parse().ok());
                continue;
            }
            let hint = did_you_mean(code, known.iter().map(String::as_str));
            let saying = say!("check-unknown-task", id = code).hint(hint);
            self.error(&list.index(place), saying);
        }
        Some(Rule {
            id: id?,
            name: raw.name.unwrap_or_default(),
            tasks,
            clause: raw.clause.unwrap_or_default(),
            on: raw.on?,
            points: points.unwrap_or(Decimal::ZERO),
            per: raw.per.unwrap_or_default(),
            cap,
            again,
        })
    }
}
