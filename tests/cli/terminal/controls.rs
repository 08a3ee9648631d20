//! Control characters in texts from outside: no text on a terminal acts on it.

use crate::harness::fixture;
use crate::harness::sandbox::Sandbox;

/// A roadmap whose every title and text would act on a terminal.
fn hostile(sandbox: &Sandbox) -> std::path::PathBuf {
    let text = std::fs::read_to_string(fixture::roadmap()).expect("readable");
    let mut hostile = String::new();
    for line in text.lines() {
        let keys = ["title", "summary", "what", "why", "practice"];
        let text = keys.iter().find_map(|key| {
            let (before, value) = line.split_once(&format!("{key}: "))?;
            let plain = !value.contains(['{', '}', '"', '\'', '[', '|', '>']);
            (plain && before.trim_matches([' ', '-']).is_empty())
                .then(|| format!(r#"{before}{key}: "\e]0;owned\a\e[2J\e[8m\x9b\x7f{value}""#))
        });
        hostile.push_str(&text.unwrap_or_else(|| line.to_owned()));
        hostile.push('\n');
    }
    sandbox.write("hostile.yaml", &hostile)
}

#[track_caller]
fn is_printable(text: &str) {
    let acts = |c: char| c.is_control() && !matches!(c, '\n' | '\t');
    assert!(!text.contains(acts), "{text:?}");
}

#[test]
fn no_title_acts_on_the_terminal_in_any_format() {
    let sandbox = Sandbox::new();
    let roadmap = hostile(&sandbox);
    for line in [
        "show",
        "show basics",
        "show http",
        "show --search http",
        "show --format json",
        "show --format markdown",
        "show --format mermaid",
        "progress",
        "next",
        "list languages",
        "list projects --format json",
        "done http",
        "pick --framework axum",
        "lint ../hostile.yaml",
        "progress export",
        "new blog --lang rust --dry-run",
        "",
    ] {
        let outcome = sandbox.small(line).env("ROADMAP_FILE", &roadmap).go();
        is_printable(&outcome.stdout);
        is_printable(&outcome.stderr);
        let forced = sandbox.small(line).env("ROADMAP_FILE", &roadmap);
        let forced = forced.env("CLICOLOR_FORCE", "1").go();
        for stream in [&forced.stdout, &forced.stderr] {
            // Styles are ours; hidden text is not.
            assert!(!stream.contains("\u{1b}]") && !stream.contains("\u{1b}[2J"), "{stream:?}");
            assert!(!stream.contains("\u{1b}[8m") && !stream.contains('\u{9b}'), "{stream:?}");
        }
    }
    sandbox.small("show -o plain.txt").env("ROADMAP_FILE", &roadmap).go().done();
    is_printable(&sandbox.read("work/plain.txt"));
}

#[test]
fn json_keeps_what_a_title_holds() {
    let sandbox = Sandbox::new();
    let roadmap = hostile(&sandbox);
    let shown = sandbox.small("show --format json").env("ROADMAP_FILE", roadmap).go().done();
    let title = shown.json()["stages"][0]["title"].clone();
    assert_eq!(title, "\u{1b}]0;owned\u{7}\u{1b}[2J\u{1b}[8m\u{9b}\u{7f}The basics");
}

#[cfg(unix)]
#[test]
fn no_path_acts_on_the_terminal() {
    let sandbox = Sandbox::new();
    std::fs::create_dir(sandbox.path("work/d\u{1b}[31m")).expect("made");
    let path = "d\u{1b}[31m/t";
    let created = sandbox.small("new blog --lang rust").arg(path).go().done();
    is_printable(&created.stdout);
    for line in ["lint", "new blog --lang rust", "show --roadmap", "show -o", "check --url"] {
        let outcome = sandbox.small(line).arg(path).go();
        is_printable(&outcome.stdout);
        is_printable(&outcome.stderr);
    }
}
