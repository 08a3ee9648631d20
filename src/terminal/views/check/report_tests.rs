//! Whole reports, as they are drawn.

use super::*;
use crate::contract::run::{CheckOutcome, Failure};
use crate::contract::value::{Difference, DifferenceKind};
use std::time::Duration;

fn check(id: &str, verdict: Verdict, failure: Option<Failure>) -> CheckOutcome {
    CheckOutcome {
        id: id.to_owned(),
        title: format!("What {id} promises is kept"),
        verdict,
        failure,
        reason: None,
        duration: Duration::from_millis(300),
    }
}

fn milestone(id: &str, title: &str, given: bool, checks: Vec<CheckOutcome>) -> MilestoneOutcome {
    let (id, title, stage) = (id.to_owned(), title.to_owned(), "apis".to_owned());
    MilestoneOutcome { id, title, stage, given, already: false, checks }
}

fn failure(step: &str, differences: Vec<Difference>) -> Failure {
    let response = "HTTP/1.1 500 Oops\nServer: x\nDate: today\n\n{\"detail\":\"It broke.\",\"where\":\"a table that nobody has made before\",\"escape\":\"\u{1b}[2J\"}";
    Failure {
        step: step.to_owned(),
        why: Some("Somebody relies on it.".to_owned()),
        curl: Some("curl -i http://127.0.0.1:20000/api/tasks".to_owned()),
        differences,
        response: Some(response.to_owned()),
        log: (1..=15).map(|n| format!("line {n} of the log")).collect(),
        ..Failure::default()
    }
}

fn drawn(
    report: &RunReport,
    regressions: &[String],
    next: &NextMilestone<'_>,
    width: usize,
) -> String {
    drawn_with(report, regressions, next, false, width)
}

fn drawn_with(
    report: &RunReport,
    regressions: &[String],
    next: &NextMilestone<'_>,
    verbose: bool,
    width: usize,
) -> String {
    console::set_colors_enabled(false);
    let lines = CommandLines { check: "roadmap check".to_owned(), ..CommandLines::default() };
    let (built, marked, met, next) = (&[][..], &[][..], &[][..], next.clone());
    let (needed, is_in_git) = (None, true);
    drawn_as(
        &CheckOutput {
            report,
            regressions,
            next,
            needed,
            built,
            is_in_git,
            marked,
            met,
            verbose,
            lines,
        },
        width,
    )
}

fn drawn_as(checked: &CheckOutput<'_>, width: usize) -> String {
    let text = text(checked, Layout::new(width));
    let pasted = |line: &&str| !line.trim_start().starts_with("curl");
    for line in text.lines().filter(pasted) {
        assert!(measure_text_width(line) <= width, "{line}");
        assert!(!line.contains('\u{1b}'), "{line}");
    }
    text
}

fn report(milestones: Vec<MilestoneOutcome>) -> RunReport {
    RunReport { project: "tasks".to_owned(), milestones, ended: None, interrupted: false }
}

const ACCOUNTS: MilestoneChoice<'static> = MilestoneChoice {
    id: "accounts",
    title: "Accounts",
    about: "People log in.",
    given: false,
    hours: None,
};
const YOURS: NextMilestone<'static> = NextMilestone::Milestone { first: ACCOUNTS, other: None };
const NONE: NextMilestone<'static> = NextMilestone::AllPassed { unchecked: Vec::new() };

#[test]
fn a_green_run_leads_on() {
    let passed = |id: &str| check(id, Verdict::Passed, None);
    let green = report(vec![
        milestone("serve", "It serves", true, vec![passed("health"), passed("start")]),
        milestone("create", "Tasks are written down", true, vec![passed("created")]),
    ]);
    assert_eq!(
        drawn(&green, &[], &YOURS, 80),
        "\
✓ serve   It serves               2 passed
✓ create  Tasks are written down  1 passed

✓ 3 of 3 checks passed in 0.9 s

Next, yours to build: accounts
  People log in.
  roadmap hint accounts   what is asked, and a nudge
  roadmap check accounts  what your server does of it
"
    );
    let narrow = drawn(&green, &[], &NONE, 40);
    assert!(narrow.contains("✓ create  Tasks are written d…  1 passed\n"), "{narrow}");
}

#[test]
fn what_was_built_is_named_with_what_to_commit_and_two_to_choose_from() {
    console::set_colors_enabled(false);
    let passed = vec![check("sum", Verdict::Passed, None)];
    let green = report(vec![milestone("stats", "Tasks are counted", false, passed)]);
    let estimate = MilestoneChoice {
        id: "estimate",
        title: "Tasks have an estimate",
        about: "A task may say how many minutes it takes.",
        given: false,
        hours: Some(2),
    };
    let marked = ["aggregation".to_owned(), "indexes".to_owned()];
    let built = ["stats".to_owned()];
    let checked = CheckOutput {
        report: &green,
        regressions: &[],
        next: NextMilestone::Milestone { first: estimate, other: Some(ACCOUNTS) },
        needed: None,
        built: &built,
        is_in_git: true,
        marked: &marked,
        met: &[],
        verbose: false,
        lines: CommandLines { check: "roadmap check".to_owned(), ..CommandLines::default() },
    };
    assert_eq!(
        drawn_as(&checked, 80),
        "\
✓ stats  Tasks are counted  1 passed

✓ 1 of 1 checks passed in 0.3 s

Built: stats  Tasks are counted
Topics now done: aggregation, indexes
  git add --all                everything that belongs to it
  git commit -m 'Build stats'

Next, yours to build: estimate  Tasks have an estimate, about 2 h
  A task may say how many minutes it takes.
  roadmap hint estimate   what is asked, and a nudge
  roadmap check estimate  what your server does of it

Or: accounts
  People log in.
  roadmap hint accounts   what is asked, and a nudge
  roadmap check accounts  what your server does of it
"
    );
    drawn_as(&checked, 40);
    drawn_as(&checked, 120);
    let elsewhere = drawn_as(&CheckOutput { is_in_git: false, ..checked.clone() }, 80);
    assert!(elsewhere.contains("Built: stats") && !elsewhere.contains("git "), "{elsewhere}");
    let three = ["stats", "estimate", "accounts"].map(str::to_owned);
    let three = drawn_as(&CheckOutput { built: &three, ..checked }, 80);
    assert!(three.contains("git commit -m 'Build stats and 2 more'\n"), "{three}");
}

#[test]
fn after_the_last_check_it_says_that_nothing_is_left() {
    let passed = |id: &str| check(id, Verdict::Passed, None);
    let green = report(vec![milestone("serve", "It serves", true, vec![passed("health")])]);
    let unchecked = vec![
        UncheckedMilestone { id: "roles", stage: "auth" },
        UncheckedMilestone { id: "caching", stage: "caching" },
    ];
    assert_eq!(
        drawn(&green, &[], &NextMilestone::AllPassed { unchecked }, 80),
        "\
✓ serve  It serves  1 passed

✓ 1 of 1 checks passed in 0.3 s

All that can be checked of tasks has passed.
Yours to build, without checks yet: roles, caching
  roadmap show auth  the stage that explains the first
  roadmap next       what to learn now
"
    );
}

/// Two milestones with failures, the first of which makes others pointless.
fn red() -> RunReport {
    let status = |expected: &str, actual: &str, kind: u16| {
        vec![Difference::new("status", expected, actual).with_kind(DifferenceKind::Status(kind))]
    };
    let broken = failure("POST /api/tasks", status("201", "500 Oops", 500));
    let missing = status("200", "404 Not Found", 404);
    let missing = Failure { response: None, why: None, ..failure("GET /api/users (a)", missing) };
    let because = |id: &str, reason: &str| CheckOutcome {
        reason: Some(reason.to_owned()),
        ..check(id, Verdict::NotRun, None)
    };
    let reason = "POST /api/tasks must work first (see create/created)";
    report(vec![
        milestone(
            "create",
            "Tasks are written down",
            true,
            vec![
                check("created", Verdict::Failed, Some(broken)),
                because("again", reason),
                because("read", reason),
            ],
        ),
        milestone("change", "Tasks change", true, vec![because("patch", reason)]),
        milestone(
            "accounts",
            "Accounts",
            false,
            vec![check("sign-up", Verdict::Failed, Some(missing))],
        ),
    ])
}

#[test]
fn the_first_failure_is_printed_in_full_and_the_rest_in_a_line() {
    let regressions = ["create".to_owned()];
    assert_eq!(
        drawn(&red(), &regressions, &YOURS, 60),
        "\
✗ create    Tasks are written down  1 of 3 failed
  regression: it has passed here before
  ✗ created: What created promises is kept
      POST /api/tasks
              expected  came
      status  201       500 Oops
      Somebody relies on it.
      the response:
        {\"detail\":\"It broke.\",\"where\":\"a table that nobody
        has made before\",\"escape\":\"\u{fffd}[2J\"}
      the server printed:
        line 1 of the log
        line 2 of the log
        line 3 of the log
        line 4 of the log
        line 5 of the log
        line 6 of the log
        line 7 of the log
        line 8 of the log
        line 9 of the log
        line 10 of the log
        ...
        line 12 of the log
        line 13 of the log
        line 14 of the log
        line 15 of the log
      try it:
        curl -i http://127.0.0.1:20000/api/tasks
  - again, read: not run: POST /api/tasks must work first
    (see create/created)
- change    Tasks change            not run
✗ accounts  Accounts                1 of 1 failed

✗ 0 of 5 checks passed, 2 failed, 3 not run in 1.5 s

  roadmap spec tasks/create  what is asked, in full
  roadmap check --verbose    every failure in full
"
    );
    drawn(&red(), &regressions, &YOURS, 40);
    // What passed before is mended first.
    let later = ["accounts".to_owned()];
    let printed = drawn(&red(), &later, &YOURS, 60);
    assert!(printed.contains("GET /api/users (a)") && !printed.contains("500 Oops"), "{printed}");
    assert!(printed.contains("roadmap hint accounts"), "{printed}");
}

#[test]
fn verbose_prints_every_failure() {
    let printed = drawn_with(&red(), &[], &YOURS, true, 60);
    assert!(printed.contains("500 Oops") && printed.contains("GET /api/users (a)"), "{printed}");
    assert!(printed.contains("  - not run: POST"), "{printed}");
    assert!(!printed.contains("--verbose"), "{printed}");
}

#[test]
fn a_conversation_and_a_wish_are_shown() {
    let differences = vec![Difference::new("message", "{\"type\": \"message\"}", "nothing in 5 s")];
    let failure = Failure {
        expected_response: Some("200 with {\"status\": \"ok\"}".to_owned()),
        transcript: (1..=10).map(|n| format!("ada says {n}")).collect(),
        ..failure("ada waits for a message", differences)
    };
    let red = report(vec![milestone(
        "talk",
        "Talk",
        true,
        vec![check("heard", Verdict::Failed, Some(failure))],
    )]);
    let printed = drawn(&red, &[], &YOURS, 80);
    assert!(
        printed.contains("what is asked for:\n        200 with {\"status\": \"ok\"}\n"),
        "{printed}"
    );
    assert!(printed.contains("the conversation:\n        ada says 3\n"), "{printed}");
}

#[test]
fn a_line_to_try_is_preceded_by_the_settings_that_it_needs() {
    let settings = [("PAYMENTS_SECRET", "hush hush"), ("RESUME_LIMIT", "2")];
    let differences = vec![Difference::new("status", "204", "503")];
    let failure = Failure {
        before: vec!["POST /api/orders {\"product\":1}".to_owned()],
        environment: settings.map(|(name, value)| (name.to_owned(), value.to_owned())).into(),
        ..failure("POST /api/webhooks/payments", differences)
    };
    let red = vec![check("paid", Verdict::Failed, Some(failure))];
    let printed = drawn(&report(vec![milestone("payments", "", false, red)]), &[], &YOURS, 80);
    let settings = "sent before:\n        POST /api/orders {\"product\":1}\n      the server was started with:\n        PAYMENTS_SECRET='hush hush'\n        RESUME_LIMIT=2\n      try it:\n";
    assert!(printed.contains(settings), "{printed}");
}

#[test]
fn what_could_not_be_checked_is_printed_with_its_reason() {
    let because = |id: &str, verdict, reason: &str| CheckOutcome {
        reason: Some(reason.to_owned()),
        ..check(id, verdict, None)
    };
    let restart = "It needs a server that roadmap started: `roadmap adopt`.";
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
        drawn(&report, &[], &NONE, 80),
        "\
✓ durable  What was answered stays  1 passed, 2 skipped
  - crash, stop: It needs a server that roadmap started: `roadmap adopt`.
! page     The board                1 of 1 blocked
- later    Later                    not run

ended: The server did not start again.

! 1 of 5 checks passed, 1 blocked, 2 skipped, 1 not run in 1.5 s
"
    );
    drawn(&report, &[], &NONE, 40);
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
    let printed = drawn(&red, &[], &NONE, 40);
    assert!(
        printed.contains("\n        expected xxx")
            && printed.contains("\n        came     nothing\n"),
        "{printed}"
    );
    assert!(!printed.contains("printed"), "{printed}");
}
