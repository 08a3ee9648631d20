//! Terminals in another state: of a few lines, without a cursor, or with a signal in the middle.

use crate::harness::sandbox::Sandbox;
use crate::harness::screen::{DOWN, ENTER, Terminal};

#[test]
fn a_terminal_of_a_few_lines_is_asked_in_lines() {
    for rows in [1, 2, 3] {
        let sandbox = Sandbox::new();
        let mut terminal = Terminal::start(&sandbox.small("pick"), rows, 80);
        terminal.type_line("2").type_line("").type_line("1");
        // Which path to keep.
        terminal.type_line("");
        assert_eq!(terminal.end(), 0, "{}", terminal.text());
        assert!(sandbox.read("state/state.json").contains("\"live\""));
    }
}

#[test]
fn a_terminal_that_shrinks_during_a_question_goes_on() {
    let sandbox = Sandbox::new();
    let mut terminal = Terminal::start(&sandbox.small("new"), 24, 80);
    terminal.until("What do you want to build?");
    for rows in [3, 2, 1, 2, 24] {
        terminal.resize(rows, 80).press(DOWN);
    }
    terminal.press(ENTER).until("In which framework?").press(ENTER).until("README.md tells");
    assert_eq!(terminal.end(), 0);
}

#[test]
fn a_terminal_without_a_cursor_is_asked_in_lines() {
    let sandbox = Sandbox::new();
    let run = sandbox.small("pick");
    let mut terminal = Terminal::start_as("dumb", &run, 40, 80);
    terminal.until("Number [1]:");
    terminal.type_line("9").until("Type a number from 1 to 2.").type_line("2");
    terminal.until("Numbers [1]:").type_line("2, 3").until("3/3").type_line("4").type_line("");
    terminal.until("Which path do you want to keep?").type_line("");
    terminal.until("weeks at");
    assert_eq!(terminal.end(), 0);
    assert!(!terminal.has_sequences(), "{}", terminal.text());
    let state = sandbox.read("state/state.json");
    assert!(state.contains("\"live\"") && state.contains("\"rust\""), "{state}");
}

#[cfg(unix)]
#[test]
fn a_signal_leaves_the_terminal_as_it_was() {
    for signal in ["INT", "TERM", "HUP", "QUIT"] {
        let sandbox = Sandbox::new();
        let mut terminal = Terminal::start(&sandbox.small("pick"), 40, 80);
        terminal.until("1/3").until("Something that is live").reads_keys();
        terminal.send_signal(signal);
        assert_eq!(terminal.end(), 130, "{signal}: {}", terminal.text());
        assert!(terminal.cursor_is_visible(), "{signal}");
        assert!(terminal.echoes(), "{signal}");
        assert!(!sandbox.path("state").exists(), "nothing was picked");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_signal_just_before_a_question_waits_for_a_key_ends_it() {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let strace = std::env::split_paths(&path).map(|folder| folder.join("strace"));
    let Some(strace) = strace.into_iter().find(|file| file.is_file()) else { return };
    let strace = strace.to_string_lossy();
    // It stays a while behind the look for keys that comes before the wait for one.
    let slow = "inject=poll,ppoll:delay_exit=500000";
    let sandbox = Sandbox::new();
    let before = [&*strace, "-D", "-o", "/dev/null", "-e", "trace=poll,ppoll", "-e", slow];
    let run = sandbox.small("pick");
    let mut terminal = Terminal::start_by(&before, "xterm-256color", &run, 40, 80);
    terminal.reads_keys();
    std::thread::sleep(std::time::Duration::from_millis(150));
    terminal.send_signal("TERM");
    assert_eq!(terminal.end(), 130, "{}", terminal.text());
    assert!(terminal.cursor_is_visible() && terminal.echoes());
}
