//! The values of a plan file that TOML can write in more than one way: days, numbers, weekdays, targets and units.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use toml::value::Datetime;

use crate::model::decimal::{Decimal, DecimalError};

/// A value of a table as it is written: TOML knows more than one way for a day, a list or a number.
#[derive(Deserialize)]
#[serde(untagged)]
enum Written {
    Text(String),
    Whole(i64),
    Float(f64),
    Truth(bool),
    Day(Datetime),
    List(Vec<String>),
}

impl fmt::Display for Written {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Whole(number) => write!(f, "{number}"),
            Self::Float(number) => write!(f, "{number}"),
            Self::Truth(value) => write!(f, "{value}"),
            Self::Day(day) => write!(f, "{day}"),
            Self::List(words) => f.write_str(&words.join(";")),
        }
    }
}

/// A day as it is written: a bare TOML date, or a quoted text that is resolved later.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(from = "WrittenDay")]
pub(super) struct When(pub String);

#[derive(Deserialize)]
#[serde(untagged)]
enum WrittenDay {
    Text(String),
    Day(Datetime),
}

impl From<WrittenDay> for When {
    fn from(day: WrittenDay) -> Self {
        match day {
            WrittenDay::Text(text) => Self(text),
            WrittenDay::Day(day) => Self(day.to_string()),
        }
    }
}

impl JsonSchema for When {
    fn schema_name() -> Cow<'static, str> {
        "When".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A day (2020-06-30), a month (2020-06), a quarter (\"2020年三季度\") or a year: its first day for `from`, its last \
                for `to` and `due`; a third of a month (\"2020-06 上旬\", \"2020-06 mid\"); as official plans write it (\"2021年11月底\", \
                \"6月24日前\" = 23 June of the year of issue); an anchor and days or weeks (\"first-day + 2d\", \"first-day - 1w\").",
            "anyOf": [{ "type": "string", "format": "date" }, { "type": "string" }],
        })
    }
}

/// A number as it is written; [`Number::decimal`] says whether it can be kept.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(transparent)]
pub(super) struct Number(pub f64);

impl Number {
    /// The number in thousandths.
    pub(super) fn decimal(self) -> Result<Decimal, DecimalError> {
        Decimal::from_float(self.0)
    }
}

impl JsonSchema for Number {
    fn schema_name() -> Cow<'static, str> {
        "Number".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "number", "description": "A number with at most three decimal places." })
    }
}

/// The day within a period: a weekday's name, or a day of the month.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub(super) enum By {
    /// A weekday, as it is written.
    Name(String),
    /// A day of the month.
    Number(i64),
}

impl JsonSchema for By {
    fn schema_name() -> Cow<'static, str> {
        "By".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "The day within each period: a weekday (\"friday\", \"周五\") for weeks, 1 to 31 for months; for longer periods a day of their last month.",
            "anyOf": [{ "type": "string" }, { "type": "integer", "minimum": 1, "maximum": 31 }],
        })
    }
}

/// What a task takes.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum TargetTable {
    /// One need.
    One(Need),
    /// Needs by class, in the order of the file.
    Many(Vec<Need>),
}

impl TargetTable {
    /// Every need.
    pub(super) fn needs(&self) -> &[Need] {
        match self {
            Self::One(need) => std::slice::from_ref(need),
            Self::Many(needs) => needs,
        }
    }
}

/// What one class of units needs.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Need {
    /// Kinds, labels or unit codes; without it every unit that owes the task.
    pub who: Option<Vec<String>>,
    /// How many.
    pub count: Option<Number>,
    /// The share of a unit's attribute, more than 0 and at most 1.
    pub share: Option<Number>,
    /// The attribute: a column of the roster.
    pub of: Option<String>,
    /// What is counted: 条, 张, households.
    pub measure: Option<String>,
}

impl JsonSchema for TargetTable {
    fn schema_name() -> Cow<'static, str> {
        "Target".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let need = generator.subschema_for::<Need>();
        json_schema!({
            "description": "What it takes: one table, or one a class of units, of which the first that matches holds.",
            "anyOf": [need, { "type": "array", "items": need }],
        })
    }
}

/// A row of the roster as a `[[unit]]` table: the roster's own columns, and any further key as an attribute.
#[derive(Debug, Default)]
pub(super) struct UnitTable(pub Vec<(String, String)>);

struct UnitVisitor;

impl<'de> Visitor<'de> for UnitVisitor {
    type Value = UnitTable;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a unit's table")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<UnitTable, A::Error> {
        let mut cells = Vec::new();
        while let Some((key, value)) = map.next_entry::<String, Written>()? {
            cells.push((key, value.to_string()));
        }
        Ok(UnitTable(cells))
    }
}

impl<'de> Deserialize<'de> for UnitTable {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(UnitVisitor)
    }
}

impl JsonSchema for UnitTable {
    fn schema_name() -> Cow<'static, str> {
        "Unit".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let text = json_schema!({ "type": "string" });
        let list = json_schema!({ "anyOf": [{ "type": "string" }, { "type": "array", "items": { "type": "string" } }] });
        let day = json_schema!({ "anyOf": [{ "type": "string", "format": "date" }, { "type": "string" }] });
        json_schema!({
            "type": "object",
            "description": "A unit of the roster; any further key is an attribute.",
            "properties": {
                "code": text, "name": text, "short": text, "kind": text, "labels": list, "parent": text, "head": text,
                "contact": text, "phone": text, "since": day, "until": day, "was": list,
            },
            "required": ["code", "name", "kind"],
            "additionalProperties": { "anyOf": [{ "type": "string" }, { "type": "number" }] },
        })
    }
}
