//! Captures values from a response for later steps.

use crate::contract::client::{Cookie, Response};
use crate::contract::format::{Source, SourceAt};
use crate::contract::html::{Page, check_selector};
use crate::contract::judge::{matching_series, resolve_location, sum};
use crate::contract::metrics::Metrics;
use crate::contract::value::{Difference, Values, quoted};
use crate::contract::xml;
use serde_json::Value;

/// What is expected of a value that later steps need.
pub(super) const NEEDED: &str = "a value, which the next steps need";

/// The value that `source` names in `response`.
///
/// # Errors
/// It is not there.
pub fn capture(source: &Source, response: &Response, values: &Values) -> Result<Value, Difference> {
    match source {
        Source::Json(pointer) => pointed(&values.text(pointer)?, response),
        Source::At(at) => capture_at(at, response, values),
    }
}

fn pointed(pointer: &str, response: &Response) -> Result<Value, Difference> {
    let body = response.json().ok_or_else(|| {
        let actual = quoted(&String::from_utf8_lossy(&response.body));
        let name = pointer.trim_start_matches('/').replace('/', ".");
        let expected =
            if name.is_empty() { "JSON".to_owned() } else { format!("JSON with `{name}`") };
        Difference::new("body", expected, actual)
    })?;
    let missing = || Difference::new(format!("json {pointer}"), NEEDED, "no such key");
    body.pointer(pointer).cloned().ok_or_else(missing)
}

fn capture_at(at: &SourceAt, response: &Response, values: &Values) -> Result<Value, Difference> {
    let missing = |place: String, actual: &str| Difference::new(place, NEEDED, actual);
    if let Some(name) = &at.header {
        let is_location = name.eq_ignore_ascii_case("location");
        let value = response.header(name).map(|value| match is_location {
            true => Value::from(resolve_location(value, response, values.url())),
            false => Value::from(value),
        });
        value.ok_or_else(|| missing(format!("header {name}"), "no such header"))
    } else if let Some(name) = &at.cookie {
        // Of several with one name a browser keeps the last.
        let set = response.header_values("set-cookie").filter_map(Cookie::read);
        let value = set
            .filter(|cookie| cookie.name == *name)
            .last()
            .map(|cookie| Value::from(cookie.value));
        value.ok_or_else(|| missing(format!("cookie {name}"), "no such cookie"))
    } else if let Some(selector) = &at.html {
        let selector = values.text(selector)?;
        if let Err(error) = check_selector(&selector) {
            return Err(missing(format!("html {selector}"), &format!("no CSS selector: {error}")));
        }
        let page = Page::read(&String::from_utf8_lossy(&response.body));
        let first = page.select(&selector).into_iter().next();
        let first = first.ok_or_else(|| {
            let expected = match &at.attribute {
                Some(name) => format!("an element like this, whose `{name}` is asked for next"),
                None => "an element like this, whose text is needed next".to_owned(),
            };
            Difference::new(format!("html {selector}"), expected, "no such element")
        })?;
        match &at.attribute {
            None => Ok(Value::from(first.text())),
            Some(name) => {
                let value = first.attribute(name).map(Value::from);
                let place = format!("html {selector} attribute {name}");
                value.ok_or_else(|| missing(place, "no such attribute"))
            }
        }
    } else if let Some(pointer) = &at.xml {
        let pointer = values.text(pointer)?;
        let wrong = |actual: String| Difference::new("body", "well-formed XML in UTF-8", actual);
        let text = response.text().ok_or_else(|| wrong("it is not UTF-8".to_owned()))?;
        let document = xml::read(text).map_err(wrong)?;
        let value = document.pointer(&pointer).cloned();
        value.ok_or_else(|| missing(format!("xml {pointer}"), "no such element or attribute"))
    } else if let Some(pointer) = &at.first {
        let pointer = values.text(pointer)?;
        let list = pointed(&pointer, response)?;
        let matcher = at.like.as_ref().map(|like| values.matcher(like)).transpose()?;
        let fits = |item: &&Value| matcher.as_ref().is_none_or(|matcher| matcher.holds(Some(item)));
        let first = list.as_array().and_then(|items| items.iter().find(fits));
        let taken = first.and_then(|item| item.pointer(at.take.as_deref().unwrap_or_default()));
        taken.cloned().ok_or_else(|| {
            let expected =
                matcher.map_or_else(|| "an element".to_owned(), |matcher| matcher.describe());
            let actual = crate::contract::value::shown(&list);
            Difference::new(format!("json {pointer}"), format!("one that is {expected}"), actual)
        })
    } else if let Some(name) = &at.metric {
        let metrics = Metrics::read(&String::from_utf8_lossy(&response.body))?;
        let series = matching_series(&metrics, name, &at.labels, values)?;
        Ok(if at.count { Value::from(series.len()) } else { sum(&series) })
    } else {
        Ok(Value::from(response.status))
    }
}
