//! Responses as bytes, from servers that mean no good or are merely odd: what a check says of each.

use crate::peers;
use roadmap::contract::format::parse;
use roadmap::contract::run::{CheckOutcome, Plan, Verdict, run_checks};
use roadmap::contract::server::ServerTarget;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

/// What comes of one check with `steps`, a step a line, against the server at `url`.
pub fn check(url: &str, steps: &str) -> CheckOutcome {
    let steps: String = steps.lines().map(|line| format!("          {line}\n")).collect();
    let text = format!(
        "schema: 1\nproject: p\nversion: 1\nmilestones:\n  - id: m\n    title: M\n    stage: web\n    \
         given: true\n    about: It.\n    checks:\n      - id: c\n        title: C\n        steps:\n{steps}"
    );
    let contract = parse("contract.yaml", &text);
    let contract = contract.map_err(|mistakes| mistakes[0].to_string()).expect("sound");
    let milestones = [&contract.milestones[0]];
    let plan = Plan {
        contract: &contract,
        milestones: &milestones,
        already: &[],
        fail_fast: false,
        each: true,
    };
    let url = url.trim_end_matches("/live").to_owned();
    let mut report = run_checks(&plan, &mut ServerTarget::Url(url), &|| false, &mut |_| {});
    report.milestones.remove(0).checks.remove(0)
}

/// The first difference as `place: actual`; none if the check passes.
fn difference(response: &'static [u8], steps: &str) -> Option<String> {
    let outcome = check(&closing(response), steps);
    let first = outcome.failure?.differences.into_iter().next()?;
    Some(format!("{}: {}", first.place, first.actual))
}

/// A server that answers each request with `response`, and closes.
fn closing(response: &'static [u8]) -> String {
    peers::serve(move |mut stream| {
        peers::head(&mut stream);
        let _ = stream.write_all(response);
    })
}

#[test]
fn a_response_without_a_body_has_none() {
    let step = "- request: GET /\n  expect: { empty: true }";
    assert_eq!(difference(b"HTTP/1.1 204 No Content\r\n\r\n", step), None);
    let message = difference(b"HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\nhello", step);
    assert!(message.is_some_and(|message| message.contains("a 204 announces a body")));
    let message = difference(b"HTTP/1.1 204 No Content\r\n\r\nhello", step);
    assert!(message.is_some_and(|message| message.contains("5 bytes came after its headers")));
    let head = "- request: HEAD /\n  expect: { status: 200 }";
    assert_eq!(difference(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", head), None);
    assert!(difference(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", head).is_some());
}

#[test]
fn a_chunk_ends_where_its_size_says() {
    let step = "- request: GET /\n  expect: { text: '{}' }";
    let head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    let with = |rest: &str| -> &'static [u8] {
        Box::leak(format!("{head}{rest}").into_boxed_str()).as_bytes()
    };
    assert_eq!(difference(with("2\r\n{}\r\n0\r\n\r\n"), step), None);
    let message = difference(with("2\r\n{}XX0\r\n\r\n"), step);
    assert!(message.is_some_and(|message| message.contains("does not end where its size says")));
}

#[test]
fn a_length_may_be_repeated_and_a_line_may_be_folded() {
    let step = "- request: GET /\n  expect: { text: hi, headers: { x-a: b c } }";
    let twice =
        b"HTTP/1.1 200 OK\r\nX-A: b\r\n c\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\nhi";
    assert_eq!(difference(twice, step), None);
    let signed = b"HTTP/1.1 200 OK\r\nContent-Length: +2\r\n\r\nhi";
    assert!(difference(signed, step).is_some_and(|message| message.contains("Content-Length: +2")));
}

#[test]
fn a_packed_body_is_named_as_such() {
    let packed =
        b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\n\x1f\x8b\x08\x00";
    let message = difference(packed, "- request: GET /\n  expect: { json: { id: 1 } }");
    assert_eq!(message.as_deref(), Some("header content-encoding: \"gzip\""));
    let message = difference(
        packed,
        "- request: GET /\n  headers: { accept-encoding: gzip }\n  expect: { headers: { content-encoding: gzip } }",
    );
    assert_eq!(message, None);
}

#[test]
fn an_interim_response_does_not_end_the_sending() {
    let url = peers::serve(|mut stream| {
        if peers::head(&mut stream).starts_with("GET") {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
            return;
        }
        let _ = stream.write_all(b"HTTP/1.1 100 Continue\r\n\r\n");
        let mut left = 4_000_000;
        let mut buffer = vec![0; 65536];
        while left > 0 {
            match stream.read(&mut buffer) {
                Ok(0) | Err(_) => return,
                Ok(count) => left -= count.min(left),
            }
        }
        let _ = stream.write_all(
            b"HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n",
        );
    });
    let steps = "- request: POST /\n  size: 4000000\n  headers: { expect: 100-continue }\n  expect: { status: 201 }";
    let outcome = check(&url, steps);
    assert_eq!(outcome.verdict, Verdict::Passed, "{:?}", outcome.failure);
}

#[test]
fn a_health_check_that_drips_is_over_soon() {
    let url = peers::serve(|mut stream: TcpStream| {
        peers::head(&mut stream);
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 60000\r\n\r\n");
        while stream.write_all(b"x").is_ok() {
            std::thread::sleep(Duration::from_millis(20));
        }
    });
    let address = url.trim_start_matches("http://").trim_end_matches("/live");
    let begun = Instant::now();
    let health = roadmap::contract::client::check_health(address.parse().expect("an address"));
    assert_eq!(health, roadmap::contract::client::Health::Healthy);
    assert!(begun.elapsed() < Duration::from_secs(2), "{:?}", begun.elapsed());
}

#[test]
fn an_extension_that_nobody_offered_fails_the_handshake() {
    let url = peers::serve(|stream| {
        if let Ok(mut web) = tungstenite::accept_hdr(stream, with_extension) {
            let _ = web.read();
        }
    });
    let outcome = check(&url, "- connect: /w\n  as: ada");
    let message = outcome.failure.expect("a failure").differences.remove(0).actual;
    assert!(
        message.contains("permessage-deflate") && message.contains("nobody offered"),
        "{message}"
    );
}

#[expect(clippy::result_large_err, reason = "the library's own type")]
fn with_extension(
    _: &tungstenite::handshake::server::Request,
    mut response: tungstenite::handshake::server::Response,
) -> Result<tungstenite::handshake::server::Response, tungstenite::handshake::server::ErrorResponse>
{
    let value = tungstenite::http::HeaderValue::from_static("permessage-deflate");
    response.headers_mut().insert("sec-websocket-extensions", value);
    Ok(response)
}
