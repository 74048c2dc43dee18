//! Holds a JSON value to a JSON Schema: the few keywords that the schema of the report uses.

use serde_json::Value;

/// What of the value breaks the schema, by JSON pointer; empty when nothing does. A keyword it does not know is a
/// breach too.
pub(crate) fn breaches(schema: &Value, value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    check(schema, schema, value, "", &mut found);
    found
}

fn check(root: &Value, schema: &Value, value: &Value, at: &str, found: &mut Vec<String>) {
    for (keyword, rule) in schema.as_object().unwrap() {
        match keyword.as_str() {
            "$schema" | "title" | "$comment" | "$defs" => {}
            "$ref" => {
                let target = root.pointer(rule.as_str().unwrap().trim_start_matches('#')).unwrap();
                check(root, target, value, at, found);
            }
            "const" => expect(value == rule, at, "const", found),
            "enum" => expect(rule.as_array().unwrap().contains(value), at, "enum", found),
            "type" => expect(has_type(value, rule), at, "type", found),
            "required" => {
                for name in rule.as_array().unwrap() {
                    let present =
                        value.as_object().is_none_or(|o| o.contains_key(name.as_str().unwrap()));
                    expect(present, at, name.as_str().unwrap(), found);
                }
            }
            "properties" => {
                for (name, rule) in rule.as_object().unwrap() {
                    if let Some(inner) = value.get(name) {
                        check(root, rule, inner, &format!("{at}/{name}"), found);
                    }
                }
            }
            "additionalProperties" => {
                for name in value.as_object().into_iter().flat_map(|object| object.keys()) {
                    expect(schema["properties"].get(name).is_some(), at, name, found);
                }
            }
            "items" => {
                for (index, item) in value.as_array().into_iter().flatten().enumerate() {
                    check(root, rule, item, &format!("{at}/{index}"), found);
                }
            }
            other => expect(false, at, other, found),
        }
    }
}

fn expect(holds: bool, at: &str, what: &str, found: &mut Vec<String>) {
    if !holds {
        found.push(format!("{at}: {what}"));
    }
}

fn has_type(value: &Value, rule: &Value) -> bool {
    let is = |name: &str| match name {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64(),
        "number" => value.is_number(),
        "null" => value.is_null(),
        _ => false,
    };
    match rule {
        Value::Array(names) => names.iter().any(|name| is(name.as_str().unwrap())),
        name => is(name.as_str().unwrap()),
    }
}
