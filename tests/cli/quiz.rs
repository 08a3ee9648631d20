//! The quiz and the questions of `new`, in a pseudo-terminal.

use crate::sandbox::Sandbox;
use crate::screen::{CONTROL_C, DOWN, ENTER, ESCAPE, SPACE, Terminal};

/// A text of a screen as a snapshot of its own.
#[track_caller]
fn shows(terminal: &Terminal, name: &str) {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli/snapshots");
    let expected = snapbox::Data::read_from(&folder.join(format!("{name}.txt")), None);
    let assert = snapbox::Assert::new().action_env("SNAPSHOTS");
    assert.eq(snapbox::Data::text(format!("{}\n", terminal.text())).raw(), expected.raw());
}

fn whole_quiz(columns: u16, question: &str, paths: &str) {
    let sandbox = Sandbox::new();
    let mut terminal = Terminal::start(&sandbox.small("pick"), 40, columns);
    terminal.until("1/3").until("Something that is live");
    shows(&terminal, question);
    terminal.press(ENTER).until("2/3").until("Python");
    terminal.mark(DOWN).mark(SPACE).until("✔ Rust");
    terminal
        .press(ENTER)
        .until("3/3")
        .until("Ten")
        .press(DOWN)
        .until("❯ Ten")
        .press(ENTER)
        .until("roadmap new blog --framework rocket");
    assert_eq!(terminal.end(), 0);
    assert!(terminal.cursor_is_visible());
    // A question that is answered stands there once.
    for place in ["1/3", "2/3", "3/3"] {
        assert_eq!(terminal.text().matches(place).count(), 1, "{}", terminal.text());
    }
    shows(&terminal, paths);
    let state = sandbox.read("state/state.json");
    assert!(state.contains("\"rocket\""), "{state}");
}

#[test]
fn the_quiz_runs_from_the_first_question_to_the_paths() {
    whole_quiz(80, "quiz_question", "quiz_paths");
}

#[test]
fn the_quiz_fits_forty_columns() {
    whole_quiz(40, "quiz_question_at_40", "quiz_paths_at_40");
}

#[test]
fn the_real_quiz_is_asked_to_its_end() {
    let sandbox = Sandbox::new();
    let mut terminal = Terminal::start(&sandbox.bare("pick"), 50, 80);
    let count = roadmap::curriculum::builtin().quiz.len();
    for place in 1..=count {
        terminal.until(&format!("{place}/{count}")).press(ENTER);
    }
    terminal.until("weeks at");
    assert_eq!(terminal.end(), 0);
    assert!(terminal.text().contains("roadmap new"), "{}", terminal.text());
}

#[test]
fn what_was_answered_by_flag_is_not_asked() {
    let sandbox = Sandbox::new();
    let run = sandbox.small("pick --answer goal=live --answer hours=ten");
    let mut terminal = Terminal::start(&run, 40, 80);
    terminal.until("1/1").until("Which of these do you know?").press(ENTER);
    terminal.until("weeks at");
    assert_eq!(terminal.end(), 0);
}

#[test]
fn the_quiz_and_by_answers_come_to_the_same() {
    let sandbox = Sandbox::new();
    let mut terminal = Terminal::start(&sandbox.small("pick --color never"), 60, 80);
    for last in ["Something that is live", "Python", "Ten"] {
        terminal.until(last).press(ENTER);
    }
    terminal.until("weeks at");
    assert_eq!(terminal.end(), 0);
    let line = "pick --answer goal=site --answer know= --answer hours=five";
    let answers = sandbox.run(line).done().stdout;
    assert!(terminal.text().ends_with(answers.trim_end()), "{}", terminal.text());
}

#[test]
fn control_c_in_the_middle_ends_with_130_and_gives_the_cursor_back() {
    for before in 0..3 {
        let sandbox = Sandbox::new();
        let mut terminal = Terminal::start(&sandbox.small("pick"), 40, 80);
        for place in 1..=before {
            terminal.until(&format!("{place}/3")).press(ENTER);
        }
        terminal.until(&format!("{}/3", before + 1)).press(CONTROL_C);
        assert_eq!(terminal.end(), 130, "{}", terminal.text());
        assert!(terminal.cursor_is_visible());
        assert!(!sandbox.path("state").exists(), "nothing was picked");
    }
}

#[test]
fn escape_breaks_off_too() {
    let sandbox = Sandbox::new();
    let mut terminal = Terminal::start(&sandbox.small("pick"), 40, 80);
    terminal.until("1/3").until("Something that is live").press(ESCAPE);
    assert_eq!(terminal.end(), 130, "{}", terminal.text());
    assert!(terminal.cursor_is_visible());
}

#[test]
fn new_asks_for_the_project_and_the_framework() {
    let sandbox = Sandbox::new();
    let mut terminal = Terminal::start(&sandbox.small("new"), 40, 80);
    terminal.until("What do you want to build?").until("a blog").press(ENTER);
    terminal.until("In which framework?").until("Rocket (Rust)");
    shows(&terminal, "new_asks");
    terminal.press(DOWN).until("❯ Rocket").press(ENTER).until("README.md tells");
    assert_eq!(terminal.end(), 0);
    assert!(sandbox.path("work/blog/Rocket.toml").exists());
}

#[test]
fn new_asks_only_for_what_is_missing() {
    let sandbox = Sandbox::new();
    let mut terminal = Terminal::start(&sandbox.small("new blog"), 40, 80);
    terminal.until("In which framework?").press(ENTER).until("README.md tells");
    assert_eq!(terminal.end(), 0);
    assert!(!terminal.text().contains("What do you want"), "{}", terminal.text());
    assert!(sandbox.path("work/blog/Cargo.lock").exists());
}

#[test]
fn new_broken_off_writes_nothing() {
    let sandbox = Sandbox::new();
    let before = sandbox.content();
    let mut terminal = Terminal::start(&sandbox.small("new"), 40, 80);
    terminal.until("What do you want to build?").press(CONTROL_C);
    assert_eq!(terminal.end(), 130);
    assert_eq!(sandbox.content(), before);
}

#[test]
fn one_step_back_asks_the_question_before_again() {
    let sandbox = Sandbox::new();
    let mut terminal = Terminal::start(&sandbox.small("pick"), 40, 80);
    terminal.until("1/3").until("Something that is live").press(ENTER);
    terminal.until("2/3").until("Back to the question before");
    terminal.mark(DOWN).mark(DOWN).mark(DOWN).mark(SPACE).until("✔ Back");
    terminal.press(ENTER).until("❯ A site of pages").mark(DOWN);
    terminal.until("❯ Something that is live").press(ENTER).until("Python").press(ENTER);
    terminal.until("3/3").until("Ten").press(ENTER).until("weeks at");
    assert_eq!(terminal.end(), 0);
    assert!(terminal.cursor_is_visible());
    let state = sandbox.read("state/state.json");
    assert!(state.contains("\"live\"") && !state.contains("\"site\""), "{state}");
}

#[test]
fn reset_asks_and_keeps_unless_somebody_says_yes() {
    let sandbox = Sandbox::new();
    sandbox.run("done http").done();
    let before = sandbox.read("state/state.json");
    let mut terminal = Terminal::start(&sandbox.small("progress reset"), 40, 80);
    terminal.until("Yes, forget them").press(ENTER).until("Nothing was changed");
    assert_eq!(terminal.end(), 0);
    let mut terminal = Terminal::start(&sandbox.small("progress reset"), 40, 80);
    terminal.until("Yes, forget them").press(ESCAPE);
    assert_eq!(terminal.end(), 130);
    assert!(terminal.cursor_is_visible());
    assert_eq!(sandbox.read("state/state.json"), before);
    let mut terminal = Terminal::start(&sandbox.small("progress reset"), 40, 80);
    terminal.until("Yes, forget them").press(DOWN).until("❯ Yes").press(ENTER).until("forgotten");
    assert_eq!(terminal.end(), 0);
    assert!(!sandbox.read("state/state.json").contains("http"));
}
