//! Arguments and variables: values of the types that the schema says.

use super::schema::{ENUMS, INPUTS};
use crate::reference::faults::fault;
use async_graphql_parser::types::OperationDefinition;
use async_graphql_value::Value as Sent;
use serde_json::{Map, Value, json};

/// The variables of an operation, with their defaults.
///
/// # Errors
/// The message for one that is missing, or of another type.
pub fn variables(
    operation: &OperationDefinition,
    given: &Map<String, Value>,
) -> Result<Map<String, Value>, String> {
    let mut all = Map::new();
    for definition in &operation.variable_definitions {
        let name = definition.node.name.node.as_str();
        let kind = definition.node.var_type.node.to_string();
        let default =
            definition.node.default_value.as_ref().filter(|_| !fault("graphql-defaults-ignored"));
        let default = default.and_then(|value| value.node.clone().into_json().ok());
        let Some(value) = given.get(name).cloned().or(default) else {
            if kind.ends_with('!') && !fault("graphql-variables-unchecked") {
                return Err(format!("Variable \"${name}\" is needed."));
            }
            continue;
        };
        let value = coerced(&value, &kind).map_err(|error| format!("${name}: {error}"))?;
        all.insert(name.to_owned(), value);
    }
    Ok(all)
}

/// A value of the document as JSON; nothing for a variable that was not given.
pub fn plain(value: &Sent, variables: &Map<String, Value>) -> Option<Value> {
    Some(match value {
        Sent::Variable(name) => variables.get(name.as_str())?.clone(),
        Sent::Null => Value::Null,
        Sent::Number(number) => Value::Number(number.clone()),
        Sent::String(text) => json!(text),
        Sent::Boolean(flag) => json!(flag),
        Sent::Binary(_) => return None,
        Sent::Enum(name) => json!(name.as_str()),
        Sent::List(items) => {
            Value::Array(items.iter().filter_map(|item| plain(item, variables)).collect())
        }
        Sent::Object(members) => {
            let members = members.iter();
            let given = members.filter_map(|(name, value)| {
                Some((name.as_str().to_owned(), plain(value, variables)?))
            });
            Value::Object(given.collect())
        }
    })
}

/// The value as one of this type.
///
/// # Errors
/// The message, if it is none.
pub fn coerced(value: &Value, kind: &str) -> Result<Value, String> {
    if let Some(kind) = kind.strip_suffix('!') {
        if value.is_null() {
            return Err(format!("null is no {kind}."));
        }
        return coerced(value, kind);
    }
    if value.is_null() {
        return Ok(Value::Null);
    }
    if let Some((_, members)) = INPUTS.iter().find(|(name, _)| *name == kind) {
        return object(value, members);
    }
    let fits = match (kind, value) {
        ("ID", Value::Number(number)) if number.is_i64() => return Ok(json!(number.to_string())),
        ("ID" | "String", Value::String(_)) | ("Boolean", Value::Bool(_)) => true,
        ("Int", Value::Number(number)) => {
            number.as_i64().is_some_and(|number| i32::try_from(number).is_ok())
        }
        (_, Value::String(word)) => {
            let words = ENUMS.iter().find(|(name, _)| *name == kind);
            words.is_some_and(|(_, words)| words.contains(&word.as_str()))
        }
        _ => false,
    };
    if fits { Ok(value.clone()) } else { Err(format!("{value} is no {kind}.")) }
}

fn object(value: &Value, members: &[(&str, &str)]) -> Result<Value, String> {
    let Value::Object(given) = value else {
        return Err(format!("{value} is no object."));
    };
    if let Some(name) = given.keys().find(|name| members.iter().all(|(known, _)| known != name)) {
        return Err(format!("There is no field \"{name}\"."));
    }
    let mut all = Map::new();
    for (name, kind) in members {
        match given.get(*name) {
            Some(value) => drop(all.insert((*name).to_owned(), coerced(value, kind)?)),
            None if kind.ends_with('!') => return Err(format!("Field \"{name}\" is needed.")),
            None => {}
        }
    }
    Ok(Value::Object(all))
}
