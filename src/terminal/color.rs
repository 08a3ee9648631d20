//! Whether output is coloured: decided once, for every crate that colours.

use super::printable::{Styles, printable};
use std::env;

/// The user's wish, `--color`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum ColorChoice {
    // Variants without help: clap would print every option over several lines.
    Auto,
    Always,
    Never,
}

/// `text` without colour, for a file: it is no terminal, whatever this one can. Whoever shows it
/// on one later is as safe as with the text on stdout.
#[must_use]
pub fn plain(text: &str) -> String {
    printable(text, Styles::Drop).into_owned()
}

/// What the environment says about colour.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Environment {
    /// `NO_COLOR` is set and not empty (no-color.org).
    pub no_color: bool,
    /// `CLICOLOR_FORCE` is set, not empty and not `0` (bixense.com/clicolors).
    pub force: bool,
    /// `CLICOLOR` is `0`.
    pub off: bool,
    /// `TERM` is `dumb`.
    pub dumb: bool,
}

impl Environment {
    pub(super) fn read() -> Self {
        let is = |name: &str, test: fn(&str) -> bool| {
            env::var_os(name).is_some_and(|value| test(&value.to_string_lossy()))
        };
        Self {
            no_color: is("NO_COLOR", |value| !value.is_empty()),
            force: is("CLICOLOR_FORCE", |value| !value.is_empty() && value != "0"),
            off: is("CLICOLOR", |value| value == "0"),
            dumb: is("TERM", |value| value == "dumb"),
        }
    }
}

/// The decision for one stream: the flag, then `NO_COLOR`, then `CLICOLOR_FORCE`, then
/// whether it is a terminal that can.
pub(super) fn decide(choice: ColorChoice, environment: Environment, is_terminal: bool) -> bool {
    match choice {
        ColorChoice::Always => true,
        ColorChoice::Never => false,
        ColorChoice::Auto if environment.no_color => false,
        ColorChoice::Auto if environment.force => true,
        ColorChoice::Auto => is_terminal && !environment.off && !environment.dumb,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_flag_wins_over_the_environment() {
        let no = Environment { no_color: true, ..Environment::default() };
        assert!(decide(ColorChoice::Always, no, false));
        let force = Environment { force: true, ..Environment::default() };
        assert!(!decide(ColorChoice::Never, force, true));
    }

    #[test]
    fn no_color_wins_over_force() {
        let both = Environment { no_color: true, force: true, ..Environment::default() };
        assert!(!decide(ColorChoice::Auto, both, true));
    }

    #[test]
    fn without_a_wish_a_terminal_is_coloured_and_a_pipe_is_not() {
        let none = Environment::default();
        assert!(decide(ColorChoice::Auto, none, true));
        assert!(!decide(ColorChoice::Auto, none, false));
        assert!(decide(ColorChoice::Auto, Environment { force: true, ..none }, false));
        assert!(!decide(ColorChoice::Auto, Environment { dumb: true, ..none }, true));
        assert!(!decide(ColorChoice::Auto, Environment { off: true, ..none }, true));
    }
}
