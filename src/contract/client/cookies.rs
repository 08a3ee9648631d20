//! The cookies of one client, as a browser keeps them for one host.

use serde_json::{Map, Value};
use std::collections::BTreeSet;
use std::time::SystemTime;

/// A cookie as `Set-Cookie` states it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cookie {
    pub name: String,
    pub value: String,
    /// Names in lower case; without `=` the value is none.
    attributes: Vec<(String, Option<String>)>,
}

/// The cookies of one client.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Jar {
    stored: Vec<StoredCookie>,
    /// The names of the cookies that were not stored, because they are for https alone.
    secure: BTreeSet<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct StoredCookie {
    name: String,
    value: String,
    path: String,
}

impl Cookie {
    /// Reads a `Set-Cookie` header.
    #[must_use]
    pub fn read(header: &str) -> Option<Self> {
        let mut parts = header.split(';').map(str::trim);
        let (name, value) = parts.next()?.split_once('=')?;
        let attributes =
            parts.filter(|part| !part.is_empty()).map(|part| match part.split_once('=') {
                Some((name, value)) => {
                    (name.trim().to_ascii_lowercase(), Some(value.trim().to_owned()))
                }
                None => (part.to_ascii_lowercase(), None),
            });
        Some(Self {
            name: name.trim().to_owned(),
            // Quotation marks belong to the value, and are sent back (RFC 6265, 5.2).
            value: value.trim().to_owned(),
            attributes: attributes.collect(),
        })
    }

    /// Value and attributes as an object: `{value, httponly: true, samesite: "Lax", max-age: 60}`.
    #[must_use]
    pub fn described(&self) -> Value {
        let mut all = Map::new();
        for (name, value) in &self.attributes {
            let value = match value {
                None => Value::Bool(true),
                Some(text) => match text.parse::<i64>() {
                    Ok(number) => Value::from(number),
                    Err(_) => Value::from(text.as_str()),
                },
            };
            all.insert(name.clone(), value);
        }
        all.insert("value".to_owned(), Value::from(self.value.as_str()));
        Value::Object(all)
    }

    fn attribute(&self, name: &str) -> Option<&str> {
        let attribute = self.attributes.iter().rev().find(|(key, _)| key == name)?;
        Some(attribute.1.as_deref().unwrap_or_default())
    }

    fn has_ended(&self) -> bool {
        let age = self.attribute("max-age").and_then(|age| age.parse::<i64>().ok());
        match (age, self.attribute("expires")) {
            (Some(age), _) => age <= 0,
            (None, Some(day)) => time_of(day).is_some_and(|time| time <= SystemTime::now()),
            (None, None) => false,
        }
    }
}

/// The time that `Expires` names. Hyphens in it are an old form that browsers accept.
fn time_of(day: &str) -> Option<SystemTime> {
    httpdate::parse_http_date(day)
        .or_else(|_| httpdate::parse_http_date(&day.replace('-', " ")))
        .ok()
}

impl Jar {
    /// Keeps what a response to a request for `path` sets, and drops what it ends. A cookie for secure
    /// connections alone is not stored, for it would never be sent to a server that is checked; its name is noted.
    pub fn store(&mut self, cookie: &Cookie, path: &str) {
        if cookie.attribute("secure").is_some() {
            self.secure.insert(cookie.name.clone());
            return;
        }
        let named = cookie.attribute("path").filter(|path| path.starts_with('/'));
        let scope = named.map_or_else(|| folder(path), str::to_owned);
        self.stored.retain(|stored| (&stored.name, &stored.path) != (&cookie.name, &scope));
        if !cookie.has_ended() {
            let (name, value) = (cookie.name.clone(), cookie.value.clone());
            self.stored.push(StoredCookie { name, value, path: scope });
        }
    }

    /// The names of the cookies that were not stored, because they are `Secure` and the server is checked over http.
    pub fn secure(&self) -> impl Iterator<Item = &str> {
        let is_stored = |name: &String| self.stored.iter().any(|stored| stored.name == *name);
        self.secure.iter().filter(move |name| !is_stored(name)).map(String::as_str)
    }

    /// The `Cookie` header of a request for `path`, longer scopes first.
    #[must_use]
    pub fn header(&self, path: &str) -> Option<String> {
        let path = path.split('?').next().unwrap_or_default();
        let mut fitting: Vec<&StoredCookie> =
            self.stored.iter().filter(|stored| covers(&stored.path, path)).collect();
        fitting.sort_by_key(|stored| std::cmp::Reverse(stored.path.len()));
        let pairs: Vec<String> =
            fitting.iter().map(|stored| format!("{}={}", stored.name, stored.value)).collect();
        (!pairs.is_empty()).then(|| pairs.join("; "))
    }
}

/// The scope of a cookie that names none: the path up to its last slash.
fn folder(path: &str) -> String {
    let path = path.split('?').next().unwrap_or_default();
    match path.rfind('/') {
        None | Some(0) => "/".to_owned(),
        Some(at) => path[..at].to_owned(),
    }
}

fn covers(scope: &str, path: &str) -> bool {
    path.strip_prefix(scope)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/') || scope.ends_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn jar(cookies: &[(&str, &str)]) -> Jar {
        let mut jar = Jar::default();
        for (path, header) in cookies {
            jar.store(&Cookie::read(header).expect("a cookie"), path);
        }
        jar
    }

    #[test]
    fn a_cookie_is_described_by_its_attributes() {
        let cookie =
            Cookie::read("sid=a=b; Path=/; HttpOnly; SameSite=Lax; Max-Age=60").expect("read");
        let expected = json!({ "value": "a=b", "path": "/", "httponly": true, "samesite": "Lax", "max-age": 60 });
        assert_eq!(cookie.described(), expected);
        assert_eq!(Cookie::read("nothing"), None);
    }

    #[test]
    fn cookies_go_to_their_paths() {
        let jar = jar(&[("/", "a=1; Path=/"), ("/posts/x", "b=2"), ("/", "c=3; Path=/posts/x")]);
        assert_eq!(jar.header("/posts/x?y").as_deref(), Some("c=3; b=2; a=1"));
        assert_eq!(jar.header("/postsx").as_deref(), Some("a=1"));
        assert_eq!(jar.header("/").as_deref(), Some("a=1"));
    }

    #[test]
    fn cookies_are_replaced_and_end() {
        let ended = [("/", "a=1; Path=/"), ("/", "a=; Path=/; Max-Age=0")];
        assert_eq!(jar(&ended).header("/"), None);
        let gone = [("/", "a=1"), ("/", "a=; Expires=Thu, 01 Jan 1970 00:00:00 GMT")];
        assert_eq!(jar(&gone).header("/"), None);
        assert_eq!(jar(&[("/", "a=1"), ("/", "a=2")]).header("/").as_deref(), Some("a=2"));
    }

    #[test]
    fn a_cookie_ends_on_a_past_day_in_every_form() {
        let yesterday = SystemTime::now() - std::time::Duration::from_secs(86_400);
        let yesterday = format!("a=; Expires={}", httpdate::fmt_http_date(yesterday));
        for past in [yesterday.as_str(), "a=; Expires=Fri, 01-Jan-2021 00:00:00 GMT"] {
            assert_eq!(jar(&[("/", "a=1"), ("/", past)]).header("/"), None, "{past}");
        }
        let later = "a=2; Expires=Fri, 01 Jan 2100 00:00:00 GMT";
        assert_eq!(jar(&[("/", later)]).header("/").as_deref(), Some("a=2"));
        assert_eq!(jar(&[("/", "a=2; Expires=soon")]).header("/").as_deref(), Some("a=2"));
    }

    #[test]
    fn quotation_marks_are_sent_back() {
        let quoted = jar(&[("/", "a=\"1 2\"")]);
        assert_eq!(quoted.header("/").as_deref(), Some("a=\"1 2\""));
    }

    #[test]
    fn a_secure_cookie_never_goes_over_plain_http_and_is_named() {
        let secure = jar(&[("/", "b=1; Path=/"), ("/", "a=1; Secure; Path=/")]);
        assert_eq!(secure.header("/").as_deref(), Some("b=1"));
        assert_eq!(secure.secure().collect::<Vec<_>>(), ["a"]);
    }
}
