//! Checks that cannot begin because another failed.

use super::server::serve;
use super::{report_of, report_with};
use roadmap::contract::format::parse;
use roadmap::contract::run::{Event, Plan, Verdict, run_checks};
use roadmap::contract::server::ServerTarget;
use std::cell::Cell;

/// The verdicts of checks that are not tried in vain, and why those were not run.
fn outcomes(fragments: &str, checks: &[&str]) -> Vec<(Verdict, Option<String>)> {
    let report = report_with(fragments, checks, &mut ServerTarget::Url(serve()), false);
    let checks = report.milestones.into_iter().flat_map(|milestone| milestone.checks);
    checks.map(|check| (check.verdict, check.reason)).collect()
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
    let outcome = outcomes(fragments, &checks);
    let reason = Some("POST /closed must work first (see m/c1)".to_owned());
    assert_eq!(outcome[0], (Verdict::Failed, None));
    assert_eq!(outcome[1], (Verdict::NotRun, reason.clone()));
    assert_eq!(outcome[2], (Verdict::Passed, None));
    // It begins otherwise, so it is tried, and says no more than the first.
    assert_eq!(outcome[3], (Verdict::NotRun, reason));
}

#[test]
fn the_same_failure_of_the_same_request_counts_once() {
    let checks = [
        "- request: GET /a\n  expect: { status: 201 }",
        "- request: GET /a\n- request: GET /a\n  expect: { status: 201 }",
        "- request: GET /a\n  expect: { status: 204 }",
        "- request: GET /b\n  expect: { status: 201 }",
    ];
    let outcome = outcomes("", &checks);
    let reason = Some("GET /a must work first (see m/c1)".to_owned());
    assert_eq!(outcome[1], (Verdict::NotRun, reason));
    assert_eq!([outcome[0].0, outcome[2].0, outcome[3].0], [Verdict::Failed; 3]);
    // Whoever tries each check for itself has them all fail.
    let report = report_of(&checks, &mut ServerTarget::Url(serve()));
    assert!(report.milestones[0].checks.iter().all(|check| check.verdict == Verdict::Failed));
}

#[test]
fn the_report_holds_the_outcomes_before_an_interrupt() {
    let check = |id: &str| {
        format!(
            "      - id: {id}\n        title: C\n        steps:\n          - request: GET /a\n            expect: {{ json: {{ id: 5 }} }}\n"
        )
    };
    let head = "schema: 1\nproject: p\nversion: 1\nmilestones:\n  - id: m\n    title: M\n    stage: web\n    given: true\n    about: It.\n    checks:\n";
    let text = format!("{head}{}{}{}", check("a"), check("b"), check("c"));
    let contract =
        parse("contract.yaml", &text).map_err(|mistakes| mistakes[0].to_string()).expect("sound");
    let milestones = [&contract.milestones[0]];
    let plan = Plan {
        contract: &contract,
        milestones: &milestones,
        already: &[],
        fail_fast: false,
        each: true,
    };
    for (after, expected) in [
        (0, [Verdict::NotRun, Verdict::NotRun, Verdict::NotRun]),
        (1, [Verdict::Passed, Verdict::NotRun, Verdict::NotRun]),
        (3, [Verdict::Passed, Verdict::Passed, Verdict::Passed]),
    ] {
        let ended = Cell::new(0);
        let report = run_checks(
            &plan,
            &mut ServerTarget::Url(serve()),
            &|| ended.get() >= after,
            &mut |event| {
                if matches!(event, Event::Checked(_)) {
                    ended.set(ended.get() + 1);
                }
            },
        );
        let verdicts: Vec<Verdict> =
            report.milestones[0].checks.iter().map(|check| check.verdict).collect();
        assert_eq!(verdicts, expected, "{after}");
        assert_eq!(report.interrupted, after < 3);
        assert_eq!(report.has_begun(), after > 0);
    }
}
