//! A request as a line to paste into a shell: `curl`, quoted for any POSIX shell, and never long.

use super::body_line::{printing, repeated_byte};
use super::request::{Body, Request};
use crate::contract::value::is_hidden;
use crate::shell::word as quoted;

/// The longest body that is written out; a longer one is printed by commands.
const MAX_INLINE_BYTES: usize = 400;

/// The line that sends `request` to the server at `url`.
#[must_use]
pub fn curl(url: &str, request: &Request) -> String {
    let mut words = vec!["curl".to_owned()];
    match request.method.as_str() {
        "HEAD" => words.push("-I".to_owned()),
        method => {
            words.push("-i".to_owned());
            if method != "GET" || request.body != Body::None {
                words.extend(["-X".to_owned(), quoted(method)]);
            }
        }
    }
    if request.path.contains("/.") {
        words.push("--path-as-is".to_owned());
    }
    if request.path.contains(['[', ']']) {
        words.push("-g".to_owned());
    }
    let mut header = |text: &str| words.extend(["-H".to_owned(), quoted(text)]);
    for (name, value) in &request.headers {
        match (name.as_str(), value.as_str()) {
            ("accept", "*/*") => {}
            // A header without a value is one that is not sent, unless it ends in a semicolon.
            (name, "") => header(&format!("{name};")),
            (name, value) => header(&format!("{name}: {value}")),
        }
    }
    if request.chunked {
        header("transfer-encoding: chunked");
    }
    let typed = request.headers.iter().any(|(name, _)| name == "content-type");
    if request.body != Body::None && !typed {
        header("content-type:");
    }
    if request.body == Body::None && ["POST", "PUT", "PATCH"].contains(&request.method.as_str()) {
        header("content-length: 0");
    }
    let mut before = String::new();
    match piped(&request.body) {
        CurlBody::Nothing => {}
        CurlBody::Word(text) => words.extend(["--data-raw".to_owned(), quoted(&text)]),
        CurlBody::Pipe(pipe) => {
            before = format!("{pipe} | ");
            words.extend(["--data-binary".to_owned(), "@-".to_owned()]);
        }
    }
    words.push(quoted(&format!("{url}{}", request.path)));
    format!("{before}{}", words.join(" "))
}

enum CurlBody {
    Nothing,
    Word(String),
    Pipe(String),
}

fn piped(body: &Body) -> CurlBody {
    let bytes = match body {
        Body::None => return CurlBody::Nothing,
        Body::Size(size) => {
            let run = size.saturating_sub(11);
            return CurlBody::Pipe(format!(
                "{{ printf '{{\"text\":\"'; {}; printf '\"}}'; }}",
                repeated_byte(b'a', usize::try_from(run).unwrap_or(usize::MAX))
            ));
        }
        Body::Bytes(bytes) => bytes,
    };
    // What cannot be seen would be lost between the terminal and the shell.
    let plain = |c: char| (!c.is_control() && !is_hidden(c)) || c == '\n';
    match std::str::from_utf8(bytes) {
        Ok(text) if bytes.len() <= MAX_INLINE_BYTES && text.chars().all(plain) => {
            CurlBody::Word(text.to_owned())
        }
        _ => CurlBody::Pipe(printing(bytes).unwrap_or_else(|| {
            format!("{{ : a body of {} bytes, too long for a line; }}", bytes.len())
        })),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(method: &str, body: Body) -> String {
        let mut request = Request {
            method: method.into(),
            path: "/a?b=1".into(),
            headers: Vec::new(),
            body,
            chunked: false,
        };
        request.add("accept", "*/*");
        request.add("content-type", "application/json");
        curl("http://127.0.0.1:8000", &request)
    }

    #[test]
    fn a_line_is_quoted_for_a_shell() {
        let sent = line("POST", Body::Bytes(b"{\"a\":\"it's\"}".to_vec()));
        let words = [
            "curl -i -X POST -H",
            "content-type: application/json",
            "--data-raw",
            "{\"a\":\"it's\"}",
            "http://127.0.0.1:8000/a?b=1",
        ];
        let read = shlex::split(&sent).expect("a line that a shell reads");
        assert_eq!(read.join(" "), words.join(" "));
        assert!(line("HEAD", Body::None).starts_with("curl -I -H"));
    }

    #[test]
    fn bytes_and_long_bodies_are_piped() {
        let bytes = line("POST", Body::Bytes(b"\xff%\n\x00".to_vec()));
        assert!(bytes.starts_with(r"printf '\377%%\012\000' | curl -i"), "{bytes}");
        let long = format!("{{\"a\":\"{}\"}}", "x".repeat(100_000));
        let long = line("POST", Body::Bytes(long.into_bytes()));
        assert!(
            long.starts_with("{ printf '{\"a\":\"'; head -c 100000 /dev/zero | tr '\\0' '\\170'; "),
            "{long}"
        );
        let size = line("POST", Body::Size(1_048_577));
        assert!(size.contains("head -c 1048566") && size.len() < 400, "{size}");
    }
}
