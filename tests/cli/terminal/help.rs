//! The first things that somebody types.

use crate::harness::sandbox::Sandbox;
use clap::CommandFactory;

#[test]
fn alone_it_says_how_to_begin_and_after_a_pick_the_progress() {
    let sandbox = Sandbox::new();
    sandbox.run("").done().matches("welcome");
    sandbox.run("pick --answer goal=site --answer know=rust --answer hours=ten").done();
    sandbox.run("").done().matches("welcome_after_a_pick");
}

#[test]
fn the_help_teaches_with_examples_and_exit_codes() {
    let sandbox = Sandbox::new();
    sandbox.bare("--help").go().done().matches("help");
    sandbox.bare("show --help").go().done().matches("help_show");
    sandbox.bare("pick --help").go().done().matches("help_pick");
    sandbox.bare("new --help").go().done().matches("help_new");
    sandbox.bare("list --help").go().done().matches("help_list");
    sandbox.bare("check --help").go().done().matches("help_check");
    sandbox.bare("hint --help").go().done().matches("help_hint");
    sandbox.bare("lint --help").go().done().matches("help_lint");
}

#[test]
fn what_stands_below_the_options_fits_into_80_columns() {
    let whole = roadmap::cli::Cli::command();
    for command in whole.get_subcommands().chain([&whole]) {
        let text = command.get_after_help().map(ToString::to_string).unwrap_or_default();
        let long: Vec<&str> = text.lines().filter(|line| line.chars().count() > 80).collect();
        assert!(long.is_empty(), "{}: {long:?}", command.get_name());
    }
}

#[test]
fn the_version_is_the_crates() {
    let outcome = Sandbox::new().bare("--version").go().done();
    assert_eq!(outcome.stdout, format!("roadmap {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn every_shell_gets_completions_that_know_the_commands() {
    let sandbox = Sandbox::new();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let outcome = sandbox.bare(&format!("completions {shell}")).go().done();
        for word in ["show", "pick", "new", "list"] {
            assert!(outcome.stdout.contains(word), "{word} for {shell}");
        }
        assert_eq!(outcome.stderr, "");
    }
}

#[test]
fn the_manual_page_has_every_command_and_the_exit_codes() {
    let page = Sandbox::new().bare("man").go().done().stdout;
    assert!(page.contains(".TH roadmap"), "{page}");
    for word in ["ROADMAP SHOW", "ROADMAP PICK", "ROADMAP NEW", "ROADMAP LIST", "Exit codes"] {
        assert!(page.contains(word), "no {word}");
    }
}

#[test]
fn help_is_as_the_option() {
    let sandbox = Sandbox::new();
    let text = |line: &str| sandbox.bare(line).go().done().stdout;
    assert_eq!(text("help"), text("--help"));
    assert_eq!(text("help new"), text("new --help"));
    assert_eq!(text("--color never help progress export"), text("progress export --help"));
    sandbox.bare("help shwo").go().refused().says(&["unknown command `shwo`", "`show`"]);
    sandbox.bare("init").go().refused().says(&["did you mean `new`?"]);
}

#[test]
fn completions_know_the_ids_of_the_roadmap() {
    let sandbox = Sandbox::new();
    for shell in ["bash", "zsh", "fish"] {
        let script = sandbox.small(&format!("completions {shell}")).go().done().stdout;
        for id in ["rust", "rocket", "blog", "basics", "basics/http", "rocket-pools", "accounts"] {
            assert!(script.contains(id), "{id} for {shell}");
        }
    }
}
