//! Whether an OpenAPI description contains the operations that a contract names.

use super::request_body;
use crate::contract::client::Response;
use crate::contract::format::Described;
use crate::contract::value::{Difference, quoted};
use serde_json::Value;

/// What the description in `response` lacks of the operations and their bodies.
#[must_use]
pub fn differences(described_list: &[Described], response: &Response) -> Vec<Difference> {
    let Some(description) = response.json() else {
        let actual = quoted(&String::from_utf8_lossy(&response.body));
        return vec![Difference::new("body", "an OpenAPI description as JSON", actual)];
    };
    let empty = serde_json::Map::new();
    let paths = description.get("paths").and_then(Value::as_object).unwrap_or(&empty);
    let server_paths = server_paths(&description);
    let mut differences = Vec::new();
    for described in described_list {
        let Some((method, path)) = described.operation().split_once(' ') else { continue };
        let expected_path = without_parameter_names(path);
        let same = |other: &str| {
            without_parameter_names(other) == expected_path
                || server_paths
                    .iter()
                    .any(|base| without_parameter_names(&format!("{base}{other}")) == expected_path)
        };
        let method = method.to_ascii_lowercase();
        let mut known = paths.iter().filter(|(other, _)| same(other));
        let operation =
            known.find_map(|(_, item)| resolve_reference(item, &description).get(&method));
        match (operation, described) {
            (Some(operation), Described::Body(body)) => {
                differences.extend(request_body::differences(body, operation, &description));
            }
            (Some(_), Described::Operation(_)) => {}
            (None, _) => {
                let actual = match paths.keys().any(|other| same(other)) {
                    true => "the path without this method",
                    false => "no such path",
                };
                let expected = format!("`{}` described", described.operation());
                differences.push(Difference::new("json /paths", expected, actual));
            }
        }
    }
    differences
}

/// What stands before every path: the paths of `servers` (OpenAPI 3), or `basePath` (Swagger 2).
fn server_paths(description: &Value) -> Vec<String> {
    let servers = description.get("servers").and_then(Value::as_array);
    let urls = servers.into_iter().flatten().filter_map(|server| server.get("url")?.as_str());
    let path = |url: &str| {
        let rest = url
            .split_once("://")
            .map_or(url, |(_, rest)| rest.find('/').map_or("", |slash| &rest[slash..]));
        rest.trim_end_matches('/').to_owned()
    };
    let old = description.get("basePath").and_then(Value::as_str);
    urls.chain(old).map(path).filter(|base| !base.is_empty()).collect()
}

/// The item itself, or what its `$ref` names in the same description.
pub(super) fn resolve_reference<'d>(item: &'d Value, description: &'d Value) -> &'d Value {
    let place =
        item.get("$ref").and_then(Value::as_str).and_then(|reference| reference.strip_prefix('#'));
    place.and_then(|pointer| description.pointer(pointer)).unwrap_or(item)
}

/// A path without the names in its braces, nor a slash at its end.
fn without_parameter_names(path: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for c in path.trim_end_matches('/').chars() {
        match c {
            '{' => (inside, out) = (true, out + "{"),
            '}' => (inside, out) = (false, out + "}"),
            _ if inside => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn operation(line: &str) -> Described {
        Described::Operation(line.to_owned())
    }

    #[test]
    fn names_in_braces_may_be_others() {
        let body =
            br#"{"paths":{"/api/posts/{slug}":{"get":{}},"/api/posts":{"post":{}}}}"#.to_vec();
        let response = Response { body, ..Response::default() };
        let expected =
            ["GET /api/posts/{id}", "POST /api/posts", "DELETE /api/posts/{id}", "GET /x"];
        let reported = differences(&expected.map(operation), &response);
        let actual: Vec<&str> =
            reported.iter().map(|difference| difference.actual.as_str()).collect();
        assert_eq!(actual, ["the path without this method", "no such path"]);
    }

    #[test]
    fn paths_stand_below_the_servers_and_may_be_references() {
        for body in [
            r#"{"servers":[{"url":"/api"}],"paths":{"/notes":{"get":{}}}}"#,
            r#"{"servers":[{"url":"http://localhost:8000/api/"}],"paths":{"/notes":{"get":{}}}}"#,
            r#"{"swagger":"2.0","basePath":"/api","paths":{"/notes":{"get":{}}}}"#,
            r##"{"paths":{"/api/notes":{"$ref":"#/components/pathItems/n"}},"components":{"pathItems":{"n":{"get":{}}}}}"##,
        ] {
            let response = Response { body: body.as_bytes().to_vec(), ..Response::default() };
            assert_eq!(differences(&[operation("GET /api/notes")], &response), [], "{body}");
        }
        let other = r#"{"servers":[{"url":"/v2"}],"paths":{"/notes":{"get":{}}}}"#;
        let response = Response { body: other.as_bytes().to_vec(), ..Response::default() };
        assert_eq!(differences(&[operation("GET /api/notes")], &response).len(), 1);
    }
}
