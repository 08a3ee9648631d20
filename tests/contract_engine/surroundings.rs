//! Steps that look at the database of a server of ours, and at where it listens.

use super::fake_server::FakeServer;
use super::report_of;
use super::server::serve;
use roadmap::contract::run::{CheckOutcome, Verdict};
use roadmap::contract::server::ServerTarget;
use std::net::TcpListener;

fn check(steps: &str, url: &str, stored: Option<&str>) -> CheckOutcome {
    let mut server =
        FakeServer { database_text: stored.map(str::to_owned), ..FakeServer::new(url.to_owned()) };
    report_of(&[steps], &mut ServerTarget::Own(&mut server)).milestones.remove(0).checks.remove(0)
}

const SECRET: &str = "- request: GET /a\n- database: { $all: [{ $contains: ada }, { $not: { $contains: battery } }] }";

#[test]
fn what_stands_in_the_database_is_judged_and_not_shown() {
    let url = serve();
    assert_eq!(check(SECRET, &url, Some("ada 5f0c")).verdict, Verdict::Passed);
    for stored in ["ada battery", "nobody"] {
        let failure = check(SECRET, &url, Some(stored)).failure.expect("a failure");
        assert_eq!(failure.differences[0].place, "the database");
        assert!(!failure.differences[0].actual.contains(stored));
    }
}

#[test]
fn a_database_that_is_elsewhere_is_not_judged() {
    let outcome = check(SECRET, &serve(), None);
    assert_eq!(outcome.verdict, Verdict::Skipped);
    assert!(outcome.reason.is_some_and(|reason| reason.contains("[database]")));
}

#[test]
fn both_need_a_server_of_ours() {
    for steps in [SECRET, "- request: GET /a\n- not_at: 127.0.0.2"] {
        let report = report_of(&[steps], &mut ServerTarget::Url(serve()));
        assert!(report.any(Verdict::Skipped), "{steps}");
    }
}

#[test]
fn a_server_that_listens_elsewhere_too_is_reported() {
    let steps = "- request: GET /a\n- not_at: 127.0.0.2";
    assert_eq!(check(steps, &serve(), None).verdict, Verdict::Passed);
    // Systems differ in whether they have other addresses of their own.
    let url = serve();
    let port = url.rsplit(':').next().unwrap_or_default();
    let Ok(_other) = TcpListener::bind(format!("127.0.0.2:{port}")) else { return };
    let failure = check(steps, &url, None).failure.expect("a failure");
    assert_eq!(failure.differences[0].actual, "a connection was taken");
}
