//! What an OpenAPI description says of the body of a request: required fields, limits and choices.

use super::openapi::resolve_reference;
use crate::contract::format::DescribedBody;
use crate::contract::value::Difference;
use serde_json::Value;
use std::collections::{BTreeMap, HashSet};

/// What the description of an operation lacks of what its body must be.
#[must_use]
pub fn differences(
    described_body: &DescribedBody,
    operation: &Value,
    description: &Value,
) -> Vec<Difference> {
    let name = &described_body.operation;
    let Some(schema) = schema(operation, description) else {
        let expected = "a `requestBody` with a schema for `application/json`";
        return vec![Difference::new(format!("description of `{name}`"), expected, "none")];
    };
    let body = BodySchema { name, parts: parts(vec![schema], description), description };
    let mut differences = body.required(&described_body.required);
    differences.extend(body.patterns(&described_body.pattern));
    for (keyword, limits) in [
        ("minLength", &described_body.min_length),
        ("maxLength", &described_body.max_length),
        ("minimum", &described_body.minimum),
        ("maximum", &described_body.maximum),
        ("maxItems", &described_body.max_items),
    ] {
        differences.extend(body.limits(keyword, limits));
    }
    differences.extend(body.choices(&described_body.choices));
    differences
}

/// The described body of an operation.
struct BodySchema<'d> {
    /// The operation.
    name: &'d str,
    /// The schemas of the body.
    parts: Vec<&'d Value>,
    description: &'d Value,
}

impl<'d> BodySchema<'d> {
    /// The schemas of a field.
    fn field(&self, field: &str) -> Vec<&'d Value> {
        let own = self.parts.iter().filter_map(|part| part.get("properties")?.get(field)).collect();
        parts(own, self.description)
    }

    fn place(&self, field: &str) -> String {
        format!("description of `{}`, field `{field}`", self.name)
    }

    fn required(&self, fields: &[String]) -> Vec<Difference> {
        let lists = || self.parts.iter().filter_map(|part| part.get("required")?.as_array());
        let is_required =
            |name: &String| lists().any(|list| list.iter().any(|field| field == name));
        let difference = |name: &String| {
            let place = format!("description of `{}`", self.name);
            Difference::new(place, format!("`{name}` among `required`"), "it is not")
        };
        fields.iter().filter(|name| !is_required(name)).map(difference).collect()
    }

    fn patterns(&self, fields: &[String]) -> Vec<Difference> {
        let has_pattern = |name: &String| {
            self.field(name).iter().any(|part| part.get("pattern").is_some_and(Value::is_string))
        };
        let missing = fields.iter().filter(|name| !has_pattern(name));
        missing.map(|name| Difference::new(self.place(name), "a `pattern`", "none")).collect()
    }

    fn limits(&self, keyword: &str, limits: &BTreeMap<String, i64>) -> Vec<Difference> {
        let difference = |(name, limit): (&String, &i64)| {
            let parts = self.field(name);
            let stated_limits: Vec<f64> =
                parts.iter().filter_map(|part| stated_limit(keyword, part)).collect();
            #[expect(clippy::cast_precision_loss, reason = "limits are far below 2^53")]
            if stated_limits.contains(&(*limit as f64)) {
                return None;
            }
            let actual = stated_limits.first().map_or("none".to_owned(), ToString::to_string);
            Some(Difference::new(self.place(name), format!("`{keyword}: {limit}`"), actual))
        };
        limits.iter().filter_map(difference).collect()
    }

    fn choices(&self, fields: &BTreeMap<String, Vec<Value>>) -> Vec<Difference> {
        let difference = |(name, choices): (&String, &Vec<Value>)| {
            let stated = choices_of(&self.field(name));
            let same = choices.iter().all(|choice| stated.contains(&choice))
                && stated.iter().all(|choice| choices.contains(choice));
            if same {
                return None;
            }
            let expected = format!("`enum` with {}", joined(choices.iter()));
            let actual = match stated.is_empty() {
                true => "none".to_owned(),
                false => joined(stated.into_iter()),
            };
            Some(Difference::new(self.place(name), expected, actual))
        };
        fields.iter().filter_map(difference).collect()
    }
}

fn joined<'v>(values: impl Iterator<Item = &'v Value>) -> String {
    values.map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

/// The schema of the body as JSON.
fn schema<'d>(operation: &'d Value, description: &'d Value) -> Option<&'d Value> {
    let body = resolve_reference(operation.get("requestBody")?, description);
    let content = body.get("content")?.as_object()?;
    let json = content.iter().find(|(media_type, _)| {
        let bare = media_type.split(';').next().unwrap_or_default().trim();
        ["application/json", "application/*", "*/*"]
            .iter()
            .any(|media| bare.eq_ignore_ascii_case(media))
    });
    json?.1.get("schema")
}

/// The schemas, and all their parts: what `$ref` names, each of `allOf`, and of `anyOf` and `oneOf` (a field that may
/// be null is written so). Each stands there once, so that a schema that names itself ends.
fn parts<'d>(schemas: Vec<&'d Value>, description: &'d Value) -> Vec<&'d Value> {
    let mut all: Vec<&Value> = Vec::new();
    let mut seen = HashSet::new();
    let mut open = schemas;
    while let Some(schema) = open.pop() {
        if !seen.insert(std::ptr::from_ref(schema)) {
            continue;
        }
        all.push(schema);
        if schema.get("$ref").is_some() {
            open.push(resolve_reference(schema, description));
        }
        for keyword in ["allOf", "anyOf", "oneOf"] {
            open.extend(schema.get(keyword).and_then(Value::as_array).into_iter().flatten());
        }
    }
    all
}

/// The limit that a schema states; an exclusive one of whole numbers (OpenAPI 3.1) as the inclusive one.
fn stated_limit(keyword: &str, schema: &Value) -> Option<f64> {
    let number = |keyword: &str| schema.get(keyword).and_then(Value::as_f64);
    let exclusive = match keyword {
        "minimum" => number("exclusiveMinimum").map(|limit| limit + 1.0),
        "maximum" => number("exclusiveMaximum").map(|limit| limit - 1.0),
        _ => None,
    };
    exclusive.or_else(|| number(keyword))
}

/// What a field may be by `enum` and `const`, but for null.
fn choices_of<'d>(parts: &[&'d Value]) -> Vec<&'d Value> {
    let listed = parts.iter().filter_map(|part| part.get("enum")?.as_array()).flatten();
    let single = parts.iter().filter_map(|part| part.get("const"));
    listed.chain(single).filter(|value| !value.is_null()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn expected() -> DescribedBody {
        serde_json::from_value(json!({
            "operation": "POST /n", "required": ["title"], "pattern": ["title"],
            "maxLength": {"title": 200}, "maximum": {"size": 9}, "enum": {"status": ["a", "b"]},
        }))
        .expect("it is one")
    }

    fn count(schema: &Value) -> usize {
        let operation =
            json!({"requestBody": {"content": {"application/json": {"schema": schema}}}});
        let description = json!({"components": {"schemas": {
            "Line": {"type": "string", "pattern": "x"},
            "Status": {"enum": ["b", "a"]},
            "Loop": {"allOf": [{"$ref": "#/components/schemas/Loop"}]},
        }}});
        differences(&expected(), &operation, &description).len()
    }

    #[test]
    fn other_forms_of_a_schema_count() {
        let title = json!({"$ref": "#/components/schemas/Line", "maxLength": 200});
        for status in [
            json!({"$ref": "#/components/schemas/Status"}),
            json!({"anyOf": [{"enum": ["a", "b"]}, {"type": "null"}]}),
            json!({"oneOf": [{"const": "a"}, {"const": "b"}]}),
            json!({"enum": ["a", "b", null]}),
        ] {
            for size in [json!({"maximum": 9.0}), json!({"exclusiveMaximum": 10})] {
                let simple = json!({"properties": {"title": title, "size": size}});
                let other = json!({"required": ["title"], "properties": {"status": status}});
                assert_eq!(count(&json!({"allOf": [simple, other]})), 0, "{status} {size}");
            }
        }
    }

    #[test]
    fn what_is_missing_or_different_is_reported() {
        assert_eq!(count(&json!({"$ref": "#/components/schemas/Loop"})), 5);
        let other = json!({"required": ["title"], "properties": {
            "title": {"pattern": "x", "maxLength": 20},
            "size": {"maximum": 9},
            "status": {"enum": ["a", "b", "c"]},
        }});
        assert_eq!(count(&other), 2);
        assert_eq!(differences(&expected(), &json!({}), &json!({})).len(), 1);
    }
}
