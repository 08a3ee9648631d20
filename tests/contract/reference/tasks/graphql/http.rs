//! GraphQL over HTTP: the request, and which response it gets.

use super::plan::Planner;
use super::resolve::Resolver;
use super::values::variables;
use crate::reference::faults::fault;
use crate::reference::learner;
use crate::reference::protocol::body;
use crate::reference::protocol::http::{Request, Response};
use crate::reference::protocol::problem::{method_not_allowed, problem};
use crate::reference::tasks::api::{Answer, Tasks};
use crate::reference::token_accounts;
use async_graphql_parser::parse_query;
use async_graphql_parser::types::{
    DocumentOperations, ExecutableDocument, OperationDefinition, OperationType,
};
use serde_json::{Map, Value, json};

/// The answer, if the address is that of this milestone.
pub fn answer(tasks: &Tasks, request: &Request) -> Option<Answer> {
    if request.path != "/graphql" || !learner::has("graphql") {
        return None;
    }
    Some(match request.method.as_str() {
        "POST" => asker(tasks, request).and_then(|who| posted(tasks, request, who)),
        "GET" if fault("graphql-mutates-by-get") => {
            let query = request.query("query").unwrap_or_default();
            Ok(executed(tasks, request, Value::Null, &json!({"query": query})))
        }
        _ => Ok(method_not_allowed("POST")),
    })
}

/// Who asks, where there are accounts.
fn asker(tasks: &Tasks, request: &Request) -> Result<Value, Response> {
    if tasks.accounts { token_accounts::asker(&tasks.store, request) } else { Ok(Value::Null) }
}

fn posted(tasks: &Tasks, request: &Request, who: Value) -> Answer {
    let object = match body::object(request) {
        Ok(object) => object,
        Err(refusal) => {
            let any = fault("graphql-any-media-type");
            match serde_json::from_slice(&request.body) {
                Ok(Value::Object(object)) if any => object,
                _ => return Err(refusal),
            }
        }
    };
    let sent = Value::Object(object);
    if sent["query"].is_string() {
        return Ok(executed(tasks, request, who, &sent));
    }
    if fault("graphql-without-query") {
        return Ok(Response::json(200, json!({"data": {}})));
    }
    Err(problem(400, "`query` is a text."))
}

fn executed(tasks: &Tasks, request: &Request, who: Value, sent: &Value) -> Response {
    let (data, errors) = match run(tasks, request, who, sent) {
        Ok(done) => done,
        Err(message) => {
            let status = if fault("graphql-refused-500") { 500 } else { 200 };
            let refused = match () {
                () if fault("graphql-refused-without-errors") => json!({"data": {}}),
                () if fault("graphql-errors-as-texts") => json!({"errors": [message]}),
                () => json!({"errors": [{"message": message}]}),
            };
            return Response::json(status, refused);
        }
    };
    if errors.is_empty() {
        return Response::json(200, json!({"data": data}));
    }
    let data = if fault("graphql-all-or-nothing") { Value::Null } else { data };
    let status = if fault("graphql-failed-422") { 422 } else { 200 };
    Response::json(status, json!({"data": data, "errors": errors}))
}

/// The data, and the errors of single fields.
fn run(
    tasks: &Tasks,
    request: &Request,
    who: Value,
    sent: &Value,
) -> Result<(Value, Vec<Value>), String> {
    let query = sent["query"].as_str().unwrap_or_default();
    let document = parse_query(query).map_err(|error| error.to_string())?;
    let operation = chosen(&document, sent["operationName"].as_str())?;
    let given = match &sent["variables"] {
        Value::Null => Map::new(),
        Value::Object(given) => given.clone(),
        _ => return Err("`variables` is an object.".to_owned()),
    };
    let variables = variables(operation, &given)?;
    let root = match operation.ty {
        OperationType::Query => "Query",
        OperationType::Mutation => "Mutation",
        OperationType::Subscription => return Err("There are no subscriptions.".to_owned()),
    };
    let mut planner = Planner::new(&document, &variables);
    let steps = planner.root(&operation.selection_set.node, root)?;
    let mut resolver = Resolver { tasks, request, who, errors: Vec::new() };
    let data = resolver.data(root, &steps);
    Ok((data, resolver.errors))
}

/// The operation of this name, or the only one.
fn chosen<'a>(
    document: &'a ExecutableDocument,
    name: Option<&str>,
) -> Result<&'a OperationDefinition, String> {
    let mut all = document.operations.iter();
    let operation = match (&document.operations, name) {
        (DocumentOperations::Multiple(several), None) if several.len() > 1 => match () {
            () if fault("graphql-first-operation") => all.next(),
            () => None,
        },
        (_, Some(name)) if !fault("graphql-first-operation") => {
            all.find(|(known, _)| known.is_some_and(|known| known.as_str() == name))
        }
        _ => all.next(),
    };
    operation.map(|(_, operation)| &operation.node).ok_or("Which operation?".to_owned())
}
