//! What stands on each sheet: a table, with what the document says above and below it.

use crate::document::{Block, Document, Table, Text, Tone};

/// How a line looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Rank {
    /// The name of the whole.
    Title,
    /// What stands beside it: the day.
    Aside,
    /// The name of a part.
    Head,
    /// Anything else.
    Words,
}

/// A line above or below a table.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub(super) text: Text,
    pub(super) rank: Rank,
}

/// What stands on one sheet.
#[derive(Default)]
pub(super) struct Part<'a> {
    /// What the sheet is called.
    pub(super) name: String,
    pub(super) above: Vec<Line>,
    pub(super) table: Option<Table<'a>>,
    pub(super) below: Vec<Line>,
}

impl<'a> Part<'a> {
    /// The parts of a document: each but the first begins with its table, or with the heading of one.
    pub(super) fn all(document: Document<'a>) -> Vec<Part<'a>> {
        let mut parts = Parts {
            name: document.title,
            limits: document.limits,
            head: Vec::new(),
            done: Vec::new(),
            part: Part::default(),
        };
        document
            .blocks
            .into_iter()
            .for_each(|block| parts.add(block));
        parts.next();
        parts.done
    }

    fn line(&mut self, text: impl Into<Text>, rank: Rank) {
        let text = text.into();
        if text.is_empty() {
            return;
        }
        let lines = match self.table {
            Some(_) => &mut self.below,
            None => &mut self.above,
        };
        lines.push(Line { text, rank });
    }
}

/// The parts in the making.
struct Parts<'a> {
    /// What a part without a name of its own is called.
    name: String,
    limits: Vec<Text>,
    /// The title and what stands beside it, which each part says again.
    head: Vec<Line>,
    done: Vec<Part<'a>>,
    part: Part<'a>,
}

impl<'a> Parts<'a> {
    fn add(&mut self, block: Block<'a>) {
        let part = &mut self.part;
        match block {
            Block::Heading {
                level: 1,
                text,
                aside,
            } => {
                part.line(text, Rank::Title);
                part.line(aside, Rank::Aside);
                self.head.clone_from(&part.above);
            }
            Block::Heading { text, aside, .. } => {
                if part.table.is_some() {
                    self.next();
                }
                self.part.name = text.plain();
                let beside = if aside.is_empty() { "" } else { "  " };
                self.part.line(text.and(beside).and(aside), Rank::Head);
            }
            Block::Table(table) => {
                if part.table.is_some() {
                    self.next();
                }
                if !table.name.is_empty() {
                    self.part.name.clone_from(&table.name);
                }
                self.part.table = Some(table);
            }
            Block::Line(text) | Block::Paragraph(text) | Block::Salutation(text) => {
                part.line(text, Rank::Words);
            }
            Block::List(points) => {
                let points = points.into_iter();
                points.for_each(|point| part.line(Text::from("· ").and(point), Rank::Words));
            }
            Block::Copies(lines) => {
                let lines = lines.into_iter();
                lines.for_each(|line| part.line(line, Rank::Words));
            }
            Block::Pre(text) => text.lines().for_each(|line| part.line(line, Rank::Words)),
            Block::Letterhead { organ, number } => {
                part.line(organ.in_tone(Tone::Strong), Rank::Aside);
                part.line(number, Rank::Aside);
            }
            Block::Closing { organ, day } => {
                part.line(organ, Rank::Words);
                part.line(day, Rank::Words);
            }
            Block::Blank
            | Block::Verdict(_)
            | Block::Tiles(_)
            | Block::Chart(_)
            | Block::Beside(_)
            | Block::Photographs(_) => {}
        }
    }

    /// Ends the part; the next one begins.
    fn next(&mut self) {
        let mut part = std::mem::take(&mut self.part);
        if part.name.is_empty() {
            part.name.clone_from(&self.name);
        }
        if !self.done.is_empty() {
            let limits = self.limits.iter().cloned();
            let limits = limits.map(|text| Line {
                text,
                rank: Rank::Words,
            });
            let head = self.head.iter().cloned().chain(limits);
            part.above.splice(0..0, head);
        }
        self.done.push(part);
    }
}
