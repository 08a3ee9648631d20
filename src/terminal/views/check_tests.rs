//! Whole reports, as they are drawn.

use super::*;
use crate::contract::run::{CheckOutcome, Failure};
use crate::contract::value::Difference;
use std::time::Duration;

fn check(id: &str, verdict: Verdict, failure: Option<Failure>) -> CheckOutcome {
    CheckOutcome {
        id: id.to_owned(),
        title: format!("What {id} promises is kept"),
        verdict,
        failure,
        reason: None,
        took: Duration::from_millis(300),
    }
}

fn milestone(id: &str, title: &str, given: bool, checks: Vec<CheckOutcome>) -> MilestoneOutcome {
    let (id, title, stage) = (id.to_owned(), title.to_owned(), "apis".to_owned());
    MilestoneOutcome { id, title, stage, given, already: false, checks }
}

fn failure(step: &str, differences: Vec<Difference>) -> Failure {
    let answer = "HTTP/1.1 500 Oops\nServer: x\nDate: today\n\n{\"detail\":\"It broke.\",\"where\":\"a table that nobody has made before\",\"escape\":\"\u{1b}[2J\"}";
    Failure {
        step: step.to_owned(),
        why: Some("Somebody relies on it.".to_owned()),
        curl: Some("curl -i http://127.0.0.1:20000/api/tasks".to_owned()),
        differences,
        answer: Some(answer.to_owned()),
        log: (1..=9).map(|n| format!("line {n} of the log")).collect(),
    }
}

fn drawn(report: &Report, regressions: &[String], next: Option<Next<'_>>, width: usize) -> String {
    console::set_colors_enabled(false);
    let checked = Checked { report, regressions, next, marked: &[] };
    let text = text(&checked, Layout::new(width));
    let pasted = |line: &&str| !line.trim_start().starts_with("curl");
    for line in text.lines().filter(pasted) {
        assert!(measure_text_width(line) <= width, "{line}");
        assert!(!line.contains('\u{1b}'), "{line}");
    }
    text
}

fn report(milestones: Vec<MilestoneOutcome>) -> Report {
    Report { project: "tasks".to_owned(), milestones, ended: None }
}

const YOURS: Next<'static> =
    Next { id: "accounts", title: "Accounts", about: "People log in.", given: false };

#[test]
fn a_green_run_leads_on() {
    let passed = |id: &str| check(id, Verdict::Passed, None);
    let green = report(vec![
        milestone("serve", "It serves", true, vec![passed("health"), passed("start")]),
        milestone("create", "Tasks are written down", true, vec![passed("created")]),
    ]);
    assert_eq!(
        drawn(&green, &[], Some(YOURS), 80),
        "\
✓ serve   It serves               2 passed
✓ create  Tasks are written down  1 passed

✓ 3 of 3 checks passed in 0.9 s

Next, yours to build: accounts  Accounts
  People log in.
  roadmap hint accounts   what is asked, and a nudge
  roadmap check accounts  what your server does of it
"
    );
    let narrow = drawn(&green, &[], None, 40);
    assert!(narrow.contains("✓ create  Tasks are written d…  1 passed\n"), "{narrow}");
}

#[test]
fn a_failure_is_told_once_with_what_helps() {
    let status = |actual: &str| vec![Difference::new("status", "201", actual)];
    let broken = failure("POST /api/tasks", status("500 Oops"));
    let missing = |expected: &str| {
        let differences = vec![Difference::new("status", expected, "404 Not Found")];
        Some(Failure { answer: None, why: None, ..failure("GET /api/users (a)", differences) })
    };
    let red = report(vec![
        milestone(
            "create",
            "Tasks are written down",
            true,
            vec![
                check("created", Verdict::Failed, Some(broken.clone())),
                check("again", Verdict::Failed, Some(broken)),
            ],
        ),
        milestone(
            "accounts",
            "Accounts",
            false,
            vec![
                check("sign-up", Verdict::Failed, missing("200")),
                check("refused", Verdict::Failed, missing("422")),
            ],
        ),
    ]);
    let regressions = ["create".to_owned()];
    assert_eq!(
        drawn(&red, &regressions, Some(YOURS), 60),
        "\
✗ create    Tasks are written down  2 of 2 failed
  regression: it has passed here before
  ✗ created: What created promises is kept
      POST /api/tasks
              expected  came
      status  201       500 Oops
      Somebody relies on it.
      the answer:
        {\"detail\":\"It broke.\",\"where\":\"a table that nobody
        has made before\",\"escape\":\"\u{fffd}[2J\"}
      the server's last lines:
        line 5 of the log
        line 6 of the log
        line 7 of the log
        line 8 of the log
        line 9 of the log
      try it:
        curl -i http://127.0.0.1:20000/api/tasks
  ✗ again: What again promises is kept (as created)
✗ accounts  Accounts                2 of 2 failed
  ✗ sign-up: What sign-up promises is kept
      GET /api/users (a)
              expected  came
      status  200       404 Not Found
      try it:
        curl -i http://127.0.0.1:20000/api/tasks
  ✗ refused: What refused promises is kept (as sign-up)

✗ 0 of 4 checks passed, 4 failed in 1.2 s
"
    );
    drawn(&red, &regressions, Some(YOURS), 40);
}

#[test]
fn what_could_not_be_checked_is_told_with_its_reason() {
    let because = |id: &str, verdict, reason: &str| CheckOutcome {
        reason: Some(reason.to_owned()),
        ..check(id, verdict, None)
    };
    let restart = "It needs a server that this run started.";
    let lost = "The server did not start again.";
    let mut report = report(vec![
        milestone(
            "durable",
            "What was answered stays",
            true,
            vec![
                check("writers", Verdict::Passed, None),
                because("crash", Verdict::Skipped, restart),
                because("stop", Verdict::Skipped, restart),
            ],
        ),
        milestone("page", "The board", true, vec![because("board", Verdict::Blocked, lost)]),
        milestone("later", "Later", true, vec![because("one", Verdict::NotRun, lost)]),
    ]);
    report.ended = Some(lost.to_owned());
    assert_eq!(
        drawn(&report, &[], None, 80),
        "\
✓ durable  What was answered stays  1 passed, 2 skipped
  - crash, stop: It needs a server that this run started.
! page     The board                1 of 1 blocked
- later    Later                    not run

ended: The server did not start again.

! 1 of 5 checks passed, 1 blocked, 2 skipped, 1 not run in 1.5 s
"
    );
    drawn(&report, &[], None, 40);
}

#[test]
fn what_does_not_fit_side_by_side_stands_below() {
    let long = "x".repeat(90);
    let differences = vec![Difference::new("json /a/rather/long/place/0/in/it", &long, "nothing")];
    let red = report(vec![milestone(
        "create",
        "Tasks are written down",
        true,
        vec![check("created", Verdict::Failed, Some(failure("POST /api/tasks", differences)))],
    )]);
    let told = drawn(&red, &[], None, 40);
    assert!(
        told.contains("\n        expected xxx") && told.contains("\n        came     nothing\n"),
        "{told}"
    );
    assert!(!told.contains("last lines"), "{told}");
}
