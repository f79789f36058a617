//! Settling what a task takes.

use super::Settling;
use crate::model::decimal::Decimal;
use crate::model::plan::{Amount, Need, Target};
use crate::source::plan::finding::{Finding, KeyPath};
use crate::source::plan::scalar::{self, Number, TargetTable};
use crate::source::problem::say;

impl Settling {
    /// The target of the table at `at`; `None` where something of it is wrong.
    pub(super) fn target(&mut self, raw: &TargetTable, at: &KeyPath<'_>) -> Option<Target> {
        let list = at.key("target");
        if raw.needs().is_empty() {
            self.error(&list, say!("check-empty", key = "target"));
        }
        let mut measure: Option<&str> = None;
        let mut needs = Vec::new();
        for (place, need) in raw.needs().iter().enumerate() {
            let element = list.index(place);
            let at = match raw {
                TargetTable::One(_) => &list,
                TargetTable::Many(_) => &element,
            };
            if let Some(said) = need.measure.as_deref() {
                if measure.is_some_and(|before| before != said) {
                    let before = measure.unwrap_or_default();
                    let saying = say!("check-two-measures", one = before, other = said);
                    self.error(&at.key("measure"), saying);
                }
                measure = Some(said);
            }
            let who = need.who.clone().unwrap_or_default();
            if who.is_empty() && place + 1 < raw.needs().len() {
                self.error(at, say!("check-target-shadows"));
            }
            if let Some(amount) = self.amount(need, at) {
                needs.push(Need { who, amount });
            }
        }
        let measure = measure.unwrap_or_default().to_string();
        let whole = !needs.is_empty() && needs.len() == raw.needs().len();
        whole.then_some(Target { needs, measure })
    }

    fn amount(&mut self, need: &scalar::Need, at: &KeyPath<'_>) -> Option<Amount> {
        match (need.count, need.share) {
            (None, None) => {
                let finding = Finding::error(at, say!("check-target-amount"));
                self.found.push(finding.missing(&["count", "share"]));
                None
            }
            (Some(_), Some(_)) => {
                self.error(&at.key("share"), say!("check-target-both"));
                None
            }
            (count @ Some(_), None) => {
                if need.of.is_some() {
                    self.error(&at.key("of"), say!("check-of-without-share"));
                }
                let count = self.number(count, &at.key("count"))?;
                if count <= Decimal::ZERO {
                    self.error(&at.key("count"), say!("check-not-positive", key = "count"));
                    return None;
                }
                Some(Amount::Count(count))
            }
            (None, share) => {
                let share = self.share(share, &at.key("share"));
                let Some(of) = need.of.clone().filter(|of| !of.trim().is_empty()) else {
                    self.error(at, say!("check-share-without-of"));
                    return None;
                };
                Some(Amount::Share { share: share?, of })
            }
        }
    }

    /// A share, more than 0 and at most 1.
    pub(super) fn share(&mut self, share: Option<Number>, at: &KeyPath<'_>) -> Option<Decimal> {
        let share = self.number(share, at)?;
        if share <= Decimal::ZERO || share > Decimal::ONE {
            self.error(at, say!("check-share-range", share = share));
            return None;
        }
        Some(share)
    }
}
