//! The check of shapes: a spanned TOML tree against the raw structs' JSON Schema. Unknown keys with what was probably
//! meant, wrong types, words that are none of those to choose from; each is taken out of the tree, so that the rest of
//! the file can still be read.

use std::ops::Range;

use serde_json::Value;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::finding::{KeyPart, Path};
use super::schema::schema;
use super::tree::in_percent;
use crate::source::near::{did_you_mean, near};
use crate::source::problem::{Saying, say};

/// One key or value that does not fit.
pub(super) struct Wrong {
    /// Where.
    pub path: Path,
    /// Its bytes.
    pub span: Range<usize>,
    /// What, and what would help.
    pub saying: Saying,
    /// The path that was probably meant.
    pub meant: Option<Path>,
}

/// A walk over one file.
pub(super) struct Shapes {
    schema: Value,
    path: Path,
    /// What does not fit, in the order of the file's tables.
    pub wrong: Vec<Wrong>,
}

impl Shapes {
    /// A walk that has not begun.
    pub(super) fn new() -> Self {
        Self {
            schema: schema(),
            path: Path::default(),
            wrong: Vec::new(),
        }
    }

    /// Walks the whole file.
    pub(super) fn walk_file(&mut self, root: &mut DeTable<'_>) {
        let schema = self.schema.clone();
        self.table(root, &schema, &schema);
    }

    /// Walks a value; whether it may stay.
    fn value(&mut self, value: &mut Spanned<DeValue<'_>>, schema: &Value, root: &Value) -> bool {
        let schema = resolved(schema, root);
        if let Some(words) = words(schema) {
            return self.word(value, &words);
        }
        if let Some(Value::Array(branches)) = schema.get("anyOf") {
            let fits = |branch: &&Value| fits(value.get_ref(), resolved(branch, root));
            if let Some(branch) = branches.iter().find(fits) {
                return self.value(value, branch, root);
            }
            let kinds: Vec<&str> = branches
                .iter()
                .filter_map(|branch| kind(resolved(branch, root)))
                .collect();
            return self.wrong_type(value, &kinds);
        }
        if !fits(value.get_ref(), schema) {
            return self.wrong_type(value, &kind(schema).into_iter().collect::<Vec<_>>());
        }
        match value.get_mut() {
            DeValue::Table(table) => self.table(table, schema, root),
            DeValue::Array(array) => {
                let Some(items) = schema.get("items") else {
                    return true;
                };
                let mut fine = true;
                for (index, item) in array.iter_mut().enumerate() {
                    self.path.0.push(KeyPart::Index(index));
                    fine &= self.value(item, items, root);
                    self.path.0.pop();
                }
                return fine;
            }
            DeValue::Integer(integer)
                if i64::from_str_radix(integer.as_str(), integer.radix()).is_err() =>
            {
                let saying = say!("check-number-range", number = integer.as_str());
                return self.refuse(value.span(), saying);
            }
            _ => {}
        }
        true
    }

    fn table(&mut self, table: &mut DeTable<'_>, schema: &Value, root: &Value) {
        let none = serde_json::Map::new();
        let properties = schema
            .get("properties")
            .and_then(Value::as_object)
            .unwrap_or(&none);
        let further = schema
            .get("additionalProperties")
            .filter(|further| further.is_object());
        let mut out = Vec::new();
        let keys: Vec<(String, Range<usize>)> = table
            .iter()
            .map(|(key, _)| (key.get_ref().to_string(), key.span()))
            .collect();
        for (key, span) in keys {
            self.path.0.push(KeyPart::Key(key.clone()));
            let stays = match properties.get(&key).or(further) {
                Some(schema) => table
                    .get_mut(key.as_str())
                    .is_none_or(|value| self.value(value, schema, root)),
                None => {
                    self.unknown(&key, span, properties, table);
                    false
                }
            };
            self.path.0.pop();
            if !stays {
                out.push(key);
            }
        }
        for key in out {
            table.remove(key.as_str());
        }
    }

    fn unknown(
        &mut self,
        key: &str,
        span: Range<usize>,
        properties: &serde_json::Map<String, Value>,
        table: &DeTable<'_>,
    ) {
        let absent = || {
            properties
                .keys()
                .map(String::as_str)
                .filter(|known| table.get(*known).is_none())
        };
        let meant = near(key, absent()).map(|known| {
            let mut path = self.path.clone();
            path.0.pop();
            path.0.push(KeyPart::Key(known.to_string()));
            path
        });
        let hint = did_you_mean(key, absent()).unwrap_or_else(|| {
            let known: Vec<&str> = properties.keys().map(String::as_str).collect();
            say!("hint-known-keys", keys = known.join(", "))
        });
        self.wrong.push(Wrong {
            path: self.path.clone(),
            span,
            saying: say!("check-unknown-key", key = key).hint(hint),
            meant,
        });
    }

    fn word(&mut self, value: &Spanned<DeValue<'_>>, words: &[&str]) -> bool {
        let Some(text) = value.get_ref().as_str() else {
            return self.wrong_type(value, &["string"]);
        };
        if words.contains(&text) {
            return true;
        }
        let hint = did_you_mean(text, words.iter().copied());
        let saying = say!(
            "check-unknown-word",
            key = self.key(),
            text = text,
            words = words.join(", ")
        );
        self.refuse(value.span(), saying.hint(hint))
    }

    fn wrong_type(&mut self, value: &Spanned<DeValue<'_>>, wanted: &[&str]) -> bool {
        let found = match value.get_ref() {
            DeValue::String(_) => "string",
            DeValue::Integer(_) | DeValue::Float(_) => "number",
            DeValue::Boolean(_) => "boolean",
            DeValue::Datetime(_) => "date",
            DeValue::Array(_) => "array",
            DeValue::Table(_) => "table",
        };
        let wanted = if wanted.contains(&"date") {
            "date"
        } else {
            match wanted {
                ["table", "array"] => "table-or-array",
                ["string", "integer"] => "string-or-integer",
                [first, ..] => first,
                [] => "table",
            }
        };
        let hint = match (wanted, found) {
            ("date", "array") if self.key() == "due" => Some(say!("hint-milestone")),
            ("array", "string" | "number") => Some(say!("hint-brackets")),
            ("array", "table") => Some(say!("hint-double-brackets", key = self.key())),
            ("table", "array") => Some(say!("hint-single-brackets", key = self.key())),
            ("table-or-array", _) if self.key() == "target" => Some(say!("hint-target")),
            ("string", _) => Some(say!("hint-quotes")),
            ("number" | "integer" | "boolean", "string") => Some(say!("hint-no-quotes")),
            _ => None,
        };
        let percent = value.get_ref().as_str().filter(|_| wanted == "number");
        if let Some(saying) = percent.and_then(in_percent) {
            return self.refuse(value.span(), saying);
        }
        let key = self.key();
        let saying = say!("check-type", key = key, wanted = wanted, found = found);
        self.refuse(value.span(), saying.hint(hint))
    }

    fn refuse(&mut self, span: Range<usize>, saying: Saying) -> bool {
        self.wrong.push(Wrong {
            path: self.path.clone(),
            span,
            saying,
            meant: None,
        });
        false
    }

    /// The key that the value belongs to.
    fn key(&self) -> String {
        let key = |part: &KeyPart| match part {
            KeyPart::Key(key) => Some(key.clone()),
            KeyPart::Index(_) => None,
        };
        self.path.0.iter().rev().find_map(key).unwrap_or_default()
    }
}

fn resolved<'a>(schema: &'a Value, root: &'a Value) -> &'a Value {
    let reference = schema.get("$ref").and_then(Value::as_str);
    let found = reference.and_then(|reference| root.pointer(reference.strip_prefix('#')?));
    found.map_or(schema, |schema| resolved(schema, root))
}

/// The words to choose from, where the schema is such a choice.
fn words(schema: &Value) -> Option<Vec<&str>> {
    let list = |key: &str| schema.get(key).and_then(Value::as_array);
    if let Some(words) = list("enum") {
        return Some(words.iter().filter_map(Value::as_str).collect());
    }
    if let Some(word) = schema.get("const").and_then(Value::as_str) {
        return Some(vec![word]);
    }
    let branches = list("oneOf")?;
    Some(
        branches
            .iter()
            .flat_map(|branch| words(branch).unwrap_or_default())
            .collect(),
    )
}

/// The type that a schema asks for, in the words of `check-type`.
fn kind(schema: &Value) -> Option<&str> {
    match schema.get("type")?.as_str()? {
        "string" if schema.get("format").is_some_and(|format| format == "date") => Some("date"),
        "object" => Some("table"),
        kind => Some(kind),
    }
}

fn fits(value: &DeValue<'_>, schema: &Value) -> bool {
    matches!(
        (kind(schema), value),
        (Some("date"), DeValue::Datetime(_))
            | (Some("string"), DeValue::String(_))
            | (Some("integer"), DeValue::Integer(_))
            | (Some("number"), DeValue::Integer(_) | DeValue::Float(_))
            | (Some("boolean"), DeValue::Boolean(_))
            | (Some("array"), DeValue::Array(_))
            | (Some("table"), DeValue::Table(_))
            | (None, _)
    )
}
