//! Whether an OpenAPI description tells of the paths that a contract names.

use crate::contract::client::Response;
use crate::contract::value::{Difference, quoted};
use serde_json::Value;

/// What the description in `answer` lacks of `METHOD /path/{name}`.
#[must_use]
pub fn differences(wanted: &[String], answer: &Response) -> Vec<Difference> {
    let Some(description) = answer.json() else {
        let actual = quoted(&String::from_utf8_lossy(&answer.body));
        return vec![Difference::new("body", "an OpenAPI description as JSON", actual)];
    };
    let empty = serde_json::Map::new();
    let paths = description.get("paths").and_then(Value::as_object).unwrap_or(&empty);
    let missing = wanted.iter().filter_map(|one| {
        let (method, path) = one.split_once(' ')?;
        let same = |other: &str| nameless(other) == nameless(path);
        let mut known = paths.iter().filter(|(other, _)| same(other));
        let described = known.any(|(_, item)| item.get(method.to_ascii_lowercase()).is_some());
        (!described).then(|| {
            let actual = match paths.keys().any(|other| same(other)) {
                true => "the path without this method",
                false => "no such path",
            };
            Difference::new("json /paths", format!("`{one}` described"), actual)
        })
    });
    missing.collect()
}

/// A path without the names in its braces, nor a slash at its end.
fn nameless(path: &str) -> String {
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

    #[test]
    fn names_in_braces_may_be_others() {
        let body =
            br#"{"paths":{"/api/posts/{slug}":{"get":{}},"/api/posts":{"post":{}}}}"#.to_vec();
        let answer = Response { body, ..Response::default() };
        let wanted = ["GET /api/posts/{id}", "POST /api/posts", "DELETE /api/posts/{id}", "GET /x"];
        let found = differences(&wanted.map(str::to_owned), &answer);
        let told: Vec<&str> = found.iter().map(|one| one.actual.as_str()).collect();
        assert_eq!(told, ["the path without this method", "no such path"]);
    }
}
