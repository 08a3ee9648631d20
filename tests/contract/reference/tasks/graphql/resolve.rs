//! The values of fields: tasks come from the same code as for the JSON API.

use super::plan::Step;
use super::schema::{ENUMS, INPUTS, OBJECTS, fields, named};
use crate::reference::faults::fault;
use crate::reference::protocol::http::{Body, Request};
use crate::reference::server::Project;
use crate::reference::tasks::accounts::listed;
use crate::reference::tasks::api::{Tasks, lock};
use serde_json::{Map, Value, json};

/// So many tasks has `sameDay`.
const SAME_DAY: usize = 20;

pub struct Resolver<'a> {
    pub tasks: &'a Tasks,
    pub request: &'a Request,
    /// Null for nobody, else a user's id.
    pub who: Value,
    pub errors: Vec<Value>,
}

/// The code and the errors by field of what is refused.
type Refused = (&'static str, Option<Value>);

impl Resolver<'_> {
    /// The data of an operation: what fails is null, and has an error.
    pub fn data(&mut self, root: &str, steps: &[Step]) -> Value {
        let mut data = Map::new();
        let backwards = fault("graphql-mutations-backwards") && root == "Mutation";
        let order: Vec<&Step> =
            if backwards { steps.iter().rev().collect() } else { steps.iter().collect() };
        for step in order {
            if fault("graphql-ends-at-an-error") && !self.errors.is_empty() {
                data.insert(step.key.clone(), Value::Null);
                continue;
            }
            let value = match self.field(root, step) {
                Ok(value) => value,
                Err((code, errors)) => {
                    self.refuse(&step.key, code, errors);
                    Value::Null
                }
            };
            data.insert(step.key.clone(), value);
        }
        Value::Object(data)
    }

    fn refuse(&mut self, key: &str, code: &str, errors: Option<Value>) {
        let mut error = json!({
            "message": "This cannot be done.", "path": [key], "extensions": {"code": code},
        });
        if let Some(errors) = errors.filter(|_| !fault("graphql-errors-without-fields")) {
            error["extensions"]["errors"] = errors;
        }
        for (name, is_left_out) in [
            ("path", fault("graphql-errors-without-path")),
            ("extensions", fault("graphql-errors-without-code")),
        ] {
            if let (Some(error), true) = (error.as_object_mut(), is_left_out) {
                error.remove(name);
            }
        }
        self.errors.push(error);
    }

    /// A field of the root.
    fn field(&self, root: &str, step: &Step) -> Result<Value, Refused> {
        let id = || step.arguments.get("id").and_then(Value::as_str).unwrap_or_default();
        let path = || format!("/api/tasks/{}", id());
        let value = match step.name.as_str() {
            "__typename" => return Ok(json!(root)),
            "__schema" => schema(),
            "tasks" => self.list(step)?,
            "createTask" => {
                let name = if fault("graphql-create-unstored") { "GET" } else { "POST" };
                let input = step.arguments.get("input").cloned().unwrap_or_default();
                self.ask(name, "/api/tasks".to_owned(), Vec::new(), &lower(input))?
            }
            "updateTask" => {
                let name = if fault("graphql-update-replaces") { "PUT" } else { "PATCH" };
                let mut input = lower(step.arguments.get("input").cloned().unwrap_or_default());
                if let (Some(input), true) =
                    (input.as_object_mut(), fault("graphql-null-as-absent"))
                {
                    input.retain(|_, value| !value.is_null());
                }
                self.ask(name, path(), Vec::new(), &input)?
            }
            "deleteTask" => {
                let name = if fault("graphql-delete-keeps") { "GET" } else { "DELETE" };
                self.ask(name, path(), Vec::new(), &Value::Null)?;
                return Ok(json!(id()));
            }
            _ => match self.ask("GET", path(), Vec::new(), &Value::Null) {
                Err(("NOT_FOUND", _)) if !fault("graphql-missing-as-error") => Value::Null,
                value => value?,
            },
        };
        Ok(self.shown(step, &value))
    }

    fn list(&self, step: &Step) -> Result<Value, Refused> {
        let names = [
            ("status", "status"),
            ("priority", "priority"),
            ("q", "q"),
            ("page", "page"),
            ("perPage", "per_page"),
        ];
        let mut query = Vec::new();
        for (name, parameter) in names {
            let value = step.arguments.get(name).filter(|_| !fault("graphql-filters-ignored"));
            let text = match value {
                Some(Value::String(text)) if name == "q" => text.clone(),
                Some(Value::String(word)) => word.to_lowercase(),
                Some(Value::Number(number)) => number.to_string(),
                _ => continue,
            };
            query.push((parameter.to_owned(), text));
        }
        self.ask("GET", "/api/tasks".to_owned(), query, &Value::Null)
    }

    /// What the JSON API answers to whoever asks.
    fn ask(
        &self,
        method: &str,
        path: String,
        query: Vec<(String, String)>,
        body: &Value,
    ) -> Result<Value, Refused> {
        let mut headers = vec![("content-type".to_owned(), "application/json".to_owned())];
        if let Some(token) = self.request.header("authorization") {
            headers.push(("authorization".to_owned(), token.to_owned()));
        }
        let body = body.to_string().into_bytes();
        let request = Request { method: method.to_owned(), path, query, headers, body };
        let answer = self.tasks.answer(&request);
        let body = if let Body::Json(body) = answer.body { body } else { Value::Null };
        match answer.status {
            200..300 => Ok(body),
            404 if fault("graphql-missing-silent") => Ok(Value::Null),
            404 => Err(("NOT_FOUND", None)),
            422 => {
                let mut errors = body["errors"].clone();
                if let Some(errors) = errors.as_object_mut()
                    && let Some(messages) = errors.remove("per_page")
                {
                    errors.insert("perPage".to_owned(), messages);
                }
                Err(("INVALID", Some(errors)))
            }
            _ => Err(("REFUSED", None)),
        }
    }

    /// The fields that a step asks for, of a value of its type.
    fn shown(&self, step: &Step, value: &Value) -> Value {
        if let Value::Array(items) = value {
            return items.iter().map(|item| self.shown(step, item)).collect();
        }
        if value.is_null() || fields(step.kind).is_none() {
            return value.clone();
        }
        let kind = named(step.kind);
        let mut out = Map::new();
        for inner in &step.inner {
            let value = match inner.name.as_str() {
                "__typename" if fault("graphql-typename-of-root") => json!("Query"),
                "__typename" => json!(kind),
                "sameDay" => self.shown(inner, &self.same_day(value)),
                name => self.shown(inner, &leaf(kind, name, value)),
            };
            out.insert(inner.key.clone(), value);
        }
        if kind == "Task" && fault("graphql-all-fields") {
            for name in ["id", "title", "status"] {
                out.insert(name.to_owned(), leaf(kind, name, value));
            }
        }
        Value::Object(out)
    }

    /// The other tasks that are due on its day, newest first.
    fn same_day(&self, task: &Value) -> Value {
        if task["due"].is_null() {
            return json!([]);
        }
        let store = lock(&self.tasks.store);
        let all = store.rows("tasks").rev().filter(|other| listed(&store, other, &self.who));
        let others = all.filter(|other| {
            other["due"] == task["due"]
                && (other["id"] != task["id"] || fault("graphql-same-day-itself"))
        });
        others.take(SAME_DAY).cloned().collect()
    }
}

/// A field of an answer of the JSON API, as the schema has it.
fn leaf(kind: &str, name: &str, value: &Value) -> Value {
    let field = match name {
        "createdAt" => "created_at",
        "updatedAt" => "updated_at",
        "perPage" => "per_page",
        _ => name,
    };
    let value = &value[field];
    match (kind, name, value) {
        ("Task", "id", Value::Number(id)) if !fault("graphql-ids-as-numbers") => {
            json!(id.to_string())
        }
        ("Task", "status" | "priority", Value::String(word))
            if !fault("graphql-words-in-lower-case") =>
        {
            json!(word.to_uppercase())
        }
        _ => value.clone(),
    }
}

/// Words of the schema as the JSON API has them.
fn lower(mut input: Value) -> Value {
    for name in ["status", "priority"] {
        if let Some(word) = input[name].as_str().map(str::to_lowercase) {
            input[name] = json!(word);
        }
    }
    if let Some(members) = input.as_object_mut() {
        members.retain(|name, value| name == "due" || !value.is_null());
    }
    input
}

fn schema() -> Value {
    let names = |fields: &[super::schema::Field]| -> Value {
        fields.iter().map(|(name, ..)| json!({"name": name})).collect()
    };
    let kind = |name: &str, fields: Value| json!({"name": name, "fields": fields});
    let types = OBJECTS.iter().map(|(name, fields)| kind(name, names(fields)));
    let more = ENUMS.iter().map(|(name, _)| *name).chain(INPUTS.iter().map(|(name, _)| *name));
    let types = types.chain(more.map(|name| kind(name, Value::Null)));
    json!({
        "queryType": {"name": "Query"}, "mutationType": {"name": "Mutation"},
        "types": types.collect::<Value>(),
    })
}
