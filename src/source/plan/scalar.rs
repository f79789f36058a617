//! The values of a plan file that TOML can write in more than one way: days, numbers, weekdays, targets and units.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use crate::model::decimal::{Decimal, DecimalError};

/// A day as it is written: a bare TOML date, or a quoted text that is resolved later.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct When(pub String);

struct WhenVisitor;

impl<'de> Visitor<'de> for WhenVisitor {
    type Value = When;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a date or a text that names a day")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<When, E> {
        Ok(When(text.to_string()))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<When, A::Error> {
        let stamp = toml::value::Datetime::deserialize(MapAccessDeserializer::new(map))?;
        Ok(When(stamp.to_string()))
    }
}

impl<'de> Deserialize<'de> for When {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(WhenVisitor)
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
#[derive(Clone, Copy, Debug, PartialEq, serde::Deserialize)]
#[serde(from = "f64")]
pub(super) struct Number(pub f64);

impl From<f64> for Number {
    fn from(number: f64) -> Self {
        Self(number)
    }
}

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
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum By {
    /// A weekday, as it is written.
    Name(String),
    /// A day of the month.
    Number(i64),
}

struct ByVisitor;

impl Visitor<'_> for ByVisitor {
    type Value = By;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a weekday or a day of the month")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<By, E> {
        Ok(By::Name(text.to_string()))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<By, E> {
        Ok(By::Number(number))
    }
}

impl<'de> Deserialize<'de> for By {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ByVisitor)
    }
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

/// What a task takes: one need, or needs by class.
#[derive(Debug, Default)]
pub(super) struct TargetTable {
    /// The needs in the order of the file.
    pub needs: Vec<Need>,
    /// Whether the file wrote an array of tables.
    pub many: bool,
}

/// What one class of units needs.
#[derive(Debug, Default, serde::Deserialize, JsonSchema)]
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

struct TargetVisitor;

impl<'de> Visitor<'de> for TargetVisitor {
    type Value = TargetTable;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a table or an array of tables")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<TargetTable, A::Error> {
        let need = Need::deserialize(MapAccessDeserializer::new(map))?;
        Ok(TargetTable {
            needs: vec![need],
            many: false,
        })
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<TargetTable, A::Error> {
        let needs = Vec::deserialize(SeqAccessDeserializer::new(seq))?;
        Ok(TargetTable { needs, many: true })
    }
}

impl<'de> Deserialize<'de> for TargetTable {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TargetVisitor)
    }
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
        while let Some((key, Cell(text))) = map.next_entry::<String, Cell>()? {
            cells.push((key, text));
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

/// A cell of a unit's table as a roster file would write it.
struct Cell(String);

struct CellVisitor;

impl<'de> Visitor<'de> for CellVisitor {
    type Value = Cell;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text, a number, a day or a list of texts")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Cell, E> {
        Ok(Cell(text.to_string()))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Cell, E> {
        Ok(Cell(number.to_string()))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Cell, E> {
        Ok(Cell(number.to_string()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Cell, A::Error> {
        let words = Vec::<String>::deserialize(SeqAccessDeserializer::new(seq))?;
        Ok(Cell(words.join(";")))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Cell, A::Error> {
        WhenVisitor.visit_map(map).map(|When(text)| Cell(text))
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Cell, E> {
        Ok(Cell(value.to_string()))
    }

    fn visit_unit<E: Error>(self) -> Result<Cell, E> {
        Err(E::invalid_type(serde::de::Unexpected::Unit, &self))
    }
}

impl<'de> Deserialize<'de> for Cell {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(CellVisitor)
    }
}
