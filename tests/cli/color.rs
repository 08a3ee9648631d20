//! Colour: one decision for everything, by flag, environment and terminal.

use crate::sandbox::Sandbox;
use crate::screen::Terminal;
use console::strip_ansi_codes;

const ESCAPE: char = '\u{1b}';

#[test]
fn colour_always_is_the_same_text_with_colours() {
    let sandbox = Sandbox::new();
    let plain = sandbox.run("show basics --color never").done();
    let colored = sandbox.run("show basics --color always").done();
    assert!(!plain.stdout.contains(ESCAPE), "{plain}");
    assert_eq!(strip_ansi_codes(&colored.stdout), plain.stdout);
    colored.matches("color");
}

#[test]
fn a_pipe_is_plain_unless_somebody_asks() {
    let sandbox = Sandbox::new();
    let colored = |pairs: &[(&str, &str)], flags: &str| {
        let mut run = sandbox.small(&format!("show {flags}"));
        for (key, value) in pairs {
            run = run.env(key, *value);
        }
        run.go().done().stdout.contains(ESCAPE)
    };
    assert!(!colored(&[], ""));
    assert!(colored(&[("CLICOLOR_FORCE", "1")], ""));
    assert!(!colored(&[("CLICOLOR_FORCE", "0")], ""));
    assert!(!colored(&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")], ""));
    assert!(colored(&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "")], ""));
    assert!(colored(&[("NO_COLOR", "1")], "--color always"));
    assert!(!colored(&[("CLICOLOR_FORCE", "1")], "--color never"));
}

#[test]
fn errors_and_help_follow_the_same_decision() {
    let sandbox = Sandbox::new();
    for line in ["show nope", "nope", "--help", "new --help"] {
        let run = |flag: &str| {
            let outcome = sandbox.small(&format!("{line} {flag}")).go();
            format!("{}{}", outcome.stdout, outcome.stderr).contains(ESCAPE)
        };
        assert!(run("--color always"), "{line}");
        assert!(!run("--color never"), "{line}");
        assert!(!run(""), "{line}");
    }
}

#[test]
fn json_and_markdown_are_never_coloured() {
    let sandbox = Sandbox::new();
    for line in ["show --format json", "show --format markdown", "list --format json", "man"] {
        let outcome = sandbox.run(&format!("{line} --color always")).done();
        assert!(!outcome.stdout.contains(ESCAPE), "{outcome}");
    }
}

#[test]
fn a_file_is_not_coloured_because_the_terminal_is() {
    let sandbox = Sandbox::new();
    let mut terminal = Terminal::start(&sandbox.small("show 1 -o a.txt"), 24, 80);
    terminal.until("written to a.txt");
    assert_eq!(terminal.end(), 0);
    assert!(!sandbox.read("work/a.txt").contains(ESCAPE));
}

#[test]
fn a_terminal_is_coloured() {
    let sandbox = Sandbox::new();
    let mut terminal = Terminal::start(&sandbox.small("show 1"), 24, 80);
    terminal.until("roadmap show basics/http");
    assert!(terminal.has_colors());
    let mut plain = Terminal::start(&sandbox.small("show 1").env("NO_COLOR", "1"), 24, 80);
    plain.until("roadmap show basics/http");
    assert!(!plain.has_colors());
}
