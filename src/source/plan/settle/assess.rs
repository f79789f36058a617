//! Settling the assessment (强化考核).

use std::collections::HashMap;

use super::{Ids, Settling};
use crate::model::code::TaskCode;
use crate::model::decimal::Decimal;
use crate::model::plan::{Assessment, Rule, objection_days};
use crate::source::plan::finding::{Finding, KeyPath};
use crate::source::plan::raw;
use crate::source::problem::say;

impl Settling {
    pub(super) fn assessment(&mut self, raw: raw::Assessment, tasks: &Ids) -> Assessment {
        let table = KeyPath::top("assessment");
        if raw.rule.is_empty() {
            let found = Finding::warning(&table, say!("check-no-rules"));
            self.found.push(found.missing(&["rule"]));
        }
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

    fn rule(&mut self, raw: raw::Rule, known: &Ids, at: &KeyPath<'_>) -> Option<Rule> {
        let id = self.id(raw.id.as_deref(), at);
        if raw.on.is_none() {
            self.missing(at, "on");
        }
        let given = raw.points.is_some();
        let points = self.number(raw.points, &at.key("points"));
        let nothing = !given || points == Some(Decimal::ZERO);
        if let Some(id) = raw.id.as_deref().filter(|_| nothing) {
            let saying = say!("check-rule-without-points", id = id);
            let found = Finding::warning(at, saying);
            self.found.push(found.missing(&["points"]));
        }
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
            match known.unknown(code) {
                None => tasks.extend(code.parse().ok()),
                Some(hint) => {
                    let saying = say!("check-unknown-task", id = code).hint(hint);
                    self.error(&list.index(place), saying);
                }
            }
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
