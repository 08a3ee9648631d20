//! The steps of sockets, against a small room in this process.

use crate::peers;
use roadmap::contract::format::parse;
use roadmap::contract::run::{Plan, RunReport, Verdict, run_checks};
use roadmap::contract::server::ServerTarget;
use std::collections::BTreeMap;
use std::io::{ErrorKind, Write};
use std::net::TcpStream;
use std::sync::{Arc, Mutex};
use tungstenite::protocol::{CloseFrame, Role};
use tungstenite::{Error, Message, WebSocket, accept};

/// A room in which everybody hears everything: `bye` closes with 1001, `drop` without a word.
fn room() -> String {
    let members: Arc<Mutex<BTreeMap<u64, WebSocket<TcpStream>>>> = Arc::default();
    let url = peers::serve(move |mut stream| {
        let mut start = [0; 64];
        let count = stream.peek(&mut start).unwrap_or(0);
        let start = String::from_utf8_lossy(&start[..count]).into_owned();
        if !start.starts_with("GET /room") {
            peers::head(&mut stream);
            let answer = match start.starts_with("GET /healthz") {
                true => "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".to_owned(),
                false => {
                    let problem =
                        r#"{"type":"about:blank","title":"No","status":409,"detail":"x"}"#;
                    let length = problem.len();
                    let media_type = "application/problem+json";
                    format!(
                        "HTTP/1.1 409 Conflict\r\nContent-Type: {media_type}\r\nContent-Length: {length}\r\n\r\n{problem}"
                    )
                }
            };
            let _ = stream.write_all(answer.as_bytes());
            return;
        }
        let other = stream.try_clone().expect("a handle");
        let number = stream.peer_addr().map_or(0, |address| u64::from(address.port()));
        let mut web = accept(stream).expect("an upgrade");
        web.send(Message::text(r#"{"type":"welcome"}"#)).expect("sent");
        members.lock().expect("sound").insert(number, web);
        let mut listening = WebSocket::from_raw_socket(other, Role::Server, None);
        loop {
            let message = match listening.read() {
                Ok(message) => message,
                Err(Error::Io(error)) if error.kind() == ErrorKind::WouldBlock => continue,
                Err(_) => break,
            };
            let mut members = members.lock().expect("sound");
            match &message {
                Message::Text(text) if text.as_str() == "bye" => {
                    let own = members.get_mut(&number).expect("here");
                    let _ = own.close(Some(CloseFrame { code: 1001.into(), reason: "".into() }));
                }
                Message::Text(text) if text.as_str() == "drop" => break,
                Message::Text(_) | Message::Binary(_) => {
                    for member in members.values_mut() {
                        let _ = member.send(message.clone());
                    }
                }
                _ => {}
            }
        }
        if let Some(own) = members.lock().expect("sound").remove(&number) {
            let _ = own.get_ref().shutdown(std::net::Shutdown::Both);
        }
    });
    url.trim_end_matches("/live").to_owned()
}

/// What comes of `steps` against a room.
fn taken(steps: &str) -> RunReport {
    let steps = steps.lines().map(|line| format!("          {line}\n")).collect::<String>();
    let text = format!(
        "schema: 1\nproject: chat\nversion: 1\nmilestones:\n  - id: talk\n    title: T\n    stage: web\n    \
         given: true\n    about: A.\n    checks:\n      - id: one\n        title: O\n        steps:\n{steps}"
    );
    let contract = parse("contract.yaml", &text);
    let contract = contract.map_err(|mistakes| mistakes[0].to_string()).expect("sound");
    let milestones: Vec<_> = contract.milestones.iter().collect();
    let plan = Plan {
        contract: &contract,
        milestones: &milestones,
        already: &[],
        fail_fast: false,
        each: true,
    };
    run_checks(&plan, &mut ServerTarget::Url(room()), &|| false, &mut |_| {})
}

fn passes(steps: &str) {
    let report = taken(steps);
    let check = &report.milestones[0].checks[0];
    assert_eq!(check.verdict, Verdict::Passed, "{:?}", check.failure);
}

/// The step that fails, and its first difference: `step | place | expected | actual`.
fn fails(steps: &str) -> String {
    let report = taken(steps);
    let check = &report.milestones[0].checks[0];
    assert_eq!(check.verdict, Verdict::Failed);
    let failure = check.failure.as_ref().expect("a failure");
    let first = &failure.differences[0];
    format!("{} | {} | {} | {}", failure.step, first.place, first.expected, first.actual)
}

const TWO: &str = "\
- { connect: /room, as: ada }
- { receive: [{ type: welcome }], as: ada }
- { connect: /room, as: bea }
- { receive: [{ type: welcome }], as: bea }
";

#[test]
fn an_expected_conversation_passes() {
    passes(&format!(
        "{TWO}\
- {{ send: {{ text: \"${{unique}}\" }}, as: ada }}
- {{ receive: [{{ text: \"${{unique}}\" }}], as: [ada, bea] }}
- {{ send_text: plain, as: bea }}
- {{ send: [1], as: bea }}
- {{ receive: [plain, [1]], as: [ada, bea] }}
- {{ silent: 100ms, as: [ada, bea] }}
- {{ socket: pause, as: ada }}
- {{ send_text: later, as: bea }}
- {{ receive: [later], as: bea }}
- {{ silent: 100ms, as: ada }}
- {{ socket: read, as: ada }}
- {{ receive: [later], as: ada }}
- {{ send_text: bye, as: ada }}
- {{ closed: [1001, 1012], as: ada }}
- {{ send_text: drop, as: bea }}
- {{ closed: [], as: bea }}
- {{ connect: /other, as: cyd, expect: {{ status: 4xx, problem: true }} }}"
    ));
}

#[test]
fn a_crowd_that_hears_all_passes() {
    passes(
        "\
- crowd: { connect: \"/room?name=${client}\", clients: 5, messages: 10, send: { type: message, text: \"${client}/${n}\" }, news: { type: message }, by: /text, capture: order }
- { set: { all: \"${order}\" }, wait: 1ms }",
    );
}

#[test]
fn an_unexpected_message_is_described() {
    for (steps, expected) in [
        (
            "- { send: { text: one }, as: ada }\n- { receive: [{ text: two }], as: bea }",
            "bea waits for a message | message /text | \"two\" | \"one\"",
        ),
        (
            "- { receive: [{ text: two }], as: bea, within: 200ms }",
            "bea waits for a message | message | {\"text\": \"two\"} | nothing in 200 ms",
        ),
        (
            "- { send_text: hm, as: ada }\n- { silent: 200ms, as: bea }",
            "bea should hear nothing for 200 ms | message | nothing | \"hm\"",
        ),
        (
            "- { closed: [1001], as: bea, within: 200ms }",
            "bea waits for the server to close | connection | the server closes it with 1001 | nothing in 200 ms",
        ),
        (
            "- { send_text: drop, as: bea }\n- { closed: [1001], as: bea }",
            "bea waits for the server to close | connection | the server closes it with 1001 | the connection ended without a word",
        ),
        (
            "- { connect: /other, as: cyd }",
            "cyd connects to /other | upgrade | an open WebSocket | a response with 409",
        ),
        (
            "- { connect: /room, as: cyd, expect: { status: 4xx } }",
            "cyd connects to /room | upgrade | to be refused | the server upgraded",
        ),
        (
            "- { send_binary: \"01 02\", as: ada }\n- { receive: [{ a: b }], as: bea }",
            "bea waits for a message | message | {\"a\": \"b\"} | a binary message of 2 bytes",
        ),
    ] {
        assert_eq!(fails(&format!("{TWO}{steps}")), expected);
    }
}
