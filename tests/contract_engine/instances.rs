//! Steps of a server that runs several times.

use super::fake_server::FakeServer;
use super::report_of;
use super::server::serve;
use roadmap::contract::run::{CheckOutcome, Verdict};
use roadmap::contract::server::ServerTarget;

fn check(steps: &str) -> CheckOutcome {
    let mut server = FakeServer::new(serve());
    report_of(&[steps], &mut ServerTarget::Own(&mut server)).milestones.remove(0).checks.remove(0)
}

#[test]
fn a_second_server_needs_a_database_of_ours() {
    let outcome = check("- server: start\n  as: second\n- request: GET /a\n  at: second");
    assert_eq!(outcome.verdict, Verdict::Skipped);
    assert!(outcome.reason.is_some_and(|reason| reason.contains("[database]")));
}

#[test]
fn what_was_never_started_does_not_end() {
    for steps in
        ["- server: kill\n  as: second", "- server: term\n  as: b", "- redis: stop\n  as: broker"]
    {
        let failure = check(&format!("- request: GET /a\n{steps}")).failure.expect("a failure");
        let difference = &failure.differences[0];
        assert_eq!(
            (difference.place.as_str(), difference.actual.as_str()),
            ("server", "it does not")
        );
    }
}

#[test]
fn both_need_a_server_of_ours() {
    for steps in ["- server: start\n  as: second", "- redis: start\n  as: broker"] {
        let report = report_of(&[steps], &mut ServerTarget::Url(serve()));
        assert!(report.any(Verdict::Skipped), "{steps}");
    }
}
