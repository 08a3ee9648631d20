//! Refusals under `/api` (RFC 9457), and the errors by field.

use super::http::{Body, PROBLEM, Response};
use super::wire::reason;
use crate::reference::faults::{fault, unnamed};
use serde_json::{Value, json};
use std::collections::BTreeMap;

pub type Errors = BTreeMap<String, Vec<String>>;

pub fn problem(status: u16, detail: &str) -> Response {
    let value = json!({
        "type": "about:blank", "title": reason(status), "status": status, "detail": detail,
    });
    Response::new(status, PROBLEM, Body::Json(value))
}

/// A problem with more members than the usual ones.
pub fn problem_with(status: u16, detail: &str, name: &str, more: Value) -> Response {
    let mut answer = problem(status, detail);
    if let Body::Json(value) = &mut answer.body {
        value[name] = more;
    }
    answer
}

pub fn method_not_allowed(methods: &str) -> Response {
    let answer = problem(405, "This address does not offer this method.");
    if fault("method-500") {
        return problem(500, "This method is not known.");
    }
    if fault("method-200") {
        return Response::json(200, json!({}));
    }
    if fault("no-allow") {
        return answer;
    }
    answer.with("Allow", methods)
}

/// 422, with every broken field.
pub fn invalid(mut errors: Errors) -> Response {
    if let Some(name) = unnamed() {
        let name = name.rsplit('.').next().unwrap_or_default();
        if let Some(messages) = errors.remove(name) {
            errors.insert("request".to_owned(), messages);
        }
    }
    if fault("one-error-at-a-time") {
        errors = errors.into_iter().take(1).collect();
    }
    let detail = if fault("sql-in-error") {
        "INSERT INTO t VALUES (?): CHECK constraint failed: SELECT * FROM t"
    } else if fault("stack-trace") {
        "at create (/app/src/routes.js:12:5)\n    at next (/app/node_modules/router.js:9:1)"
    } else {
        "Some fields are not as they should be."
    };
    let errors = if fault("errors-as-text") {
        json!(errors.into_iter().map(|(k, v)| (k, v.join(" "))).collect::<BTreeMap<_, _>>())
    } else {
        json!(errors)
    };
    let status = match () {
        () if fault("invalid-400") => 400,
        () if fault("invalid-500") => 500,
        () => 422,
    };
    if fault("no-errors-member") {
        return problem(status, detail);
    }
    problem_with(status, detail, "errors", errors)
}
