//! The raw file → the plan as it is meant: every day found, every inheritance settled, every contradiction named.

mod assess;
mod duty;
mod head;
mod schedule;
mod target;

use std::collections::{BTreeMap, HashMap};
use std::str::FromStr;

use super::finding::{Finding, KeyPath};
use super::raw;
use super::scalar::{Number, When};
use super::when::{self, Anchors};
use crate::model::code::CodeError;
use crate::model::day::Day;
use crate::model::decimal::{Decimal, DecimalError};
use crate::model::plan::Plan;
use crate::source::near::did_you_mean;
use crate::source::problem::{Saying, Severity, say};

/// Which end of a stretch of days is meant.
#[derive(Clone, Copy)]
pub(super) enum Edge {
    /// For `from`.
    First,
    /// For `to` and `due`.
    Last,
}

/// What a task of the plan is written as.
#[derive(Clone, Copy, Debug)]
pub(super) struct Origin {
    /// Its phase's place in the file.
    pub phase: usize,
    /// Its activity's place in the phase.
    pub activity: usize,
    /// Its own place in the activity; `None` where the activity is its own task.
    pub task: Option<usize>,
    /// Where its due group stands: its own table, its activity's, or its phase's.
    pub group: Group,
    /// The key of that group that says when.
    pub due_key: &'static str,
}

/// Whose due group holds for a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Group {
    /// The table of the task itself.
    Own,
    /// The activity's.
    Activity,
    /// None: the phase's end.
    Phase,
}

/// A plan with what its advice needs to know of the file.
pub(super) struct Settled {
    /// The plan; `None` where something that it cannot do without is missing or wrong.
    pub plan: Option<Plan>,
    /// Each task's origin, in the order of the plan's tasks.
    pub origins: Vec<Origin>,
    /// Whether nothing of what is owed, and for what, was left out because something of it is wrong.
    pub whole: bool,
    /// What was found on the way.
    pub found: Vec<Finding>,
}

/// The ids by which a plan calls its parts of one kind, of those too that are wrong otherwise.
#[derive(Default)]
pub(super) struct Ids {
    known: Vec<String>,
    /// Whether one has none: it may be any that something refers to.
    lost: bool,
}

impl Ids {
    /// Where nothing has that id: what may have been meant.
    fn unknown(&self, id: &str) -> Option<Option<Saying>> {
        let known = || self.known.iter().map(String::as_str);
        let unknown = !self.lost && !known().any(|known| known == id);
        unknown.then(|| did_you_mean(id, known()))
    }
}

impl Extend<Option<String>> for Ids {
    fn extend<T: IntoIterator<Item = Option<String>>>(&mut self, ids: T) {
        for id in ids {
            self.lost |= id.is_none();
            self.known.extend(id);
        }
    }
}

impl FromIterator<Option<String>> for Ids {
    fn from_iter<T: IntoIterator<Item = Option<String>>>(ids: T) -> Self {
        let mut all = Self::default();
        all.extend(ids);
        all
    }
}

/// What the parts of the settling share.
pub(super) struct Settling {
    found: Vec<Finding>,
    anchors: Anchors,
    /// The day of issue, where the file says one: what makes sense of days without a year.
    issued: Option<Day>,
}

/// Settles the raw file. Units and the roster's name are somebody else's.
pub(super) fn settle(file: raw::File) -> Settled {
    let raw::File {
        plan,
        calendar,
        anchor,
        goal,
        theme,
        phase,
        unit: _,
        assessment,
    } = file;
    let mut settling = Settling {
        found: Vec::new(),
        anchors: Anchors::new(),
        issued: None,
    };
    settling.issued = settling.issue_day(plan.as_ref());
    settling.anchors(anchor);
    let (goals, goal_ids) = settling.goals(goal);
    let (themes, theme_ids) = settling.themes(theme);
    let duties = settling.phases(phase, &goal_ids, &theme_ids);
    let wrong = |finding: &Finding| finding.severity == Severity::Error;
    let whole = !settling.found.iter().any(wrong);
    let calendar = settling.calendar(calendar.unwrap_or_default());
    let assessment = assessment.map(|raw| settling.assessment(raw, &duties.codes));
    let head = settling.head(plan);
    let plan = head.map(|head| Plan {
        calendar,
        goals,
        themes,
        phases: duties.phases,
        activities: duties.activities,
        tasks: duties.tasks,
        assessment,
        ..head
    });
    Settled {
        plan,
        origins: duties.origins,
        whole,
        found: settling.found,
    }
}

impl Settling {
    fn error(&mut self, at: &KeyPath<'_>, saying: Saying) {
        self.found.push(Finding::error(at, saying));
    }

    fn missing(&mut self, at: &KeyPath<'_>, key: &'static str) {
        let saying = say!("check-key-missing", key = key);
        self.found.push(Finding::error(at, saying).missing(&[key]));
    }

    /// The table's text of that key, where it has one, must not be empty.
    fn not_empty(&mut self, text: Option<&String>, key: &str, table: &KeyPath<'_>) {
        if text.is_some_and(|text| text.trim().is_empty()) {
            self.error(&table.key(key), say!("check-empty", key = key));
        }
    }

    /// Says so where a window ends before it begins.
    fn in_order(&mut self, from: Option<Day>, to: Option<Day>, at: &KeyPath<'_>) -> bool {
        match from.zip(to).filter(|(from, to)| from > to) {
            None => true,
            Some((from, to)) => {
                self.error(at, say!("check-from-after-to", from = from, to = to));
                false
            }
        }
    }

    /// The day of issue, as far as it says itself; what is wrong with it is said where the plan's table is settled.
    fn issue_day(&self, head: Option<&raw::Head>) -> Option<Day> {
        let issued = head?.issued.as_ref()?;
        let span = when::resolve(&issued.0, &self.anchors, None);
        span.ok().map(|(first, _)| first)
    }

    fn anchors(&mut self, raw: BTreeMap<String, When>) {
        for (name, when) in raw {
            let (table, none) = (KeyPath::top("anchor"), Anchors::new());
            let at = table.key(&name);
            let span = self.checked_code::<crate::model::code::Id>(&name, &at).and(
                match when::resolve(&when.0, &none, self.issued) {
                    Ok((first, last)) if first == last => Some(first),
                    Ok(_) => {
                        self.error(&at, say!("check-anchor-not-a-day", text = when.0));
                        None
                    }
                    Err(refusal) => {
                        // An anchor that counts from an anchor would be one that nobody defined.
                        let refusal = refusal.filter(|saying| saying.id != "check-unknown-anchor");
                        self.error(
                            &at,
                            refusal.unwrap_or_else(|| {
                                say!("check-no-day", text = when.0).hint(say!("hint-day-forms"))
                            }),
                        );
                        None
                    }
                },
            );
            self.anchors.insert(name, span);
        }
    }

    /// The day that the text names.
    fn day(&mut self, when: Option<&When>, edge: Edge, at: &KeyPath<'_>) -> Option<Day> {
        match when::resolve(&when?.0, &self.anchors, self.issued) {
            Ok((first, last)) => Some(match edge {
                Edge::First => first,
                Edge::Last => last,
            }),
            Err(refusal) => {
                let found = refusal.map(|saying| Finding::error(at, saying));
                self.found.extend(found);
                None
            }
        }
    }

    /// The text as a code of that kind.
    fn checked_code<T: FromStr<Err = CodeError>>(
        &mut self,
        text: &str,
        at: &KeyPath<'_>,
    ) -> Option<T> {
        let saying = match text.parse() {
            Ok(code) => return Some(code),
            Err(CodeError::Empty) => say!("check-code-empty"),
            Err(CodeError::Long) => say!("check-code-long", text = text),
            Err(CodeError::Character) => say!("check-code-character", text = text),
        };
        self.error(at, saying);
        None
    }

    /// The table's `id`.
    fn id<T: FromStr<Err = CodeError>>(
        &mut self,
        id: Option<&str>,
        table: &KeyPath<'_>,
    ) -> Option<T> {
        match id {
            Some(text) => self.checked_code(text, &table.key("id")),
            None => {
                self.missing(table, "id");
                None
            }
        }
    }

    /// The table's text of that key, which must be there.
    fn text(
        &mut self,
        text: Option<String>,
        key: &'static str,
        table: &KeyPath<'_>,
    ) -> Option<String> {
        match text {
            None => {
                self.missing(table, key);
                None
            }
            Some(text) if text.trim().is_empty() => {
                self.error(&table.key(key), say!("check-empty", key = key));
                None
            }
            text => text,
        }
    }

    /// The number in thousandths.
    fn number(&mut self, number: Option<Number>, at: &KeyPath<'_>) -> Option<Decimal> {
        let number = number?;
        let saying = match number.decimal() {
            Ok(decimal) => return Some(decimal),
            Err(DecimalError::Places) => say!("check-number-places", number = number.0),
            Err(DecimalError::Range) => say!("check-number-range", number = number.0),
            Err(DecimalError::Form) => say!("check-not-a-number", text = number.0),
        };
        self.error(at, saying);
        None
    }

    /// Says so where an id was used before; `seen` knows the ids and their places in the file.
    fn once(&mut self, seen: &mut HashMap<String, String>, id: &str, table: &KeyPath<'_>) {
        let at = table.key("id");
        if let Some(first) = seen.get(id) {
            let saying = say!("check-id-twice", id = id, first = first);
            self.error(&at, saying);
        } else {
            seen.insert(id.to_string(), table.path().to_string());
        }
    }
}
