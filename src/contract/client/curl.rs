//! A request as a line to paste into a shell: `curl`, quoted for any POSIX shell, and never long.

use super::request::{Body, Request};
use crate::shell::word as quoted;

/// A longer body is not written out.
const LONGEST: usize = 400;
/// So many equal bytes in a row are told by their number.
const RUN: usize = 40;

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
        Sent::Nothing => {}
        Sent::Word(text) => words.extend(["--data-raw".to_owned(), quoted(&text)]),
        Sent::Pipe(pipe) => {
            before = format!("{pipe} | ");
            words.extend(["--data-binary".to_owned(), "@-".to_owned()]);
        }
    }
    words.push(quoted(&format!("{url}{}", request.path)));
    format!("{before}{}", words.join(" "))
}

enum Sent {
    Nothing,
    Word(String),
    Pipe(String),
}

fn piped(body: &Body) -> Sent {
    let bytes = match body {
        Body::None => return Sent::Nothing,
        Body::Size(size) => {
            let run = size.saturating_sub(11);
            return Sent::Pipe(format!(
                "{{ printf '{{\"text\":\"'; {}; printf '\"}}'; }}",
                repeated(usize::try_from(run).unwrap_or(usize::MAX), b'a')
            ));
        }
        Body::Bytes(bytes) => bytes,
    };
    let plain = |c: char| !c.is_control() || c == '\n';
    match std::str::from_utf8(bytes) {
        Ok(text) if bytes.len() <= LONGEST && text.chars().all(plain) => {
            Sent::Word(text.to_owned())
        }
        _ => Sent::Pipe(printed(bytes)),
    }
}

/// Commands that print `bytes`: runs by their number, all else by `printf`. What stays too long is
/// told by its beginning and its number of bytes, and is no longer the same body.
fn printed(bytes: &[u8]) -> String {
    let mut commands = Vec::new();
    let mut text = String::new();
    for run in bytes.chunk_by(|a, b| a == b) {
        if run.len() >= RUN {
            if !text.is_empty() {
                commands.push(print(&std::mem::take(&mut text)));
            }
            commands.push(repeated(run.len(), run[0]));
        } else {
            run.iter().for_each(|byte| text.push_str(&escaped(*byte)));
        }
        if text.len() + commands.iter().map(String::len).sum::<usize>() > LONGEST {
            let rest = bytes.len();
            return format!("echo 'a body of {rest} bytes, too long to be shown here'");
        }
    }
    if !text.is_empty() {
        commands.push(print(&text));
    }
    match commands.as_slice() {
        [one] => one.clone(),
        all => format!("{{ {}; }}", all.join("; ")),
    }
}

/// The command that prints `text`. One that begins with a hyphen would be taken for an option.
fn print(text: &str) -> String {
    let end = if text.starts_with('-') { "-- " } else { "" };
    format!("printf {end}{}", quoted(text))
}

/// Commands that print `byte` so many times.
fn repeated(times: usize, byte: u8) -> String {
    format!("head -c {times} /dev/zero | tr '\\0' '\\{byte:o}'")
}

/// A byte as `printf` takes it.
fn escaped(byte: u8) -> String {
    match byte {
        b'%' => "%%".to_owned(),
        b'\\' => "\\\\".to_owned(),
        b' '..=b'~' => char::from(byte).to_string(),
        _ => format!("\\{byte:03o}"),
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
        assert!(bytes.starts_with(r#"printf "\\377%%\\012\\000" | curl -i"#), "{bytes}");
        let long = format!("{{\"a\":\"{}\"}}", "x".repeat(100_000));
        let long = line("POST", Body::Bytes(long.into_bytes()));
        assert!(
            long.starts_with("{ printf '{\"a\":\"'; head -c 100000 /dev/zero | tr '\\0' '\\170'; "),
            "{long}"
        );
        let size = line("POST", Body::Size(1_048_577));
        assert!(size.contains("head -c 1048566") && size.len() < 400, "{size}");
        let noise: Vec<u8> = (0..100_000_u32).map(|n| (n % 251) as u8).collect();
        assert!(line("POST", Body::Bytes(noise)).len() < 600);
    }
}
