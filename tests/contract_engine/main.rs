//! The engine of `roadmap check` against a small server whose answers are written here: what it
//! makes of answers that are late, broken, huge, early, or none.

mod fake_server;
mod instances;
mod not_run;
mod server;
mod surroundings;

use fake_server::FakeServer;
use roadmap::contract::format::parse;
use roadmap::contract::run::{CheckOutcome, Plan, RunReport, Verdict, run_checks};
use roadmap::contract::server::ServerTarget;
use server::serve;
use std::net::TcpListener;
use std::time::{Duration, Instant};

/// Runs steps as one check of a contract.
fn report(steps: &str, url: &str) -> RunReport {
    report_of(&[steps], &mut ServerTarget::Url(url.to_owned()))
}

fn report_of(checks: &[&str], target: &mut ServerTarget<'_>) -> RunReport {
    report_with("", checks, target, true)
}

/// Runs checks of a contract with these `fragments`: each for itself, or only those that can begin.
fn report_with(
    fragments: &str,
    checks: &[&str],
    target: &mut ServerTarget<'_>,
    each: bool,
) -> RunReport {
    let mut text = "schema: 1\nproject: p\nversion: 1\nFRAGMENTSmilestones:\n  - id: m\n    title: M\n    stage: web\n    given: true\n    about: It.\n    checks:\n".replace("FRAGMENTS", fragments);
    for (steps, number) in checks.iter().zip(1..) {
        text.push_str(&format!("      - id: c{number}\n        title: C\n        steps:\n"));
        steps.lines().for_each(|line| text.push_str(&format!("          {line}\n")));
    }
    let contract =
        parse("contract.yaml", &text).map_err(|mistakes| mistakes[0].to_string()).expect("sound");
    let milestones = [&contract.milestones[0]];
    let plan =
        Plan { contract: &contract, milestones: &milestones, already: &[], fail_fast: false, each };
    run_checks(&plan, target, &|| false, &mut |_| {})
}

fn check(steps: &str) -> CheckOutcome {
    report(steps, &serve()).milestones.remove(0).checks.remove(0)
}

fn passes(steps: &str) {
    let outcome = check(steps);
    assert_eq!(outcome.verdict, Verdict::Passed, "{:?}", outcome.failure);
}

/// The first difference of a check that fails: its place, and what came.
fn fails(steps: &str) -> (String, String) {
    let outcome = check(steps);
    assert_eq!(outcome.verdict, Verdict::Failed, "{steps}");
    let failure = outcome.failure.expect("a failure");
    let first = failure.differences.into_iter().next().expect("a difference");
    (first.place, first.actual)
}

#[test]
fn what_is_captured_is_known_to_later_steps_and_to_the_same() {
    passes(
        "- request: GET /a\n  expect: { json: { id: '${id}' } }\n  capture: { id: /id }\n- request: GET /${id}\n  expect: { json: { id: '${id}' } }",
    );
    let (place, actual) = fails("- request: GET /a\n  expect: { json: { id: 6 } }");
    assert_eq!((place.as_str(), actual.as_str()), ("json /id", "5"));
}

#[test]
fn a_failure_has_a_line_to_paste_and_the_answer() {
    let outcome =
        check("- request: POST /a\n  json: { a: 1 }\n  why: It is so.\n  expect: { status: 201 }");
    let failure = outcome.failure.expect("a failure");
    let curl = failure.curl.expect("a line");
    assert!(curl.starts_with("curl -i -X POST -H 'content-type: application/json' --data-raw '{\"a\":1}' http://127.0.0.1:"), "{curl}");
    assert!(failure.response.is_some_and(|response| response.starts_with("HTTP/1.1 200 OK\n")));
    assert_eq!(failure.why.as_deref(), Some("It is so."));
}

#[test]
fn connections_that_end_and_nonsense_are_differences() {
    assert_eq!(fails("- request: GET /closed").0, "response");
    passes("- request: GET /closed\n  expect: { or_closed: true }");
    assert!(fails("- request: GET /garbled").1.contains("no HTTP"));
    assert!(fails("- request: GET /headers").1.contains("headers"));
    passes("- request: GET /chunks\n  expect: { json: { a: 1 } }");
}

#[test]
fn events_are_received_as_messages_are_and_captured() {
    passes(
        "- events: /events\n  as: ada\n  headers: { last-event-id: '6' }\n- receive: [{ event: seen, id: '7', data: '6' }, { event: message, id: { $absent: true }, data: plain text }]\n  as: ada\n  capture: { last: /0/id, whole: /1 }\n- closed: []\n  as: ada\n- events: /events\n  as: ben\n  headers: { last-event-id: '${last}' }\n  expect: { headers: { content-type: text/event-stream } }\n- receive: [{ data: '${last}' }, '${whole}']\n  as: ben",
    );
    passes("- events: /a\n  as: ada\n  expect: { status: 200, json: { id: 5 } }");
}

#[test]
fn what_is_no_stream_of_events_is_a_difference() {
    let (place, actual) = fails("- events: /a\n  as: ada");
    assert_eq!((place.as_str(), actual.as_str()), ("response", "200 with \"application/json\""));
    let refused = "- events: /events\n  as: ada\n  expect: { status: 401 }";
    assert_eq!(fails(refused), ("status".to_owned(), "200 OK".to_owned()));
    let missing = "- events: /events\n  as: ada\n- receive: [{ event: seen }]\n  as: ada\n  capture: { a: /0/b }";
    assert_eq!(fails(missing).0, "messages /0/b");
    let taken = "- events: /events\n  as: ada\n- send: {}\n  as: ada";
    assert!(fails(taken).1.contains("takes no message"));
}

#[test]
fn headers_that_wait_for_the_first_event_are_late() {
    let late = check("- events: /quiet\n  as: ada\n  within: 300ms");
    let failure = late.failure.expect("a failure");
    assert!(failure.differences[0].actual.contains("before the first event"), "{failure:?}");
}

#[test]
fn a_subscriber_receives_requests_and_answers_them() {
    let steps = "- subscriber: [500, drop, 1ms]\n  as: hook\n- request: GET /notify?${hook}\n";
    passes(&format!(
        "{steps}- receive: [{{ method: POST, path: /event, body: {{ n: 1 }} }}, {{ body: {{ n: 2 }}, after: {{ $below: 5 }} }}]\n  as: hook\n  capture: {{ text: /1/text }}\n- silent: 50ms\n  as: hook\n- socket: cut\n  as: hook"
    ));
    passes(&format!(
        "{steps}- receive: [{{ body: {{ n: 2 }} }}]\n  as: hook\n  among: true\n- receive: [{{ body: {{ n: 1 }} }}]\n  as: hook"
    ));
    let (place, actual) = fails(&format!(
        "{steps}- receive: [{{ body: {{ n: 3 }} }}]\n  as: hook\n  among: true\n  within: 200ms"
    ));
    assert_eq!(place, "request");
    assert!(actual.starts_with("nothing like it, but "), "{actual}");
    let taken = "- subscriber: []\n  as: hook\n- send: {}\n  as: hook";
    assert!(fails(taken).1.contains("takes no message"));
}

#[test]
fn a_request_is_sent_again_until_its_response_is_as_expected() {
    passes(
        "- request: GET /slowly\n  within: 5s\n  expect: { json: { done: true } }\n  capture: { done: /done }\n- request: GET /a\n  expect: { json: { id: { $not: '${done}' } } }",
    );
    let begun = Instant::now();
    let (place, actual) =
        fails("- request: GET /a\n  within: 500ms\n  expect: { json: { id: 6 } }");
    assert_eq!((place.as_str(), actual.as_str()), ("json /id", "5"));
    assert!((300..3_000).contains(&begun.elapsed().as_millis()), "{:?}", begun.elapsed());
}

#[test]
fn a_huge_body_is_not_buffered() {
    let (place, actual) = fails("- request: GET /huge");
    assert_eq!(place, "body");
    assert!(actual.contains("not read to its end"), "{actual}");
}

#[test]
fn an_early_answer_is_read_while_the_body_is_still_sent() {
    passes("- request: POST /early\n  size: 1048577\n  expect: { status: 413 }");
    passes("- request: POST /early\n  size: 104857600\n  expect: { status: 413 }");
    passes("- request: POST /early\n  size: 104857600\n  chunked: true\n  expect: { status: 413 }");
}

#[test]
fn a_byte_at_a_time_ends_after_five_seconds() {
    let begun = Instant::now();
    assert!(fails("- request: GET /drip").1.contains("within 5 seconds"));
    assert!(begun.elapsed() < Duration::from_secs(7));
}

#[test]
fn three_checks_without_an_answer_in_time_end_the_run() {
    let late = "- request: GET /late";
    let mut target = ServerTarget::Url(serve());
    let report = report_of(&[late, late, late, "- request: GET /a"], &mut target);
    let verdicts: Vec<Verdict> =
        report.milestones[0].checks.iter().map(|check| check.verdict).collect();
    assert_eq!(verdicts, [Verdict::Failed, Verdict::Failed, Verdict::Failed, Verdict::NotRun]);
    assert!(report.ended.is_some_and(|why| why.contains("in time")));
}

#[test]
fn each_client_has_cookies_of_its_own() {
    passes(
        "- request: GET /set\n  as: ada\n  expect: { cookies: { sid: { httponly: true } } }\n- request: GET /who\n  as: ada\n  expect: { json: { cookie: sid=1 } }\n- request: GET /who\n  as: bea\n  expect: { json: { cookie: '' } }",
    );
}

#[test]
fn a_form_is_sent_with_hidden_fields_and_cookies() {
    passes(
        "- form: /form\n  fill: { name: Ada L }\n  expect: { status: 303, headers: { location: { $url: / } } }",
    );
    assert_eq!(fails("- form: /form\n  fill: { other: x }").0, "html form");
}

#[test]
fn a_value_is_captured_from_xml() {
    passes(
        "- request: GET /feed\n  expect: { xml: { feed: { entry: [{ id: [{ '#text': '${newest}' }] }] } } }\n  capture: { newest: { xml: '/feed/entry/0/id/0/#text' } }\n- request: GET /${newest}",
    );
    let missing = fails("- request: GET /feed\n  capture: { id: { xml: /feed/entry/1 } }");
    assert_eq!(missing.0, "xml /feed/entry/1");
    assert_eq!(fails("- request: GET /who\n  capture: { id: { xml: /feed } }").0, "body");
}

#[test]
fn turns_at_once_are_counted_and_compared() {
    passes(
        "- request: POST /buy\n  times: 20\n  at_once: true\n  counts: { '201': 5, '409': 15 }\n  distinct: [/id]\n  capture: { ids: /id }\n- set: { all: '${ids}' }\n  rows: '${ids}'\n  request: GET /${row}",
    );
    assert_eq!(
        fails(
            "- request: POST /buy\n  times: 20\n  at_once: true\n  counts: { '201': 6, '409': 14 }"
        )
        .0,
        "responses with 201"
    );
    passes("- request: GET /a\n  times: 200\n  at_once: true\n  same: [/id]");
}

#[test]
fn rows_may_be_named_by_what_is_set_in_their_turn() {
    passes(
        "- rows: [{ a: x }, { a: y }]\n  set: { path: '/${a}' }\n  steps:\n    - request: GET ${path}\n      capture: { id: /id }\n- wait: 1ms\n  set: { ids: '${id}' }\n- rows: ${ids}\n  request: GET /${row}",
    );
}

#[test]
fn a_server_that_does_not_answer_could_not_be_checked() {
    let free = TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("an address");
    let report = report("- request: GET /a", &format!("http://{free}"));
    assert!(report.any(Verdict::Blocked));
    assert!(report.ended.is_some_and(|why| why.contains("Nothing answers")));
}

#[test]
fn what_needs_a_server_of_ours_is_skipped_on_another() {
    let report = report("- request: GET /a\n- restart: { by: kill }", &serve());
    assert!(report.any(Verdict::Skipped));
}

/// A server that is dead after each check, and comes back after a restart if `returns`.
fn dying(returns: bool) -> FakeServer {
    FakeServer { log: "one\ntwo\n", running: false, returns, ..FakeServer::new(serve()) }
}

#[test]
fn a_server_that_ends_fails_its_check_and_is_started_again_thrice_at_most() {
    let mut server = dying(true);
    let report = report_of(&["- request: GET /a"; 5], &mut ServerTarget::Own(&mut server));
    let checks = &report.milestones[0].checks;
    let verdicts: Vec<Verdict> = checks.iter().map(|check| check.verdict).collect();
    assert_eq!(verdicts[..4], [Verdict::Failed, Verdict::Failed, Verdict::Failed, Verdict::NotRun]);
    let failure = checks[0].failure.as_ref().expect("a failure");
    assert_eq!(failure.differences[0].actual, "the server ended");
    assert_eq!(failure.log, ["one", "two"]);
    assert_eq!(server.restarts, 2);
}

#[test]
fn a_server_that_never_comes_back_blocks_the_rest() {
    let mut server = dying(false);
    let report = report_of(&["- request: GET /a"; 2], &mut ServerTarget::Own(&mut server));
    let verdicts: Vec<Verdict> =
        report.milestones[0].checks.iter().map(|check| check.verdict).collect();
    assert_eq!(verdicts, [Verdict::Failed, Verdict::Blocked]);
}

#[test]
fn the_reason_of_a_row_is_reported_for_that_row() {
    let steps = "- rows: [{ path: /a, why: First. }, { path: /closed, why: Second. }]\n  request: GET ${path}\n  why: Of all.";
    let failure = check(steps).failure.expect("a failure");
    assert_eq!(failure.why.as_deref(), Some("Second."));
    assert_eq!(failure.step, "GET /closed");
}

#[test]
fn what_is_shown_of_many_requests_belongs_to_a_single_request() {
    let steps = "- request: POST /buy\n  json: { n: \"${n}\" }\n  times: 8\n  at_once: true\n  counts: { \"201\": 8 }";
    let failure = check(steps).failure.expect("a failure");
    assert_eq!(failure.step, "POST /buy, 8 times");
    assert!(failure.response.is_some_and(|response| response.starts_with("HTTP/1.1 409")));
    assert!(failure.curl.is_some_and(|line| line.contains("/buy")));
}

#[test]
fn a_wrong_status_is_reported_with_the_whole_expectation() {
    let steps =
        "- request: GET /closed-not\n  expect: { status: 201, json: { id: { $type: id } } }";
    let failure = check(steps).failure.expect("a failure");
    assert_eq!(
        failure.expected_response.as_deref(),
        Some("201 with {\"id\": a whole number above 0}")
    );
}

#[test]
fn a_server_that_hangs_is_no_closed_connection() {
    let (_, actual) = fails(
        "- request: GET /late\n  times: 2\n  at_once: true\n  counts: { \"200\": { min: 0 } }\n  expect: { or_closed: true }",
    );
    assert!(actual.contains('2'), "{actual}");
}
