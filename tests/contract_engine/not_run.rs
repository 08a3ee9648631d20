//! Checks that cannot begin because another failed.

use super::server::serve;
use super::{report_of, report_with};
use roadmap::contract::run::Verdict;
use roadmap::contract::server::ServerTarget;

/// The verdicts of checks that are not tried in vain, and why those were not run.
fn outcomes(fragments: &str, checks: &[&str]) -> Vec<(Verdict, Option<String>)> {
    let report = report_with(fragments, checks, &mut ServerTarget::Url(serve()), false);
    let checks = report.milestones.into_iter().flat_map(|one| one.checks);
    checks.map(|one| (one.verdict, one.reason)).collect()
}

#[test]
fn what_begins_like_a_check_that_failed_is_not_run() {
    let fragments = "fragments:\n  made:\n    - request: POST /closed\n      json: {}\n  more:\n    - use: made\n    - request: GET /a\n";
    let checks = [
        "- use: made",
        "- use: more\n- request: GET /a",
        "- request: GET /a",
        "- request: GET /a\n- use: made",
    ];
    let told = outcomes(fragments, &checks);
    let reason = Some("POST /closed must work first (see m/c1)".to_owned());
    assert_eq!(told[0], (Verdict::Failed, None));
    assert_eq!(told[1], (Verdict::NotRun, reason.clone()));
    assert_eq!(told[2], (Verdict::Passed, None));
    // It begins otherwise, so it is tried, and says no more than the first.
    assert_eq!(told[3], (Verdict::NotRun, reason));
}

#[test]
fn the_same_failure_of_the_same_request_counts_once() {
    let checks = [
        "- request: GET /a\n  expect: { status: 201 }",
        "- request: GET /a\n- request: GET /a\n  expect: { status: 201 }",
        "- request: GET /a\n  expect: { status: 204 }",
        "- request: GET /b\n  expect: { status: 201 }",
    ];
    let told = outcomes("", &checks);
    let reason = Some("GET /a must work first (see m/c1)".to_owned());
    assert_eq!(told[1], (Verdict::NotRun, reason));
    assert_eq!([told[0].0, told[2].0, told[3].0], [Verdict::Failed; 3]);
    // Whoever tries each check for itself has them all fail.
    let report = report_of(&checks, &mut ServerTarget::Url(serve()));
    assert!(report.milestones[0].checks.iter().all(|one| one.verdict == Verdict::Failed));
}

#[test]
fn a_request_that_is_a_row_alone_is_named_by_its_check() {
    let check = "- rows: [GET /a, GET /b]\n  request: ${row}\n  expect: { status: 201 }";
    let told = outcomes("", &[check, check]);
    assert_eq!(told[1], (Verdict::NotRun, Some("m/c1 must pass first".to_owned())));
}
