//! The step `form`: a form on a page, filled in and sent as a browser does it.

use super::response::{Captured, Expectation};
use super::send::SentRequest;
use crate::contract::client::{
    BROWSER_ACCEPT, Body, MultipartPart, Request, encode_multipart, encoded, exchange,
    multipart_media_type,
};
use crate::contract::format::{Expect, FormStep};
use crate::contract::html::{Form, Page};
use crate::contract::judge::resolve_on_page;
use crate::contract::run::context::CheckContext;
use crate::contract::run::step_error::StepError;
use crate::contract::value::{Difference, Values, plain, quoted};
use serde_json::Value;
use std::collections::BTreeMap;

impl CheckContext<'_> {
    pub(in crate::contract::run) fn form(
        &mut self,
        step: &FormStep,
        values: &mut Values,
    ) -> Result<(), StepError> {
        let wrong = |difference| StepError::failed(format!("form {}", step.path), vec![difference]);
        let path = values.text(&step.path).map_err(wrong)?;
        let mut fill = Vec::new();
        for (name, value) in &step.fill {
            fill.push((name.as_str(), values.fill(value).map_err(wrong)?));
        }

        let mut open = Request::get(&encoded(&path));
        open.headers = vec![("accept".to_owned(), BROWSER_ACCEPT.to_owned())];
        open.add_headers(&BTreeMap::new(), values, &self.jar(&step.client)).map_err(wrong)?;
        let label = format!("{} {}", open.method, open.path);
        let outcome = exchange(&self.address, &open);
        let page = SentRequest { label, request: open, outcome };
        // Values are captured from the response to the form, not from the page.
        let (expect, capture) = (Expect::default(), BTreeMap::new());
        let look = Expectation { client: &step.client, expect: &expect, capture: &capture };
        let opened = self.judge(look, &page, values)?;
        let Some(Captured { response, .. }) = opened else { return Ok(()) };

        let url = self.address.url();
        let selector = step.select.as_ref().map(|selector| values.text(selector));
        let selector = selector.transpose().map_err(wrong)?;
        let names: Vec<&str> = fill.iter().map(|(name, _)| *name).collect();
        let parsed = Page::read(&String::from_utf8_lossy(&response.body));
        let failed = |place: &str, expected: &str, actual: &str| {
            let differences = vec![Difference::new(place, expected, actual)];
            StepError::failed(&page.label, differences)
                .with_request(&url, &page.request)
                .with_response(&response)
        };
        let Some(form) = parsed.form(selector.as_deref(), &names) else {
            let expected = format!("a form with the fields {}", names.join(", "));
            return Err(failed("html form", &expected, "none on the page"));
        };
        let Some(action) = resolve_on_page(&form.action, &parsed, &page.request.path, &url) else {
            let actual = quoted(&form.action);
            return Err(failed("html form action", "an address of this server", &actual));
        };
        let mut request = filled(&form, &action, &fill);
        request.add("origin", &url);
        request.add("referer", &format!("{url}{}", page.request.path));
        request.add("sec-fetch-site", "same-origin");
        request.add_headers(&step.headers, values, &self.jar(&step.client)).map_err(wrong)?;
        let label = format!("form on {}: {} {}", page.request.path, request.method, request.path);
        let outcome = exchange(&self.address, &request);
        let sent = SentRequest { label, request, outcome };
        let expectation =
            Expectation { client: &step.client, expect: &step.expect, capture: &step.capture };
        if let Some(captured) = self.judge(expectation, &sent, values)? {
            captured.set(values);
        }
        Ok(())
    }
}

/// The request that sends a form, with `fill` in the place of what stood in its fields.
fn filled(form: &Form, action: &str, fill: &[(&str, Value)]) -> Request {
    let mut fields: Vec<(String, String)> = form
        .fields
        .iter()
        .filter(|(name, _)| !fill.iter().any(|(filled_name, _)| filled_name == name))
        .cloned()
        .collect();
    for (name, value) in fill {
        let values = match value {
            Value::Null => Vec::new(),
            Value::Array(all) => all.iter().map(plain).collect(),
            other => vec![plain(other)],
        };
        fields.extend(values.into_iter().map(|value| ((*name).to_owned(), value)));
    }
    let mut request = if form.method != "POST" {
        let bare = action.split('?').next().unwrap_or_default();
        Request::get(&format!("{}?{}", encoded(bare), pairs(&fields)))
    } else {
        let mut request = Request::get(&encoded(action));
        request.method = "POST".to_owned();
        request.body = Body::Bytes(match form.multipart {
            true => parts(&fields),
            false => pairs(&fields).into_bytes(),
        });
        request
    };
    request.headers = vec![("accept".to_owned(), BROWSER_ACCEPT.to_owned())];
    if request.method == "POST" {
        let media_type = match form.multipart {
            true => multipart_media_type(),
            false => "application/x-www-form-urlencoded".to_owned(),
        };
        request.add("content-type", &media_type);
    }
    request
}

/// Fields as `application/x-www-form-urlencoded` (URL Standard, section 5.2).
fn pairs(fields: &[(String, String)]) -> String {
    let fields = fields.iter().map(|(name, value)| (crlf(name), crlf(value)));
    form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}

/// Fields as `multipart/form-data`.
fn parts(fields: &[(String, String)]) -> Vec<u8> {
    let part = |(name, value): &(String, String)| MultipartPart {
        name: crlf(name),
        content: crlf(value).into_bytes(),
        ..MultipartPart::default()
    };
    encode_multipart(&fields.iter().map(part).collect::<Vec<_>>())
}

/// Line ends as a form sends them.
fn crlf(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n").replace('\n', "\r\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_form_is_encoded_as_a_browser_does() {
        let page = "<form method=post action=/c><input name=csrf value=t><input name=a><textarea name=b>old</textarea>";
        let form = Page::read(page).form(None, &["a"]).expect("a form");
        let sent = filled(&form, "/c", &[("a", json!("ü &\n")), ("b", json!(5))]);
        assert_eq!(sent.body, Body::Bytes(b"csrf=t&a=%C3%BC+%26%0D%0A&b=5".to_vec()));
        let multipart =
            filled(&Form { multipart: true, ..form.clone() }, "/c", &[("b", json!("x\ny"))]);
        let media_type = multipart.headers.iter().find(|(name, _)| name == "content-type");
        let boundary = media_type.and_then(|(_, value)| value.split("boundary=").nth(1));
        let Body::Bytes(body) = multipart.body else { unreachable!("a body") };
        let body = String::from_utf8(body).expect("a text");
        let end = format!("\r\n--{}--\r\n", boundary.expect("a boundary"));
        assert!(body.ends_with(&format!("name=\"b\"\r\n\r\nx\r\ny{end}")), "{body}");
        let form = Form { method: "GET".to_owned(), ..form };
        assert_eq!(filled(&form, "/c?x=1", &[("b", Value::Null)]).path, "/c?csrf=t&a=");
    }
}
