//! Rows as serde sees them → lines of equal columns. Nested objects become dotted columns, lists of plain values one
//! cell, and the first list of objects one line an element.

use std::borrow::Cow;

use super::node::Node;

/// One cell of a line.
#[derive(Debug, PartialEq)]
pub(super) enum Cell<'a> {
    /// Words from somewhere: what they begin with is to be watched.
    Text(Cow<'a, str>),
    /// A number or a truth value, written out; or nothing.
    Literal(&'a str),
}

/// What the rows seen so far are made of: the fields of an object in first-seen order.
#[derive(Default)]
pub(super) struct Shape {
    fields: Vec<(String, Shape)>,
    /// A plain value, or a list of them, stood here.
    plain: bool,
    /// A list with an object in it stood here.
    list: bool,
}

/// The columns, and where each one's value is found.
pub(super) struct Layout {
    /// The columns' names.
    pub(super) columns: Vec<String>,
    paths: Vec<Vec<Step>>,
    /// The list whose elements get a line each.
    spread: Option<Vec<Step>>,
}

/// A step into an object: the place where the field mostly stands, and its name.
type Step = (usize, String);

impl Shape {
    /// Takes in one row.
    pub(super) fn learn(&mut self, node: &Node) {
        match node {
            Node::Object(fields) => {
                for (position, (name, value)) in fields.iter().enumerate() {
                    self.field(position, name).learn(value);
                }
            }
            Node::List(elements) if elements.iter().any(is_object) => {
                self.list = true;
                for element in elements {
                    self.learn(element);
                }
            }
            Node::List(elements) => self.plain |= !elements.is_empty(),
            Node::Null => {}
            Node::Literal(_) | Node::Text(_) => self.plain = true,
        }
    }

    /// Takes in what was learned of rows that follow.
    pub(super) fn join(&mut self, more: Self) {
        self.plain |= more.plain;
        self.list |= more.list;
        for (position, (name, shape)) in more.fields.into_iter().enumerate() {
            self.field(position, &name).join(shape);
        }
    }

    /// The field of this name. Rows mostly have the same fields in the same order, so its place is tried first.
    fn field(&mut self, position: usize, name: &str) -> &mut Shape {
        let at = match self.fields.get(position) {
            Some((known, _)) if known == name => position,
            _ => match self.fields.iter().position(|(known, _)| known == name) {
                Some(at) => at,
                None => {
                    self.fields.push((name.to_string(), Shape::default()));
                    self.fields.len() - 1
                }
            },
        };
        &mut self.fields[at].1
    }

    /// The columns of everything taken in.
    pub(super) fn finish(&self) -> Layout {
        let mut layout = Layout {
            columns: Vec::new(),
            paths: Vec::new(),
            spread: None,
        };
        self.collect(&mut Vec::new(), &mut layout);
        layout
    }

    fn collect(&self, path: &mut Vec<Step>, layout: &mut Layout) {
        let spread_here = self.list && layout.spread.is_none();
        if spread_here {
            layout.spread = Some(path.clone());
        }
        let opened = !self.fields.is_empty() && (!self.list || spread_here);
        if !path.is_empty() && (!opened || self.plain) {
            let names: Vec<&str> = path.iter().map(|(_, name)| name.as_str()).collect();
            layout.columns.push(names.join("."));
            layout.paths.push(path.clone());
        }
        if opened {
            for (place, (name, shape)) in self.fields.iter().enumerate() {
                path.push((place, name.clone()));
                shape.collect(path, layout);
                path.pop();
            }
        } else if path.is_empty() && self.plain {
            layout.columns.push("value".to_string());
            layout.paths.push(Vec::new());
        }
    }
}

impl Layout {
    /// Calls `line` with the cells of each line of one row; there is at least one.
    pub(super) fn lines<'a, E>(
        &self,
        row: &'a Node,
        mut line: impl FnMut(&mut dyn Iterator<Item = Cell<'a>>) -> Result<(), E>,
    ) -> Result<(), E> {
        let list = self.spread.as_ref().and_then(|path| at(row, path));
        match list {
            Some(Node::List(elements)) if !elements.is_empty() => elements
                .iter()
                .try_for_each(|element| line(&mut self.line(row, Some(element)))),
            _ => line(&mut self.line(row, None)),
        }
    }

    fn line<'a>(&self, row: &'a Node, element: Option<&'a Node>) -> impl Iterator<Item = Cell<'a>> {
        self.paths.iter().map(move |path| {
            let spread = self
                .spread
                .as_ref()
                .and_then(|list| path.strip_prefix(list.as_slice()));
            match spread {
                Some(rest) => {
                    let value = element.and_then(|element| at(element, rest));
                    // The element itself, where the list holds a plain value among objects.
                    cell(value.filter(|value| !rest.is_empty() || !is_object(value)))
                }
                None => cell(at(row, path).filter(|value| !is_object(value))),
            }
        })
    }
}

fn at<'a>(node: &'a Node, path: &[Step]) -> Option<&'a Node> {
    path.iter()
        .try_fold(node, |node, (place, name)| node.field(*place, name))
}

fn cell(node: Option<&Node>) -> Cell<'_> {
    match node {
        None | Some(Node::Null) => Cell::Literal(""),
        Some(Node::Literal(text)) => Cell::Literal(text),
        Some(Node::Text(text)) => Cell::Text(Cow::Borrowed(text)),
        Some(Node::List(elements)) if elements.iter().all(Node::is_plain) => {
            let written = elements.iter().map(|element| match element {
                Node::Text(text) => text.to_string(),
                other => other.to_string(),
            });
            Cell::Text(Cow::Owned(written.collect::<Vec<_>>().join(" ")))
        }
        Some(node @ (Node::List(_) | Node::Object(_))) => Cell::Text(Cow::Owned(node.to_string())),
    }
}

const fn is_object(node: &Node) -> bool {
    matches!(node, Node::Object(_))
}
