//! Whether a response is what a step expects; pure.

use super::{metrics, openapi, page, problem};
use crate::contract::client::{Cookie, Response};
use crate::contract::format::{Expect, Html, Problem, Status, Statuses};
use crate::contract::html::{Page, check_selector};
use crate::contract::value::{CountRule, Difference, DifferenceKind, ValuePath, Values, quoted};
use crate::contract::xml;
use serde_json::Value;

/// Whether `response` has a status that is allowed.
#[must_use]
pub fn status_holds(expect: &Expect, response: &Response) -> bool {
    status(expect, response).is_none()
        || expect.or.as_ref().is_some_and(|other| status_holds(other, response))
}

/// The differences between `response` and what is expected; empty if all holds. A wrong status is reported alone, for
/// all else follows from it.
#[must_use]
pub fn judge(expect: &Expect, response: &Response, values: &Values) -> Vec<Difference> {
    let differences = judge_single(expect, response, values);
    match &expect.or {
        Some(_) if differences.is_empty() => differences,
        Some(other) => {
            let others = judge(other, response, values);
            // The nearer alternative is reported.
            if others.is_empty()
                || (status(expect, response).is_some() && status(other, response).is_none())
            {
                others
            } else {
                differences
            }
        }
        None => differences,
    }
}

fn judge_single(expect: &Expect, response: &Response, values: &Values) -> Vec<Difference> {
    if let Some(difference) = status(expect, response) {
        return vec![difference];
    }
    let mut differences = headers(expect, response, values);
    differences.extend(cookies(expect, response, values));
    if response.truncated {
        let actual = "one so long that it was not read to its end";
        differences.push(Difference::new("body", "a short one", actual));
        return differences;
    }
    if expect.empty && !response.body.is_empty() {
        let actual = quoted(&String::from_utf8_lossy(&response.body));
        differences.push(Difference::new("body", "no body at all", actual));
    }
    if let Some(compressed) = compressed(expect, response) {
        differences.push(compressed);
        return differences;
    }
    if let Some(expected) = &expect.json {
        differences.extend(json(expected, response, values));
    }
    if let Some(expected) = &expect.xml {
        differences.extend(xml(expected, response, values));
    }
    differences.extend(text(expect, response, values));
    differences.extend(problem_document(expect, response, values));
    differences.extend(pages(expect, response, values));
    differences
}

fn headers(expect: &Expect, response: &Response, values: &Values) -> Vec<Difference> {
    let mut differences = Vec::new();
    for (name, expected) in &expect.headers {
        let actual = response.header(name).map(|value| match is_address(name) {
            true => Value::from(resolve_location(value, response, values.url())),
            false => Value::from(value),
        });
        let place = format!("header {}", name.to_ascii_lowercase());
        let path = ValuePath::new(&place, "no such header");
        compare(expected, actual.as_ref(), &path, values, &mut differences);
    }
    differences
}

fn cookies(expect: &Expect, response: &Response, values: &Values) -> Vec<Difference> {
    let mut differences = Vec::new();
    for (name, expected) in &expect.cookies {
        let cookies = response.header_values("set-cookie").filter_map(Cookie::read);
        let last = cookies.filter(|cookie| cookie.name == *name).last();
        let actual = last.map(|cookie| cookie.described());
        let place = format!("cookie {name}");
        let path = ValuePath::new(&place, "no such cookie");
        compare(expected, actual.as_ref(), &path, values, &mut differences);
    }
    differences
}

fn text(expect: &Expect, response: &Response, values: &Values) -> Vec<Difference> {
    let Some(expected) = &expect.text else { return Vec::new() };
    let Some(actual) = response.text().map(Value::from) else {
        return vec![Difference::new("body", "a text in UTF-8", "bytes that are none")];
    };
    let mut differences = Vec::new();
    let path = ValuePath::new("text", "no text");
    compare(expected, Some(&actual), &path, values, &mut differences);
    differences
}

fn problem_document(expect: &Expect, response: &Response, values: &Values) -> Vec<Difference> {
    match &expect.problem {
        Some(Problem::Any(true)) => problem::differences(response, None),
        Some(Problem::Fields(fields)) => {
            let fields: Result<Vec<String>, Difference> =
                fields.iter().map(|field| values.text(field)).collect();
            match fields {
                Ok(fields) => problem::differences(response, Some(&fields)),
                Err(unknown) => vec![unknown],
            }
        }
        Some(Problem::Any(false)) | None => Vec::new(),
    }
}

/// What is expected of a page, of the description and of metrics.
fn pages(expect: &Expect, response: &Response, values: &Values) -> Vec<Difference> {
    let mut differences = Vec::new();
    if !expect.html.is_empty() {
        let parsed = Page::read(&String::from_utf8_lossy(&response.body));
        if parsed.is_too_deep() {
            return vec![page::nesting_difference()];
        }
        for expected in &expect.html {
            differences.extend(html(expected, &parsed, values));
        }
    }
    if expect.page {
        differences.extend(page::differences(response));
    }
    if !expect.describes.is_empty() {
        differences.extend(openapi::differences(&expect.describes, response));
    }
    if !expect.metrics.is_empty() {
        differences.extend(metrics::differences(&expect.metrics, response, values));
    }
    differences
}

/// Whether the value of a header is an address, which may be relative to the request's (RFC 9110, 10.2.2).
fn is_address(name: &str) -> bool {
    ["location", "content-location"].iter().any(|header| name.eq_ignore_ascii_case(header))
}

/// An address as it stands, or the path on this server to which it leads if it is relative.
#[must_use]
pub fn resolve_location(address: String, response: &Response, url: &str) -> String {
    let whole = address.starts_with('/') && !address.starts_with("//");
    match page::resolve(&address, &response.path, url) {
        Some(path) if !whole && !address.contains("://") => path,
        _ => address,
    }
}

/// A difference if the body is compressed though something about it is expected. `accept-encoding: identity` is sent with each request that
/// says nothing else, so nobody asked for it.
fn compressed(expect: &Expect, response: &Response) -> Option<Difference> {
    let about_body = expect.json.is_some()
        || expect.xml.is_some()
        || expect.text.is_some()
        || matches!(expect.problem, Some(Problem::Any(true) | Problem::Fields(_)))
        || !expect.html.is_empty()
        || expect.page
        || !expect.describes.is_empty()
        || !expect.metrics.is_empty();
    let encoding = response.header("content-encoding")?;
    let is_plain = encoding.trim().is_empty() || encoding.eq_ignore_ascii_case("identity");
    (about_body && !is_plain).then(|| {
        let expected = "no such header, for the request says `accept-encoding: identity`";
        Difference::new("header content-encoding", expected, quoted(&encoding))
    })
}

fn status(expect: &Expect, response: &Response) -> Option<Difference> {
    let good = match &expect.status {
        None => response.is_success(),
        Some(expected) => expected.all().iter().any(|status| status.allows(response.status)),
    };
    let expected = expect.status.as_ref().map_or_else(|| "2xx".to_owned(), Statuses::describe);
    let actual =
        format!("{} {}", response.status, crate::contract::value::visible(&response.reason, false));
    let kind = DifferenceKind::Status(response.status);
    (!good).then(|| Difference::new("status", expected, actual.trim_end()).with_kind(kind))
}

fn json(expected: &Value, response: &Response, values: &Values) -> Vec<Difference> {
    let mut differences = Vec::new();
    let media_type = response.media_type();
    let good = media_type
        .as_deref()
        .is_some_and(|media| media == "application/json" || media.ends_with("+json"));
    if !good {
        let actual = media_type.map_or_else(|| "no such header".to_owned(), |media| quoted(&media));
        differences.push(Difference::new("header content-type", "application/json", actual));
    }
    differences.extend(wrong_charset(response));
    match response.json() {
        None => {
            let actual = match response.body.is_empty() {
                true => "no body".to_owned(),
                false => quoted(&String::from_utf8_lossy(&response.body)),
            };
            let words = values
                .matcher(expected)
                .map_or_else(|_| String::new(), |matcher| matcher.describe());
            differences.push(Difference::new("body", format!("JSON: {words}"), actual));
        }
        actual => {
            compare(
                expected,
                actual.as_ref(),
                &ValuePath::new("json", "no body"),
                values,
                &mut differences,
            );
        }
    }
    differences
}

fn xml(expected: &Value, response: &Response, values: &Values) -> Vec<Difference> {
    let media_type = response.media_type().unwrap_or_default();
    if !["application/xml", "text/xml"].contains(&media_type.as_str())
        && !media_type.ends_with("+xml")
    {
        let expected = "XML, such as application/atom+xml";
        return vec![Difference::new("header content-type", expected, quoted(&media_type))];
    }
    let document = response.text().ok_or_else(|| "it is not UTF-8".to_owned()).and_then(xml::read);
    let mut differences = Vec::new();
    match document {
        Err(error) => differences.push(Difference::new("body", "well-formed XML in UTF-8", error)),
        Ok(document) => {
            let path = ValuePath::new("xml", "no body");
            compare(expected, Some(&document), &path, values, &mut differences);
        }
    }
    differences
}

/// A difference if JSON is declared in another encoding than UTF-8 (RFC 8259, section 8.1).
#[must_use]
pub fn wrong_charset(response: &Response) -> Option<Difference> {
    let whole = response.header("content-type")?;
    let charset = whole.split(';').skip(1).find_map(|parameter| {
        let (name, value) = parameter.trim().split_once('=')?;
        name.trim().eq_ignore_ascii_case("charset").then(|| value.trim().trim_matches('"'))
    });
    let foreign = charset
        .filter(|name| !["utf-8", "utf8"].iter().any(|good| name.eq_ignore_ascii_case(good)));
    foreign.map(|_| Difference::new("header content-type", "JSON in UTF-8", quoted(&whole)))
}

fn html(rule: &Html, page: &Page, values: &Values) -> Vec<Difference> {
    let mut differences = Vec::new();
    let selector = match values.text(&rule.select) {
        Ok(selector) => selector,
        Err(unknown) => return vec![unknown],
    };
    // What is filled in may end the selector early.
    if let Err(error) = check_selector(&selector) {
        let expected = "a CSS selector once its values are filled in";
        return vec![Difference::new(format!("html {selector}"), expected, error)];
    }
    let elements = page.select(&selector);
    let place = format!("html {selector}");
    let number = elements.len() as u64;
    let good = rule.count.map_or(number > 0, |count| count.allows(number));
    if !good {
        let expected =
            rule.count.map_or_else(|| "at least 1".to_owned(), |count: CountRule| count.describe());
        differences.push(Difference::new(
            place,
            format!("{expected} on the page"),
            number.to_string(),
        ));
        return differences;
    }
    let first = elements.first();
    if let Some(matcher) = &rule.text {
        let text = first.map(|element| Value::from(element.text()));
        compare(
            matcher,
            text.as_ref(),
            &ValuePath::new(&place, "no such element"),
            values,
            &mut differences,
        );
    }
    if let Some(matchers) = &rule.texts {
        let texts = elements.iter().map(|element| Value::from(element.text())).collect();
        let matcher = Value::Array(matchers.clone());
        compare(
            &matcher,
            Some(&Value::Array(texts)),
            &ValuePath::new(&place, ""),
            values,
            &mut differences,
        );
    }
    for (name, matcher) in &rule.attributes {
        let value = first.and_then(|element| element.attribute(name)).map(Value::from);
        let place = format!("{place} attribute {name}");
        compare(
            matcher,
            value.as_ref(),
            &ValuePath::new(&place, "no such attribute"),
            values,
            &mut differences,
        );
    }
    differences
}

/// Compares a value with a matcher in which variables stand.
pub fn compare(
    expected: &Value,
    actual: Option<&Value>,
    place: &ValuePath<'_>,
    values: &Values,
    differences: &mut Vec<Difference>,
) {
    match values.matcher(expected) {
        Ok(matcher) => differences.extend(matcher.differences(place, actual)),
        Err(wrong) => differences.push(wrong),
    }
}

impl Statuses {
    /// The allowed statuses.
    #[must_use]
    pub fn all(&self) -> &[Status] {
        match self {
            Self::Single(status) => std::slice::from_ref(status),
            Self::Several(all) => all,
        }
    }

    /// The allowed statuses, in words.
    #[must_use]
    pub fn describe(&self) -> String {
        let words = self.all().iter().map(|status| match status {
            Status::Exactly(number) => number.to_string(),
            Status::Class(class) => class.clone(),
        });
        words.collect::<Vec<_>>().join(" or ")
    }
}

impl Status {
    /// Whether `status` is allowed.
    #[must_use]
    pub fn allows(&self, status: u16) -> bool {
        match self {
            Self::Exactly(exact) => *exact == status,
            Self::Class(class) => class.strip_suffix("xx") == Some(&(status / 100).to_string()),
        }
    }
}

#[cfg(test)]
#[path = "response_tests.rs"]
mod tests;
