//! Problems: what is wrong with a file, where, and what would help. Not their wording, and not how they are drawn.

use std::fmt;

/// How much a problem matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The file cannot be used.
    Error,
    /// The file can be used, and is probably not what was meant.
    Warning,
    /// Good to know.
    Note,
}

/// The most characters of an argument that a message repeats.
const LONGEST: usize = 400;

/// A message by its id, which another module words in two languages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saying {
    /// The message's id: kebab-case, `check-…` or `hint-…`.
    pub id: &'static str,
    /// What the message speaks of, by name.
    pub args: Vec<(&'static str, String)>,
    /// What would help.
    pub hint: Option<Box<Saying>>,
}

impl Saying {
    /// A message with its arguments, of which none is repeated in full that is longer than a line or two.
    pub(crate) fn new(id: &'static str, mut args: Vec<(&'static str, String)>) -> Self {
        for (_, value) in &mut args {
            if let Some((at, _)) = value.char_indices().nth(LONGEST) {
                value.truncate(at);
                value.push('…');
            }
        }
        let hint = None;
        Self { id, args, hint }
    }

    /// The same with what would help, where anything would.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<Option<Self>>) -> Self {
        self.hint = hint.into().map(Box::new);
        self
    }

    /// The argument of that name.
    pub fn arg(&self, name: &str) -> Option<&str> {
        let found = self.args.iter().find(|(key, _)| *key == name);
        found.map(|(_, value)| value.as_str())
    }
}

impl fmt::Display for Saying {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id)
    }
}

/// What is said to somebody may be why something could not be done.
impl std::error::Error for Saying {}

/// `say!("check-x", key = value, …)`: a [`Saying`] of that id with those arguments.
macro_rules! say {
    ($id:expr $(, $name:ident = $value:expr)* $(,)?) => {
        $crate::source::problem::Saying::new($id, vec![$((stringify!($name), $value.to_string())),*])
    };
}
pub(crate) use say;

/// A spot in a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// The file, as the caller names it.
    pub file: String,
    /// The line from 1; 0 = the whole file. In a workbook the row.
    pub line: usize,
    /// The first character from 1; 0 = the whole line.
    pub column: usize,
    /// How many characters of the line are meant.
    pub length: usize,
    /// The line itself, or of a very long line a stretch around the spot; of a workbook's row the cells.
    pub text: String,
    /// How many characters of the line are left out before `text`.
    pub skipped: usize,
    /// The cell of a workbook, `B7`.
    pub cell: Option<String>,
    /// The key path in a plan file, `phase[0].activity[1].due`.
    pub path: Option<String>,
}

impl Place {
    /// The whole of that file.
    pub fn whole(file: &str) -> Self {
        Self {
            file: file.to_string(),
            ..Self::default()
        }
    }
}

/// One thing that is wrong, or worth knowing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// How much it matters.
    pub severity: Severity,
    /// Where it is; `None` where it is in no file.
    pub place: Option<Place>,
    /// What it is, and what would help.
    pub saying: Saying,
}

impl Problem {
    /// A problem at that place.
    pub fn new(severity: Severity, place: Place, saying: Saying) -> Self {
        Self {
            severity,
            place: Some(place),
            saying,
        }
    }

    /// An error at that place.
    pub fn error(place: Place, saying: Saying) -> Self {
        Self::new(Severity::Error, place, saying)
    }
}

/// Problems in the order of file, line and column; of one spot in the order in which they were found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problems(Vec<Problem>);

impl Problems {
    /// None so far.
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// Puts one where it belongs.
    pub fn push(&mut self, problem: Problem) {
        self.extend([problem]);
    }

    fn key(problem: &Problem) -> (&str, usize, usize) {
        let place = problem.place.as_ref();
        place.map_or(("", 0, 0), |place| (&place.file, place.line, place.column))
    }

    /// The problems in order.
    pub fn iter(&self) -> std::slice::Iter<'_, Problem> {
        self.0.iter()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// How many of that severity there are.
    pub fn count(&self, severity: Severity) -> usize {
        let same = |problem: &&Problem| problem.severity == severity;
        self.0.iter().filter(same).count()
    }

    /// Whether any of them is an error.
    pub fn has_errors(&self) -> bool {
        self.0
            .iter()
            .any(|problem| problem.severity == Severity::Error)
    }
}

impl Extend<Problem> for Problems {
    fn extend<T: IntoIterator<Item = Problem>>(&mut self, problems: T) {
        let old = self.0.len();
        self.0.extend(problems);
        let Some(least) = self.0[old..].iter().map(Self::key).min() else {
            return;
        };
        // Whoever reads a file finds its problems in its order: nearly all stand where they belong, and of a hundred
        // thousand rows only the last ones are put in order again.
        let from = self.0[..old].partition_point(|other| Self::key(other) <= least);
        self.0[from..].sort_by(|a, b| Self::key(a).cmp(&Self::key(b)));
    }
}

impl FromIterator<Problem> for Problems {
    fn from_iter<T: IntoIterator<Item = Problem>>(problems: T) -> Self {
        let mut all = Self::new();
        all.extend(problems);
        all
    }
}

impl IntoIterator for Problems {
    type Item = Problem;
    type IntoIter = std::vec::IntoIter<Problem>;
    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a> IntoIterator for &'a Problems {
    type Item = &'a Problem;
    type IntoIter = std::slice::Iter<'a, Problem>;
    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}
