//! The quiz and the questions of `new`, in a pseudo-terminal.

use crate::harness::sandbox::Sandbox;
use crate::harness::screen::{CONTROL_C, DOWN, ENTER, ESCAPE, LEFT, SPACE, Terminal};

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
        .until("Which path do you want to keep?")
        .until("❯ Rocket (Rust), has a starter")
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
    terminal.until("Which path do you want to keep?").press(ENTER).until("weeks at");
    assert_eq!(terminal.end(), 0);
    assert!(terminal.text().contains("roadmap new"), "{}", terminal.text());
}

#[test]
fn what_was_answered_by_flag_is_not_asked() {
    let sandbox = Sandbox::new();
    let run = sandbox.small("pick --answer goal=live --answer hours=ten");
    let mut terminal = Terminal::start(&run, 40, 80);
    terminal.until("1/1").until("Which of these do you know?").press(ENTER);
    terminal.until("Which path").press(ENTER).until("week");
    assert_eq!(terminal.end(), 0);
}

#[test]
fn the_quiz_and_by_answers_come_to_the_same() {
    let sandbox = Sandbox::new();
    let mut terminal = Terminal::start(&sandbox.small("pick --color never"), 60, 80);
    for last in ["Something that is live", "Python", "Ten"] {
        terminal.until(last).press(ENTER);
    }
    terminal.until("Which path").press(ENTER).until("weeks at");
    assert_eq!(terminal.end(), 0);
    let line = "pick --answer goal=site --answer know=none --answer hours=five --keep 1";
    let answers = sandbox.run(line).done().stdout;
    let (paths, begin) = answers.split_once("The essential").expect("paths, then the weeks");
    assert!(terminal.text().contains(paths.trim_end()), "{}", terminal.text());
    assert!(terminal.text().ends_with(begin.trim_end()), "{}", terminal.text());
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
fn a_step_back_asks_the_question_before_again() {
    let sandbox = Sandbox::new();
    let mut terminal = Terminal::start(&sandbox.small("pick"), 40, 80);
    terminal.until("1/3").until("Something that is live").press(ENTER);
    terminal.until("2/3").until("Back to the question before");
    terminal.mark(DOWN).mark(DOWN).mark(DOWN).until("❯ Back");
    terminal.press(ENTER).until("❯ A site of pages").mark(DOWN);
    terminal.until("❯ Something that is live").press(ENTER).until("Python");
    terminal.mark(DOWN).mark(DOWN).mark(SPACE).until("✔ Python").press(ENTER);
    // The left arrow goes back too, and what was chosen is chosen still.
    terminal.until("3/3").until("Ten").press(LEFT).until("2/3").until("❯ ✔ Python");
    terminal.press(LEFT).until("❯ Something that is live").press(ENTER);
    terminal.until("❯ ✔ Python").press(ENTER).until("3/3").press(ENTER);
    terminal.until("Which path").press(ENTER).until("weeks at");
    assert_eq!(terminal.end(), 0);
    assert!(terminal.cursor_is_visible());
    let state = sandbox.read("state/state.json");
    assert!(state.contains("\"live\"") && !state.contains("\"site\""), "{state}");
    for place in ["1/3", "2/3", "3/3", "Space marks"] {
        assert_eq!(terminal.text().matches(place).count(), 1, "{}", terminal.text());
    }
}

/// Arrows and Enter alone: what is highlighted is taken, at either width, by colour and without.
#[test]
fn nobody_has_to_know_the_space_key() {
    for columns in [40, 80] {
        for color in ["always", "never"] {
            let sandbox = Sandbox::new();
            let run = sandbox.small(&format!("pick --color {color}"));
            let mut terminal = Terminal::start(&run, 50, columns);
            let pointer = if color == "always" { "❯ ⬚" } else { "> [ ]" };
            terminal.until("1/3").until("Something that is live").press(ENTER);
            terminal.until("2/3").until("Space").until(&format!("{pointer} None"));
            terminal.mark(DOWN).mark(DOWN).until(&format!("{pointer} Python"));
            terminal.press(ENTER).until("3/3").until("Ten").press(ENTER);
            terminal.until("Which path").press(ENTER).until("week");
            assert_eq!(terminal.end(), 0, "{}", terminal.text());
            let state = sandbox.read("state/state.json");
            assert!(state.contains("\"python\"") && !state.contains("\"none\""), "{state}");
        }
    }
}

#[test]
fn none_of_them_and_a_choice_exclude_each_other() {
    let sandbox = Sandbox::new();
    let mut terminal = Terminal::start(&sandbox.small("pick --answer goal=site"), 40, 80);
    terminal.until("Which of these do you know?").until("Python");
    terminal.mark(SPACE).until("✔ None").mark(DOWN).mark(SPACE).until("✔ Rust");
    assert!(!terminal.text().contains("✔ None"), "{}", terminal.text());
    terminal.mark(DOWN).mark(SPACE).until("✔ Python");
    assert!(terminal.text().contains("✔ Rust"), "{}", terminal.text());
    terminal.press(ESCAPE);
    assert_eq!(terminal.end(), 130);
}

#[test]
fn a_question_higher_than_the_terminal_shows_the_selected_row() {
    let sandbox = Sandbox::new();
    let mut terminal = Terminal::start(&sandbox.small("pick --answer goal=site"), 5, 80);
    terminal.until("❯ ⬚ None").mark(DOWN).until("❯ ⬚ Rust").mark(DOWN).until("❯ ⬚ Python");
    terminal.press(ENTER).until("❯ Five").press(ESCAPE);
    assert_eq!(terminal.end(), 130);
}

#[test]
fn the_person_chooses_which_of_the_three_to_keep() {
    let sandbox = Sandbox::new();
    let line = "pick --answer goal=site --answer know=rust --answer hours=ten";
    let mut terminal = Terminal::start(&sandbox.small(line), 40, 80);
    terminal.until("Which path do you want to keep?").until("❯ Rocket").mark(DOWN);
    terminal.until("❯ axum (Rust), has a starter").press(ENTER);
    terminal.until("Your path is now axum (Rust).");
    assert_eq!(terminal.end(), 0);
    assert!(sandbox.read("state/state.json").contains("\"framework\": \"axum\""));
}

#[test]
fn a_picked_framework_without_a_starter_does_not_end_new() {
    let sandbox = Sandbox::new();
    sandbox.run("pick --framework flask").done();
    let mut terminal = Terminal::start(&sandbox.small("new"), 40, 80);
    terminal
        .until("there is no starter in Flask (Python) yet")
        .until("What do you want")
        .press(ENTER);
    terminal.until("In which framework?").until("❯ axum").press(ENTER).until("README.md tells");
    assert_eq!(terminal.end(), 0);
    // The pick is the person's own: a starter of another path changes nothing.
    assert!(sandbox.read("state/state.json").contains("\"flask\""));
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
