//! What every report says of itself: which plan, which day, and what was known by then.

use serde::Serialize;

use crate::document::{Date, Document, Text, Tone, Value};
use crate::model::board::View;
use crate::model::day::Day;
use crate::model::tally::Rate;
use crate::query::{Scope, Selection, Workspace};
use crate::words::{Words, args};

/// Which plan a report is about.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct PlanRef {
    /// The plan's id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What heads a screen: its short title, where it has one.
    #[serde(skip)]
    pub short: String,
    /// The digest of plan and roster in force.
    pub digest: String,
}

/// What a report is about and for which day.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Frame {
    /// The plan.
    pub plan: PlanRef,
    /// The day asked about.
    pub as_of: Day,
    /// Only what had been recorded by this day counts.
    pub known_by: Option<Day>,
    /// The day of an amendment of the plan after `as_of` or `known_by`, where there was one: today's plan judges every day.
    pub amended: Option<Day>,
    /// Whether `as_of` has not come yet.
    pub forecast: bool,
    /// Which units and tasks, where it is about less than the whole.
    pub filter: Option<Scope>,
    /// The options that ask for the same days, each after a space; nothing where that is today, with all that is known.
    #[serde(skip)]
    days: String,
}

impl Frame {
    /// The frame of a view on the plan in force.
    pub(crate) fn of(workspace: &Workspace, view: View) -> Self {
        let plan = PlanRef {
            id: workspace.plan.id.to_string(),
            title: workspace.plan.title.clone(),
            short: workspace.plan.heading().to_string(),
            digest: workspace.digest.clone(),
        };
        let mut days = String::new();
        if view.as_of != workspace.today {
            days += &format!(" --as-of {}", view.as_of);
        }
        if let Some(day) = view.known_by {
            days += &format!(" --known-by {day}");
        }
        Self {
            plan,
            as_of: view.as_of,
            known_by: view.known_by,
            amended: workspace.amended.filter(|day| {
                *day > view.as_of || view.known_by.is_some_and(|known_by| *day > known_by)
            }),
            forecast: view.as_of > workspace.today,
            filter: None,
            days,
        }
    }

    /// The same, about the units and tasks selected.
    #[must_use]
    pub(crate) fn within(self, selection: &Selection) -> Self {
        Self {
            filter: selection.scope.clone(),
            ..self
        }
    }

    /// The options that ask for the same units, tasks and days, each after a space.
    pub(super) fn options(&self) -> String {
        let options = self.filter.iter().flat_map(Scope::options);
        let mut options: String = options
            .map(|(name, value)| format!(" --{name} {}", in_shell(value)))
            .collect();
        options += &self.days;
        options
    }

    /// Says which part of the whole it is about.
    pub(crate) fn scope(&self, words: &Words) -> Option<String> {
        let scope = self.filter.as_ref()?;
        let mut parts: Vec<String> = Vec::new();
        if let Some((_, name)) = &scope.area {
            parts.push(name.clone());
        }
        if !scope.kind.is_empty() {
            let kinds = scope.kind.iter();
            let kinds = kinds.map(|kind| kind_name(words, kind).unwrap_or_else(|| kind.clone()));
            parts.push(listed(words, &kinds.collect::<Vec<_>>()));
        }
        let names = |list: &[(String, String)]| list.iter().map(|(_, name)| name.clone()).collect();
        let lists: [(&str, Vec<String>); 4] = [
            ("frame-scope-label", scope.label.clone()),
            ("frame-scope-phase", names(&scope.phase)),
            ("frame-scope-task", names(&scope.task)),
            ("frame-scope-unit", names(&scope.unit)),
        ];
        for (id, names) in lists.iter().filter(|(_, names)| !names.is_empty()) {
            parts.push(words.say(id, &args!(names = listed(words, names))));
        }
        let scope = parts.join(&words.text("frame-scope-separator"));
        Some(words.say("frame-scope", &args!(scope = scope)))
    }

    /// The document of a report, of that name, which begins with its heading: what it is at the left, the day at the right; below it
    /// what limits it.
    pub(crate) fn document<'a>(&self, words: &Words, name: String) -> Document<'a> {
        let day = |id: &str, day: String| words.say(id, &args!(day = day));
        let mut aside = Text::from(day("frame-as-of", long_day(words, self.as_of)));
        if self.forecast {
            aside.push("  ", Tone::Plain);
            aside.push(words.text("frame-forecast"), Tone::Notice);
        }
        let mut document = Document::new(words.lang().tag(), name.clone());
        document.heading(1, (name, Tone::Strong), aside);
        if let Some(scope) = self.scope(words) {
            document.limit(scope);
        }
        if let Some(known_by) = self.known_by {
            document.limit(day("frame-known-by", known_by.to_string()));
        }
        if let Some(amended) = self.amended {
            document.limit(day("frame-amended", amended.to_string()));
        }
        document
    }
}

/// Says that rows were left out, because fewer were asked for.
pub(super) fn omitted(words: &Words, rows: usize) -> Option<String> {
    (rows > 0).then(|| words.say("frame-omitted", &[("n", rows.into())]))
}

/// A line about rows that are folded away; a screen says how to ask for them.
pub(super) fn hidden(words: &Words, line: String, screen: bool) -> String {
    match screen {
        true => line + &words.text("frame-all"),
        false => line,
    }
}

/// A word as a shell takes it: quoted where it has more than letters, digits and a few marks.
fn in_shell(word: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "-_./".contains(c);
    match word.chars().all(is_plain) {
        true => word.to_string(),
        false => format!("'{}'", word.replace('\'', "'\\''")),
    }
}

/// A day with its weekday: `2020-07-03 周五`.
pub(crate) fn long_day(words: &Words, day: Day) -> String {
    let weekday = day.weekday().number_from_monday();
    format!("{day} {}", words.text(&format!("format-weekday-{weekday}")))
}

/// A day as documents write it: `2020年7月3日`, `3 July 2020`.
pub(crate) fn full_day(words: &Words, day: Day) -> String {
    let (year, month, date) = day.ymd();
    let args = args!(
        year = year.to_string(),
        month = words.text(&format!("format-month-{month}")),
        date = date.to_string()
    );
    words.say("format-full-day", &args)
}

/// A day in a sentence, without its year where that is the year of `near`: `6月30日`, `30 June`.
pub(crate) fn month_day(words: &Words, day: Day, near: Day) -> String {
    let (year, month, date) = day.ymd();
    if year != near.ymd().0 {
        return full_day(words, day);
    }
    let args = args!(
        month = words.text(&format!("format-month-{month}")),
        date = date.to_string()
    );
    words.say("format-month-day", &args)
}

/// A day without its year where that is the year of `near`: `06-30`.
pub(crate) fn short_day(day: Day, near: Day) -> String {
    let text = day.to_string();
    if day.ymd().0 == near.ymd().0 {
        text[5..].to_string()
    } else {
        text
    }
}

/// A day as documents know it.
pub(crate) fn date(day: Day) -> Date {
    let (year, month, date) = day.ymd();
    let small = |number: u32| u8::try_from(number).unwrap_or(u8::MAX);
    Date {
        year: u16::try_from(year).unwrap_or(0),
        month: small(month),
        date: small(date),
    }
}

/// A day in a cell, in the words of [`short_day`].
pub(crate) fn day_cell(day: Day, near: Day) -> Text {
    Text::day(short_day(day, near), date(day))
}

/// A rate in a cell, in the words of [`percent`].
pub(crate) fn rate_cell(rate: Rate) -> Text {
    match rate.rounded(1000) {
        Some(_) => Text::from(percent(rate)).worth(Value::Number),
        // Nothing was expected, which is not nought.
        None => percent(rate).into(),
    }
}

/// A rate for people: `86.8%`, or `-` where nothing is expected.
pub(crate) fn percent(rate: Rate) -> String {
    let told = |parts| format!("{}.{}%", parts / 10, parts % 10);
    rate.rounded(1000).map_or_else(|| "-".to_string(), told)
}

/// A name and its number of obligations, or the like: the texts joined as the language joins lists.
pub(crate) fn listed(words: &Words, texts: &[String]) -> String {
    // Of most rows there is nothing to list, and the separator takes long to look up: `score` of 30,000 units takes 201
    // million instructions so, 226 with it.
    match texts {
        [] => String::new(),
        [one] => one.clone(),
        several => several.join(&words.text("format-list-separator")),
    }
}

/// A quantity with what is counted, written together in Chinese and apart in English: `12/20张`, `4/10 bins`.
pub(crate) fn measured(number: &str, measure: &str) -> String {
    match measure.starts_with(|c: char| c.is_ascii_alphanumeric()) {
        true => format!("{number} {measure}"),
        false => format!("{number}{measure}"),
    }
}

/// A kind of unit for people, with the word that the roster has and commands take: `村（village）`.
pub(crate) fn kind(words: &Words, kind: &str) -> String {
    match kind_name(words, kind) {
        Some(name) if name != kind => words.say("format-kind", &args!(name = name, kind = kind)),
        _ => kind.to_string(),
    }
}

/// What people call a kind of unit: `村` for `village`. `None` = the kind is the roster's own word.
pub(crate) fn kind_name(words: &Words, kind: &str) -> Option<String> {
    let id = format!("kind-{kind}");
    words.has(&id).then(|| words.text(&id))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Lang;

    #[test]
    fn a_word_for_a_shell_is_quoted_where_it_needs_it() {
        assert_eq!(in_shell("塘坝村"), "塘坝村");
        assert_eq!(in_shell("far side"), "'far side'");
        assert_eq!(in_shell("it's $HOME"), "'it'\\''s $HOME'");
    }

    #[test]
    fn a_measure_in_latin_letters_stands_apart() {
        assert_eq!(measured("12/20", "张"), "12/20张");
        assert_eq!(measured("4/10", "bins"), "4/10 bins");
        assert_eq!(measured("3", ""), "3");
    }

    #[test]
    fn a_kind_is_named_where_many_rosters_have_it() {
        let (zh, en) = (Words::new(Lang::Zh), Words::new(Lang::En));
        assert_eq!(kind(&zh, "village"), "村（village）");
        assert_eq!(kind(&zh, "parish"), "parish");
        assert_eq!(kind(&zh, "村"), "村");
        assert_eq!(kind(&en, "village"), "village");
    }
}
