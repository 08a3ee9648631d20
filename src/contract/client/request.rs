//! A request as a step states it, with its values filled in.

use super::cookies::Jar;
use super::multipart::{MultipartPart, encode_multipart, multipart_media_type};
use crate::contract::format::{BodyTemplate, RequestStep};
use crate::contract::value::{
    Difference, Values, bytes, path_of_own_url, plain, quoted, short, shown, visible,
};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde_json::Value;

/// A request that is ready to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    pub method: String,
    /// The path with its query, from the server's address on.
    pub path: String,
    /// In the order in which they are sent; without those that speak of the body's length.
    pub headers: Vec<(String, String)>,
    pub body: Body,
    /// The body goes in chunks.
    pub chunked: bool,
}

/// The maximum length of a body that a description shows, in bytes.
const MAX_BODY_SHOWN: usize = 4096;
/// The maximum of what it shows of the body, in characters.
const MAX_BODY_CHARS: usize = 400;

/// What is sent after the headers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    None,
    Bytes(Vec<u8>),
    /// A JSON text of this many bytes, generated while it is sent.
    Size(u64),
}

const PREFIX: &[u8] = b"{\"text\":\"";
const SUFFIX: &[u8] = b"\"}";

impl Body {
    /// How many bytes it has.
    #[must_use]
    pub fn len(&self) -> u64 {
        match self {
            Self::None => 0,
            Self::Bytes(bytes) => bytes.len() as u64,
            Self::Size(size) => *size,
        }
    }

    /// Whether nothing is sent.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// At most `max` bytes from `at` on.
    #[must_use]
    pub fn piece(&self, at: u64, max: usize) -> Vec<u8> {
        let left = usize::try_from(self.len().saturating_sub(at)).unwrap_or(usize::MAX);
        let count = left.min(max);
        match self {
            Self::None => Vec::new(),
            Self::Bytes(bytes) => {
                let at = usize::try_from(at).unwrap_or(usize::MAX).min(bytes.len());
                bytes[at..at + count].to_vec()
            }
            Self::Size(size) => {
                let mut piece = vec![b'a'; count];
                for (bytes, from) in
                    [(PREFIX, 0), (SUFFIX, size.saturating_sub(SUFFIX.len() as u64))]
                {
                    for (byte, place) in bytes.iter().zip(from..) {
                        let inside =
                            place.checked_sub(at).and_then(|index| usize::try_from(index).ok());
                        if let Some(slot) = inside.and_then(|index| piece.get_mut(index)) {
                            *slot = *byte;
                        }
                    }
                }
                piece
            }
        }
    }
}

impl Request {
    /// In a line, with its body, if it may change something: `POST /api/tasks {"title":"Milk"}`.
    #[must_use]
    pub fn describe_if_unsafe(&self) -> Option<String> {
        if ["GET", "HEAD", "OPTIONS"].contains(&self.method.as_str()) {
            return None;
        }
        let body = match &self.body {
            Body::None => String::new(),
            Body::Bytes(bytes) if bytes.len() <= MAX_BODY_SHOWN => match str::from_utf8(bytes) {
                Ok(text) => format!(" {}", short(&visible(text, false), MAX_BODY_CHARS)),
                Err(_) => format!(" and {} bytes", bytes.len()),
            },
            body => format!(" and {} bytes", body.len()),
        };
        Some(format!("{} {}{body}", self.method, self.path))
    }

    /// A plain GET.
    #[must_use]
    pub fn get(path: &str) -> Self {
        Self {
            method: "GET".to_owned(),
            path: path.to_owned(),
            headers: vec![("accept".to_owned(), "*/*".to_owned())],
            body: Body::None,
            chunked: false,
        }
    }

    /// The request of a step, sent by the client that owns `jar`.
    ///
    /// # Errors
    /// An unknown variable, or a value that cannot be computed.
    pub fn from_step(step: &RequestStep, values: &Values, jar: &Jar) -> Result<Self, Difference> {
        let line = values.text(&step.line)?;
        let (method, path) = line.split_once(' ').unwrap_or(("GET", &line));
        let body = body(&step.body, values)?;
        let path = path.trim();
        // A captured `Location` may be a whole URL.
        let own = path_of_own_url(path, values.url());
        if own.is_none() && path.contains("://") && !path.starts_with('/') {
            return Err(Difference::new("address", "one of this server", quoted(path)));
        }
        let mut request = Self {
            method: method.to_owned(),
            path: encoded(own.unwrap_or(path)),
            headers: Vec::new(),
            body,
            chunked: step.chunked,
        };
        let html = step.expect.page || !step.expect.html.is_empty();
        request.add("accept", if html { BROWSER_ACCEPT } else { "*/*" });
        let media_type = step.media_type.as_deref().map(|text| values.text(text)).transpose()?;
        match media_type.as_deref() {
            Some("") => {}
            Some(named) => request.add("content-type", named),
            None if matches!(step.body, BodyTemplate::Multipart(_)) => {
                request.add("content-type", &multipart_media_type());
            }
            None if request.body != Body::None => request.add("content-type", "application/json"),
            None => {}
        }
        request.add_headers(&step.headers, values, jar)?;
        Ok(request)
    }

    /// Adds the cookies of `jar` and the headers of a step, which stand in the place of ours.
    ///
    /// # Errors
    /// An unknown variable, or a value that cannot be computed.
    pub fn add_headers(
        &mut self,
        headers: &std::collections::BTreeMap<String, Value>,
        values: &Values,
        jar: &Jar,
    ) -> Result<(), Difference> {
        if let Some(cookies) = jar.header(&self.path) {
            self.add("cookie", &cookies);
        }
        for (name, value) in headers {
            let value = plain(&values.fill(value)?);
            if value.contains(['\r', '\n', '\0']) {
                let actual = shown(&Value::from(value));
                return Err(Difference::new(format!("header {name}"), "one line", actual));
            }
            self.headers.retain(|(header, _)| !header.eq_ignore_ascii_case(name));
            self.add(&name.to_ascii_lowercase(), &value);
        }
        Ok(())
    }

    /// Adds a header.
    pub fn add(&mut self, name: &str, value: &str) {
        self.headers.push((name.to_owned(), value.to_owned()));
    }
}

/// What a browser accepts where it shows a page.
pub const BROWSER_ACCEPT: &str = "text/html,application/xhtml+xml,*/*;q=0.8";

fn body(template: &BodyTemplate, values: &Values) -> Result<Body, Difference> {
    Ok(match template {
        BodyTemplate::None => Body::None,
        BodyTemplate::Json(json) => Body::Bytes(values.fill(json)?.to_string().into_bytes()),
        BodyTemplate::Text(text) => Body::Bytes(values.text(text)?.into_bytes()),
        BodyTemplate::Hex(digits) => {
            let digits = values.text(digits)?;
            let wrong = || Difference::new("hex", "hexadecimal digits", quoted(&digits));
            Body::Bytes(bytes(&digits).ok_or_else(wrong)?)
        }
        BodyTemplate::Size(size) => Body::Size(*size),
        BodyTemplate::Multipart(parts) => {
            let parts = parts.iter().map(|part| MultipartPart::from_step(part, values));
            Body::Bytes(encode_multipart(&parts.collect::<Result<Vec<_>, _>>()?))
        }
    })
}

/// What may not stand in a path or query as it is. `%` may: what is encoded already stays.
const NOT_IN_A_PATH: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'<')
    .add(b'>')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// A path in which every byte that may not stand in one is percent-encoded (RFC 3986, section 2.1).
#[must_use]
pub fn encoded(path: &str) -> String {
    utf8_percent_encode(path, NOT_IN_A_PATH).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn request(yaml: &str) -> Request {
        let mut values = Values::new("http://127.0.0.1:1", 1);
        values.set("id", json!(5));
        let crate::contract::format::Action::Request(step) =
            crate::contract::format::step(yaml).action
        else {
            unreachable!("a request");
        };
        Request::from_step(&step, &values, &Jar::default()).expect("filled")
    }

    #[test]
    fn what_may_change_something_is_described_with_its_body() {
        let sent = request("{request: PATCH /a, json: {b: \"\\n\"}}");
        assert_eq!(sent.describe_if_unsafe().as_deref(), Some("PATCH /a {\"b\":\"\\n\"}"));
        assert_eq!(request("{request: GET /a}").describe_if_unsafe(), None);
        assert_eq!(
            request("{request: DELETE /a}").describe_if_unsafe().as_deref(),
            Some("DELETE /a")
        );
        let bytes = request("{request: POST /a, hex: 'ff 00'}");
        assert_eq!(bytes.describe_if_unsafe().as_deref(), Some("POST /a and 2 bytes"));
        let large = request("{request: POST /a, size: 3000000}");
        assert_eq!(large.describe_if_unsafe().as_deref(), Some("POST /a and 3000000 bytes"));
    }

    #[test]
    fn a_body_is_json_unless_its_type_says_otherwise() {
        let sent =
            request("{request: 'PUT /a/${id}', json: {id: '${id}'}, headers: {X-A: '${id}'}}");
        assert_eq!((sent.method.as_str(), sent.path.as_str()), ("PUT", "/a/5"));
        assert_eq!(sent.body, Body::Bytes(b"{\"id\":5}".to_vec()));
        let named = |name: &str| {
            sent.headers.iter().find(|(header, _)| header == name).map(|(_, value)| value.as_str())
        };
        assert_eq!(named("content-type"), Some("application/json"));
        assert_eq!(named("x-a"), Some("5"));
        let bare = request("{request: POST /a, body: x, type: ''}");
        assert!(bare.headers.iter().all(|(name, _)| name != "content-type"));
        assert!(
            request("{request: GET /a}").headers.iter().all(|(name, _)| name != "content-type")
        );
    }

    #[test]
    fn a_form_with_files_names_its_boundary_unless_a_type_stands_there() {
        let parts = "multipart: [{name: file, file: 'a${id}', text: '${id}'}]";
        let sent = request(&format!("{{request: POST /a, {parts}}}"));
        let media_type = sent.headers.iter().find(|(name, _)| name == "content-type");
        let boundary = media_type.and_then(|(_, value)| value.split_once("boundary="));
        let (_, boundary) = boundary.expect("a boundary");
        let Body::Bytes(bytes) = &sent.body else { unreachable!("bytes") };
        let text = String::from_utf8_lossy(bytes);
        assert!(text.starts_with(&format!("--{boundary}\r\n")), "{text}");
        assert!(text.contains("filename=\"a5\"\r\n\r\n5\r\n"), "{text}");
        let named = request(&format!("{{request: POST /a, type: x/y, {parts}}}"));
        assert!(named.headers.contains(&("content-type".to_owned(), "x/y".to_owned())));
    }

    #[test]
    fn a_body_of_a_size_is_a_json_text_of_that_size() {
        for size in [11, 12, 100, 70_000] {
            let body = Body::Size(size);
            let mut all = Vec::new();
            while (all.len() as u64) < size {
                all.extend(body.piece(all.len() as u64, 7));
            }
            assert_eq!(all.len() as u64, size);
            assert!(serde_json::from_slice::<Value>(&all).is_ok_and(|json| json.is_object()));
            assert_eq!(body.piece(0, 100_000), all);
            assert_eq!(body.piece(size, 10), b"");
        }
    }

    #[test]
    fn a_path_is_sendable() {
        assert_eq!(encoded("/a b?q=ü&r=100%25#x"), "/a%20b?q=%C3%BC&r=100%25%23x");
    }
}
