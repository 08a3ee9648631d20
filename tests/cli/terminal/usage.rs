//! Command lines that were not understood.

use crate::harness::sandbox::Sandbox;

#[test]
fn an_unknown_command_flag_or_value_is_refused_with_what_was_meant() {
    let sandbox = Sandbox::new();
    sandbox.run("shwo").refused().matches("usage_command");
    sandbox.run("new blog --framwork axum").refused().matches("usage_flag");
    sandbox.run("show --format jsn").refused().matches("usage_value");
    sandbox.run("list starter").refused().matches("usage_list");
    for (typed, meant) in [("nwe", "new"), ("chekc", "check"), ("version", "--version")] {
        sandbox.run(typed).refused().says(&[&format!("did you mean `{meant}`?")]);
    }
    for typed in ["run", "exit", "serve"] {
        let outcome = sandbox.run(typed).refused();
        assert!(!outcome.stderr.contains("did you mean"), "{outcome}");
    }
}

#[test]
fn too_many_words_and_missing_values_are_refused() {
    let sandbox = Sandbox::new();
    for line in [
        "show web http",
        "show --format",
        "show --color",
        "new blog --name",
        "new blog a b",
        "completions",
        "completions tcsh",
        "new blog --lang rust --dry-run --install",
        "list starters --format markdown",
        "pick --answer",
        "--color blue",
        "show --level most",
        "--roadmap",
    ] {
        sandbox.run(line).refused().says(&["--help"]);
    }
}

#[test]
fn the_hint_names_the_help_of_the_command_that_was_meant() {
    let sandbox = Sandbox::new();
    sandbox.run("new blog --nope").refused().says(&["roadmap new --help"]);
    sandbox.run("--nope").refused().says(&["roadmap --help"]);
}

#[cfg(unix)]
#[test]
fn words_that_are_no_text_are_refused_and_do_no_harm() {
    use std::os::unix::ffi::OsStringExt;
    let sandbox = Sandbox::new();
    let broken = std::ffi::OsString::from_vec(b"caf\xe9".to_vec());
    for line in ["show", "new", "pick --answer"] {
        sandbox.small(line).arg(broken.clone()).go().refused();
    }
}

#[test]
fn control_characters_of_an_argument_do_not_reach_the_terminal() {
    let sandbox = Sandbox::new();
    for line in ["show", "new", "show --lang", "new blog --name", "list"] {
        let outcome = sandbox.small(line).arg("a\u{1b}[31mb\u{7}").go().refused();
        assert!(!outcome.stderr.contains(['\u{1b}', '\u{7}']), "{outcome}");
    }
}
