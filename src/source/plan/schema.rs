//! The plan file's JSON Schema: one source for editors, for the check of shapes, and for the structs themselves.

use schemars::generate::SchemaSettings;
use serde_json::{Map, Value};

use super::raw;

/// The JSON Schema (draft 2020-12) of a plan file.
pub(crate) fn schema() -> Value {
    let generator = SchemaSettings::draft2020_12().into_generator();
    let mut schema = generator.into_root_schema_for::<raw::File>().to_value();
    if let Some(root) = schema.as_object_mut() {
        root.insert("title".to_string(), "duban plan".into());
    }
    forget_null(&mut schema);
    schema
}

/// TOML has no null: an optional key is one that may be absent.
fn forget_null(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(forget_null),
        Value::Object(object) => {
            if object.get("default") == Some(&Value::Null) {
                object.remove("default");
            }
            forget_null_here(object);
            object.values_mut().for_each(forget_null);
        }
        _ => {}
    }
}

fn forget_null_here(object: &mut Map<String, Value>) {
    if let Some(Value::Array(types)) = object.get_mut("type") {
        types.retain(|kind| kind != "null");
        if let [only] = types.as_slice() {
            let only = only.clone();
            object.insert("type".to_string(), only);
        }
    }
    if let Some(Value::Array(branches)) = object.get_mut("anyOf") {
        let before = branches.len();
        branches.retain(|branch| branch.get("type") != Some(&"null".into()));
        if let ([Value::Object(only)], true) = (branches.as_slice(), before > 1) {
            let only = only.clone();
            object.remove("anyOf");
            for (key, value) in only {
                object.entry(key).or_insert(value);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::schema;

    #[test]
    fn the_schema_knows_no_null_and_describes_every_key() {
        let schema = schema();
        assert_eq!(
            schema["$schema"],
            "https://json-schema.org/draft/2020-12/schema"
        );
        assert!(!schema.to_string().contains("null"), "{schema:#}");
        let defs = schema["$defs"].as_object().unwrap();
        for (name, def) in defs.iter().filter(|(name, _)| *name != "Unit") {
            for (key, property) in def["properties"].as_object().into_iter().flatten() {
                assert!(property["description"].is_string(), "{name}.{key}");
            }
        }
        assert_eq!(schema["required"], serde_json::json!(["plan"]));
        let task = &defs["Task"];
        assert_eq!(task["additionalProperties"], false);
        assert_eq!(task["required"], serde_json::json!(["id", "name"]));
    }
}
