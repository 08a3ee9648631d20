//! Faults that change every answer of a kind, whatever the project.

use super::http::{Body, HTML, JSON, PROBLEM, Request, Response};
use crate::reference::faults::{fault, param};
use serde_json::{Value, json};

pub fn distort(request: &Request, mut answer: Response) -> Response {
    if !request.is_api() {
        return answer;
    }
    if answer.media_type == PROBLEM {
        return problem(answer);
    }
    match answer.status {
        201 => answer = created(answer),
        204 if fault("deleted-200") => {
            answer.status = 200;
            answer.media_type = JSON;
            answer.body = Body::Json(json!({}));
        }
        _ => {}
    }
    if answer.media_type == JSON && fault("json-as-text") {
        answer.media_type = "text/plain; charset=utf-8";
    }
    if answer.media_type == JSON && fault("json-in-latin1") {
        answer.media_type = "application/json; charset=iso-8859-1";
    }
    if let Body::Json(value) = &mut answer.body {
        everywhere(value);
        list(value);
    }
    answer
}

fn created(mut answer: Response) -> Response {
    if fault("created-200") {
        answer.status = 200;
    }
    if fault("no-location") {
        answer.headers.retain(|(name, _)| *name != "Location");
    }
    if fault("broken-location") {
        for (_, value) in answer.headers.iter_mut().filter(|(name, _)| *name == "Location") {
            value.push_str("/0");
        }
    }
    if let (true, Body::Json(value)) = (fault("created-lacks-fields"), &mut answer.body) {
        let id = value["id"].clone();
        *value = json!({"id": id, "slug": value["slug"], "created_at": value["created_at"]});
    }
    answer
}

fn problem(mut answer: Response) -> Response {
    let status = answer.status;
    if let Body::Json(value) = &mut answer.body {
        if let (Some(name), Some(map)) = (param("problem-lacks"), value.as_object_mut()) {
            map.remove(name);
        }
        if fault("problem-status-differs") {
            value["status"] = json!(418);
        }
    }
    if fault("error-as-json") {
        answer.media_type = JSON;
    }
    if fault("error-as-html") || fault("unknown-as-html") && status == 404 {
        answer.media_type = HTML;
        let page = format!("<!doctype html><title>{status}</title><h1>Error {status}</h1>");
        answer.body = Body::Bytes(page.into_bytes());
    }
    if fault("error-empty") {
        answer.media_type = "";
        answer.body = Body::Empty;
    }
    answer
}

fn list(value: &mut Value) {
    if !value["items"].is_array() || value.get("total").is_none() {
        return;
    }
    if let (Some(name), Some(map)) = (param("list-lacks"), value.as_object_mut()) {
        map.remove(name);
    }
    if fault("list-bare") {
        *value = value["items"].take();
    }
}

/// What the faults of all JSON make of a value, at every depth.
pub fn everywhere(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(everywhere),
        Value::Object(map) => {
            for (name, value) in map.iter_mut() {
                everywhere(value);
                member(name, value);
            }
            if fault("camel-case") {
                let members = std::mem::take(map);
                map.extend(members.into_iter().map(|(name, value)| (camel(&name), value)));
            }
        }
        _ => {}
    }
}

fn member(name: &str, value: &mut Value) {
    if fault("ids-as-text") && name == "id" && value.is_number() {
        *value = json!(value.to_string());
    }
    let Some(time) = value.as_str().filter(|_| name.ends_with("_at")) else { return };
    let (whole, _) = time.split_at(time.find('.').unwrap_or(time.len()));
    let changed = match () {
        () if fault("times-without-zone") => time.trim_end_matches('Z').to_owned(),
        () if fault("times-with-offset") => time.replace('Z', "+00:00"),
        () if fault("times-with-blank") => time.replace('T', " "),
        () if fault("times-in-seconds") => format!("{whole}Z"),
        () => return,
    };
    *value = json!(changed);
}

fn camel(name: &str) -> String {
    let mut parts = name.split('_');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |out, part| {
        let (head, rest) = part.split_at(part.len().min(1));
        out + &head.to_ascii_uppercase() + rest
    })
}
