//! The spanned tree of a plan file: syntax errors, the check of shapes against the schema, and the spans of key paths.
//!
//! Only a file with a problem pays for it.

use std::ops::Range;

use serde::Deserialize;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::finding::{Finding, KeyPart, Path};
use super::raw;
use super::shape::Shapes;
use super::when;
use crate::model::decimal::Decimal;
use crate::source::near::folded;
use crate::source::problem::{Place, Problem, Saying, say};
use crate::source::text::Lines;

/// How many syntax errors are told: after a few, each is the echo of another.
const SYNTAX_TOLD: usize = 20;

/// A plan file with the place of everything in it.
pub(super) struct Tree<'a> {
    root: Spanned<DeTable<'a>>,
    text: &'a str,
    lines: Lines<'a>,
    syntax: Vec<(Range<usize>, Saying)>,
}

impl<'a> Tree<'a> {
    /// The tree of that text, as far as it can be understood.
    pub(super) fn new(name: &'a str, text: &'a str) -> Self {
        let (root, errors) = DeTable::parse_recoverable(text);
        let lines = Lines::new(name, text);
        let mut syntax = Vec::new();
        for error in errors {
            let span = error.span().unwrap_or(text.len()..text.len());
            let value = value_at(text, &span);
            let day = value.clone().and_then(|value| when::bare(&text[value]));
            syntax.push(if let Some((span, percent)) = percent(text, &span) {
                (span, percent)
            } else if let Some(day) = value.zip(day) {
                day
            } else if let Some(mark) = full_width(text, &span) {
                mark
            } else {
                (span, say!("check-syntax", detail = error.message()))
            });
        }
        Self {
            root,
            text,
            lines,
            syntax,
        }
    }

    /// Every problem of syntax, one a line.
    pub(super) fn syntax(&self) -> Vec<Problem> {
        let mut problems: Vec<Problem> = Vec::new();
        for (span, saying) in &self.syntax {
            let place = self.lines.place(span);
            let told = |problem: &Problem| {
                problem.place.as_ref().map(|place| place.line) == Some(place.line)
            };
            if problems.len() < SYNTAX_TOLD && !problems.iter().any(told) {
                problems.push(Problem::error(place, saying.clone()));
            }
        }
        problems
    }

    /// Every key that nobody knows and every value of the wrong type, and the file without them.
    pub(super) fn shapes(self) -> (Vec<Problem>, Pruned, Option<raw::File>) {
        let Self {
            mut root,
            text,
            lines,
            syntax: _,
        } = self;
        let mut shapes = Shapes::new();
        shapes.walk_file(root.get_mut());
        let Shapes { wrong, .. } = shapes;
        let problem = |wrong: &super::shape::Wrong| {
            let mut place = lines.place(&wrong.span);
            place.path = Some(wrong.path.to_string());
            Problem::error(place, wrong.saying.clone())
        };
        let mut problems: Vec<Problem> = wrong.iter().map(problem).collect();
        let pruned = Pruned(
            wrong
                .into_iter()
                .flat_map(|wrong| wrong.meant.into_iter().chain([wrong.path]))
                .collect(),
        );
        let file = match raw::File::deserialize(toml::de::Deserializer::from(root)) {
            Ok(file) => Some(file),
            Err(error) => {
                if problems.is_empty() {
                    let span = error.span().unwrap_or(0..text.len());
                    let saying = say!("check-syntax", detail = error.message());
                    problems.push(Problem::error(lines.place(&span), saying));
                }
                None
            }
        };
        (problems, pruned, file)
    }

    /// The problem of something found, at its place.
    pub(super) fn problem(&self, found: Finding) -> Problem {
        let mut place = self.place(&found.path);
        place.path = Some(found.path.to_string());
        Problem::new(found.severity, place, found.saying)
    }

    /// The place of a path; of one that the file does not have, the nearest table above.
    pub(super) fn place(&self, path: &Path) -> Place {
        let Some((KeyPart::Key(first), rest)) = path.0.split_first() else {
            return Place::whole(self.lines.name());
        };
        let Some((key, value)) = self.root.get_ref().get_key_value(first.as_str()) else {
            return Place::whole(self.lines.name());
        };
        let (mut key, mut value) = (Some(key.span()), value);
        let mut whole = true;
        for part in rest {
            let next = match part {
                KeyPart::Key(name) => {
                    let table = value.get_ref().as_table();
                    let found = table.and_then(|table| table.get_key_value(name.as_str()));
                    found.map(|(name, value)| (Some(name.span()), value))
                }
                KeyPart::Index(index) => {
                    let array = value.get_ref().as_array();
                    array
                        .and_then(|array| array.get(*index))
                        .map(|value| (None, value))
                }
            };
            let Some(next) = next else {
                whole = false;
                break;
            };
            (key, value) = next;
        }
        let span = match (value.get_ref(), key) {
            (DeValue::Table(_) | DeValue::Array(_), Some(key)) if whole => key,
            _ => value.span(),
        };
        self.lines.place(&span)
    }
}

/// The line of a syntax error.
fn line_at(text: &str, span: &Range<usize>) -> Option<Range<usize>> {
    let start = text.get(..span.start)?.rfind('\n').map_or(0, |end| end + 1);
    let end = text.get(span.start..)?.find('\n');
    Some(start..end.map_or(text.len(), |end| span.start + end))
}

/// The first full-width mark outside quotation marks on the line of a syntax error, and the mark that TOML would want: `“`, `，`.
fn full_width(text: &str, span: &Range<usize>) -> Option<(Range<usize>, Saying)> {
    let line = line_at(text, span)?;
    let mut quoted = false;
    for (at, mark) in text[line.clone()].char_indices() {
        let plain = match mark {
            '"' => {
                quoted = !quoted;
                continue;
            }
            '#' if !quoted => return None,
            _ if quoted => continue,
            '“' | '”' | '＂' => '"',
            '‘' | '’' | '＇' => '\'',
            '，' | '、' => ',',
            '＝' => '=',
            '［' | '【' => '[',
            '］' | '】' => ']',
            '｛' => '{',
            '｝' => '}',
            '＃' => '#',
            _ => continue,
        };
        let start = line.start + at;
        let saying = say!(
            "check-full-width",
            mark = mark.to_string(),
            plain = plain.to_string()
        );
        return Some((start..start + mark.len_utf8(), saying));
    }
    None
}

/// The number in percent at a syntax error, and what is to be said of it: `45%`.
fn percent(text: &str, span: &Range<usize>) -> Option<(Range<usize>, Saying)> {
    let line = line_at(text, span)?;
    let sign = line.start + text[line].find('%')?;
    let plain = |c: char| c.is_ascii_digit() || c == '.';
    let start = text[..sign].trim_end_matches(plain).len();
    let saying = in_percent(&text[start..=sign])?;
    Some((start..sign + 1, saying))
}

/// What is to be said of a number in percent, with the number that TOML would want.
pub(super) fn in_percent(text: &str) -> Option<Saying> {
    let folded = folded(text);
    let number: Decimal = folded.trim().strip_suffix('%')?.trim_end().parse().ok()?;
    let share = number.times(Decimal::from_thousandths(10));
    Some(say!("check-percent", text = text, share = share))
}

/// The value without quotation marks at a syntax error: what lies on its line between the signs that end a value.
fn value_at(text: &str, span: &Range<usize>) -> Option<Range<usize>> {
    let before = text.get(..span.start)?;
    let start = before
        .rfind(['=', ',', '[', '{', '"', '\n'])
        .map_or(0, |sign| sign + 1);
    let rest = text.get(start..)?;
    let rest = &rest[..rest
        .find([',', ']', '}', '#', '"', '\n'])
        .unwrap_or(rest.len())];
    let start = start + rest.len() - rest.trim_start().len();
    Some(start..start + rest.trim().len())
}

/// The paths that a check of shapes took out of the file.
pub(super) struct Pruned(Vec<Path>);

impl Pruned {
    /// Whether something found is only the echo of what was taken out.
    pub(super) fn explains(&self, found: &Finding) -> bool {
        let taken = |path: &[KeyPart]| self.0.iter().any(|out| path.starts_with(&out.0));
        let with = |table: &[KeyPart], key: &str| {
            let mut path = table.to_vec();
            path.push(KeyPart::Key(key.to_string()));
            path
        };
        let path = &found.path.0;
        let beside = path.split_last().map_or(&[][..], |(_, table)| table);
        let lost = |key| taken(&with(path, key)) || taken(&with(beside, key));
        taken(path) || found.missing.iter().any(|key| lost(key))
    }

    /// Whether all was left of what the plan's duties are made of, and of whom it calls its supervisor.
    pub(super) fn leaves_duties(&self) -> bool {
        let mut outside = self.0.iter().map(|path| match &path.0[..] {
            [KeyPart::Key(table), ..] if table == "assessment" || table == "calendar" => true,
            [KeyPart::Key(table), KeyPart::Key(key), ..] => table == "plan" && key != "supervisor",
            _ => false,
        });
        outside.all(|outside| outside)
    }
}
