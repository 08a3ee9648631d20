//! Colour: one decision for everything, by flag, environment and terminal.

use crate::harness::sandbox::Sandbox;
use crate::harness::screen::Terminal;
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

#[test]
fn a_terminal_without_utf8_gets_signs_in_ascii() {
    let sandbox = Sandbox::new();
    sandbox.run("done http").done();
    for line in ["show basics", "progress", "doctor"] {
        let run = sandbox.small(line).env("LANG", "C");
        let mut terminal = Terminal::start(&run, 40, 80);
        terminal.end();
        let screen = terminal.text();
        assert!(screen.is_ascii(), "{screen}");
        assert!(screen.contains(['+', '#', 'x']), "{screen}");
    }
    // A file and a pipe are no terminal.
    let piped = sandbox.small("progress").env("LANG", "C").go().done();
    assert_eq!(piped.stdout, sandbox.run("progress").done().stdout);
}

/// What a stranger's texts would do to a terminal: a colour, the title, the cursor, the screen.
const STRANGE: &str = "x\u{1b}[31mRED\u{1b}[2J\u{1b}]0;owned\u{7}\u{9b}1m\u{202e}";

#[test]
fn sequences_of_others_reach_no_terminal_in_any_format() {
    let sandbox = Sandbox::new();
    let yaml = "x\\e[31mRED\\e[2J\\e]0;owned\\a\\x9B1m\\u202e";
    let roadmap = std::fs::read_to_string(crate::harness::fixture::roadmap()).expect("a roadmap");
    let titles = roadmap.lines().map(|line| match line.split_once("title: ") {
        Some((before, rest)) if !rest.starts_with(['{', '[', '|', '>']) && !rest.contains(',') => {
            format!("{before}title: \"{yaml} {}\"\n", rest.trim_matches(['"', '\'']))
        }
        _ => format!("{line}\n"),
    });
    let strange = sandbox.write("strange.yaml", &titles.collect::<String>());
    let mut shown = 0;
    for line in [
        "show",
        "show basics",
        "show http",
        "show --format json",
        "show --format markdown",
        "list topics",
        "list --format json",
        "next",
        "progress",
        "done http",
        "pick --framework axum",
        "show nope",
        "new blog --lang rust --dry-run",
    ] {
        let run = sandbox.small(&format!("{line} --color always"));
        let outcome = run.env("ROADMAP_FILE", &strange).go();
        let all = format!("{}{}", outcome.stdout, outcome.stderr);
        shown += usize::from(all.contains("RED"));
        for sequence in ["\u{1b}[31mRED", "\u{1b}[2J", "\u{1b}]", "\u{7}", "\u{9b}", "\u{202e}"] {
            assert!(!all.contains(sequence), "{line}: {sequence:?} in {all:?}");
        }
    }
    assert!(shown >= 6, "the titles are shown by {shown} commands");
    // A path is a text of others as well.
    let outcome =
        sandbox.small("new blog --lang rust --color always").arg(format!("{STRANGE}/b")).go();
    let all = format!("{}{}", outcome.stdout, outcome.stderr);
    assert!(!all.contains("\u{1b}[31mRED") && !all.contains("\u{1b}]"), "{all:?}");
}
