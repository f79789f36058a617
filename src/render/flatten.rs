//! Rows as serde sees them → lines of equal columns. Nested objects become dotted columns, lists of plain values one
//! cell, and the first list of objects one line an element.

use serde_json::{Map, Value};

/// One cell of a line.
#[derive(Debug, PartialEq)]
pub(super) enum Cell {
    /// Words from somewhere: what they begin with is to be watched.
    Text(String),
    /// A number or a truth value, written out; or nothing.
    Literal(String),
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
    paths: Vec<Vec<String>>,
    /// The list whose elements get a line each.
    spread: Option<Vec<String>>,
}

impl Shape {
    /// Takes in one row.
    pub(super) fn learn(&mut self, value: &Value) {
        match value {
            Value::Object(fields) => {
                for (position, (name, value)) in fields.iter().enumerate() {
                    self.field(position, name).learn(value);
                }
            }
            Value::Array(elements) if elements.iter().any(Value::is_object) => {
                self.list = true;
                for element in elements {
                    self.learn(element);
                }
            }
            Value::Array(elements) => self.plain |= !elements.is_empty(),
            Value::Null => {}
            Value::Bool(_) | Value::Number(_) | Value::String(_) => self.plain = true,
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

    fn collect(&self, path: &mut Vec<String>, layout: &mut Layout) {
        let spread_here = self.list && layout.spread.is_none();
        if spread_here {
            layout.spread = Some(path.clone());
        }
        let opened = !self.fields.is_empty() && (!self.list || spread_here);
        if !path.is_empty() && (!opened || self.plain) {
            layout.columns.push(path.join("."));
            layout.paths.push(path.clone());
        }
        if opened {
            for (name, shape) in &self.fields {
                path.push(name.clone());
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
    /// The lines of one row; at least one.
    pub(super) fn lines(&self, row: &Value) -> Vec<Vec<Cell>> {
        let elements = self.spread.as_ref().and_then(|path| {
            let list = at(row, path)?.as_array()?;
            (!list.is_empty()).then_some(list)
        });
        match elements {
            Some(elements) => elements
                .iter()
                .map(|element| self.line(row, Some(element)))
                .collect(),
            None => vec![self.line(row, None)],
        }
    }

    fn line(&self, row: &Value, element: Option<&Value>) -> Vec<Cell> {
        self.paths
            .iter()
            .map(|path| {
                let spread = self
                    .spread
                    .as_ref()
                    .and_then(|list| path.strip_prefix(list.as_slice()));
                match spread {
                    Some(rest) => {
                        let value = element.and_then(|element| at(element, rest));
                        // The element itself, where the list holds a plain value among objects.
                        cell(value.filter(|value| !rest.is_empty() || !value.is_object()))
                    }
                    None => cell(at(row, path).filter(|value| !value.is_object())),
                }
            })
            .collect()
    }
}

fn at<'a>(value: &'a Value, path: &[String]) -> Option<&'a Value> {
    path.iter().try_fold(value, |value, name| {
        value
            .as_object()
            .and_then(|fields: &Map<_, _>| fields.get(name))
    })
}

fn cell(value: Option<&Value>) -> Cell {
    match value {
        None | Some(Value::Null) => Cell::Literal(String::new()),
        Some(value @ (Value::Bool(_) | Value::Number(_))) => Cell::Literal(value.to_string()),
        Some(Value::String(text)) => Cell::Text(text.clone()),
        Some(Value::Array(elements)) if elements.iter().all(is_plain) => Cell::Text(
            elements
                .iter()
                .map(|element| match element {
                    Value::String(text) => text.clone(),
                    other => other.to_string(),
                })
                .collect::<Vec<_>>()
                .join(" "),
        ),
        Some(value @ (Value::Array(_) | Value::Object(_))) => Cell::Text(value.to_string()),
    }
}

fn is_plain(value: &Value) -> bool {
    !value.is_array() && !value.is_object()
}
