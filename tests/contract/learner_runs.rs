//! `roadmap check` of a starter that lacks what the milestone asks for: what a learner reads before the first line is written.

use crate::whole::Repository;
use std::fs;
use std::time::{Duration, Instant};

/// What is kept where `accounts` has passed.
const PASSED: &str = r#"{"schema": 1, "milestones": ["accounts"]}"#;

/// A shop that tells its orders to nobody: it is said where the subscriber was, and not every check waits for it.
pub fn a_shop_that_tells_nobody() {
    let repository = Repository::from_project("shop");
    let begun = Instant::now();
    let ran = repository.run("check events").ended(1).tells(&[
        "✗ delivered",
        "shop waits for a request",
        "nothing in 5 s",
        "shop listens at http://127.0.0.1:",
        "the server was started with:",
        "EVENTS_URL=",
        "no request came to a subscriber",
        "in 3 checks (see events/delivered)",
    ]);
    assert!(begun.elapsed() < Duration::from_secs(90), "{ran}");
}

/// A milestone that builds on one of the learner's that has not passed: that one comes first, as long as it has not.
pub fn a_milestone_before_what_it_builds_on() {
    let repository = Repository::from_project("tasks");
    let first = "roadmap check accounts";
    repository
        .run("check roles")
        .ended(1)
        .tells(&["✗ roles", first, "first: the others build on it"])
        .says(&["begin with accounts, on which roles builds:", first]);
    fs::write(repository.path(".roadmap/passed.json"), PASSED).expect("written");
    let again = repository.run("check roles").ended(1).says(&["begin with roles/sign-up"]);
    assert!(!again.stdout.contains(first), "{again}");
}
