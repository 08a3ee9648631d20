//! A command line that was not understood, printed like every other error.

use super::color::{ColorChoice, Environment, decide};
use super::layout::Layout;
use super::style::marked;
use crate::error::Error;
use crate::suggest::nearest;
use clap::Command;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use console::Term;
use std::ffi::OsString;
use std::io::{self, IsTerminal};

/// The wish for colour in a command line that could not be read.
#[must_use]
pub fn color_in(words: &[OsString]) -> ColorChoice {
    let words: Vec<_> = words.iter().map(|word| word.to_string_lossy()).collect();
    let behind = words.iter().position(|word| word == "--color").and_then(|at| words.get(at + 1));
    let joined = words.iter().find_map(|word| word.strip_prefix("--color="));
    match behind.map(AsRef::as_ref).or(joined) {
        Some("always") => ColorChoice::Always,
        Some("never") => ColorChoice::Never,
        _ => ColorChoice::Auto,
    }
}

/// The text of `--help` or `--version`.
#[must_use]
pub fn help(error: &clap::Error, wish: ColorChoice) -> String {
    let text = error.render();
    let colored = decide(wish, Environment::read(), io::stdout().is_terminal());
    if colored { marked(&text.ansi().to_string()) } else { text.to_string() }
}

/// `command` whose notes below the options have headings like those of clap, and columns that fit the
/// terminal; so have its subcommands.
#[must_use]
pub fn with_fitted_notes(command: Command) -> Command {
    let layout = Layout::from_terminal(&Term::stdout());
    let header = *command.get_styles().get_header();
    let notes = command.get_after_help().map(|notes| {
        let lines = notes.to_string();
        let lines = lines.lines().map(|line| fitted(line, header, layout));
        lines.collect::<Vec<_>>().join("\n")
    });
    let command = match notes {
        Some(notes) => command.after_help(notes),
        None => command,
    };
    command.mut_subcommands(with_fitted_notes)
}

/// A heading in the style of headings; what stands beside a column below it where there is no room.
fn fitted(line: &str, header: clap::builder::styling::Style, layout: Layout) -> String {
    if line.ends_with(':') && !line.starts_with(' ') {
        return format!("{header}{line}{header:#}");
    }
    if !line.starts_with("  ") || !layout.is_narrow() {
        return line.to_owned();
    }
    match line.trim_start().split_once("  ") {
        // An exit code.
        Some((first, _)) if first.len() < 4 => layout.hanging(line, 7).trim_end().to_owned(),
        Some((first, about)) => {
            format!("  {first}\n{}", layout.paragraph(about.trim_start(), 4).trim_end())
        }
        // What stands below a line too long for its column.
        None if line.starts_with("      ") => {
            layout.paragraph(line.trim_start(), 4).trim_end().to_owned()
        }
        None => line.to_owned(),
    }
}

/// `help [COMMAND]` as the same words with `--help`: the options before it stay.
#[must_use]
pub fn rewrite_help(words: &[OsString]) -> Option<Vec<OsString>> {
    // What stands before the command can only be an option; of those that take a value the value
    // is no command.
    let takes_value = |word: &OsString| {
        ["--color", "--roadmap", "--templates"].iter().any(|option| word == option)
    };
    let mut at = 1;
    while let Some(word) = words.get(at) {
        if !word.to_string_lossy().starts_with('-') {
            break;
        }
        at += if takes_value(word) { 2 } else { 1 };
    }
    if words.get(at).is_none_or(|word| word != "help")
        || words[at..].iter().any(|word| word == "--help" || word == "-h")
    {
        return None;
    }
    let mut asked: Vec<OsString> = words.to_vec();
    asked.remove(at);
    asked.push("--help".into());
    Some(asked)
}

/// The error in our form: what was not understood, and what would be.
#[must_use]
pub fn explain(error: &clap::Error, typed: &[OsString], commands: &[&str]) -> Error {
    let context = |kind| error.get(kind).map(words).unwrap_or_default();
    let (argument, value) = (context(ContextKind::InvalidArg), context(ContextKind::InvalidValue));
    let message = match error.kind() {
        ErrorKind::InvalidSubcommand => {
            format!("unknown command `{}`", context(ContextKind::InvalidSubcommand))
        }
        ErrorKind::UnknownArgument => format!("unknown argument `{argument}`"),
        ErrorKind::InvalidValue if value.is_empty() => format!("`{argument}` needs a value"),
        // A word in its place, not the value of an option.
        ErrorKind::InvalidValue if argument.starts_with(['[', '<']) => {
            format!("unknown word `{value}`")
        }
        ErrorKind::InvalidValue => format!("`{argument}` does not take `{value}`"),
        ErrorKind::MissingRequiredArgument => format!("missing: {argument}"),
        ErrorKind::ArgumentConflict => {
            format!("{argument} cannot go with {}", context(ContextKind::PriorArg))
        }
        _ => first_line(error),
    };
    let mut advised = Error::user(message);
    // What other programs call it.
    if error.kind() == ErrorKind::InvalidSubcommand
        && let Some(own) = our_word(&context(ContextKind::InvalidSubcommand))
    {
        return advised
            .hint(format!("did you mean `{own}`?"))
            .with_command_hint("what can be typed here:", help_line(typed, commands));
    }
    if error.kind() == ErrorKind::InvalidSubcommand {
        // clap counts two letters that changed places as two mistakes, and takes what is far for near.
        let word = context(ContextKind::InvalidSubcommand);
        if let Some(command) = nearest(&word, commands.iter().copied()) {
            advised = advised.hint(format!("did you mean `{command}`?"));
        }
        return advised.with_command_hint("what can be typed here:", help_line(typed, commands));
    }
    let near = [ContextKind::SuggestedArg, ContextKind::SuggestedValue];
    if let Some(word) = near.into_iter().map(context).find(|word| !word.is_empty()) {
        let words = word.split(", ").map(|word| format!("`{word}`")).collect::<Vec<_>>();
        advised = advised.hint(format!("did you mean {}?", words.join(" or ")));
    }
    let valid = context(ContextKind::ValidValue);
    if !valid.is_empty() {
        advised = advised.hint(format!("there are: {valid}"));
    }
    advised.with_command_hint("what can be typed here:", help_line(typed, commands))
}

/// Our command for a word of other programs.
fn our_word(word: &str) -> Option<&'static str> {
    match word {
        "init" | "create" | "generate" | "scaffold" | "start" => Some("new"),
        "test" | "verify" | "submit" => Some("check"),
        "status" => Some("progress"),
        "ls" => Some("list"),
        "quiz" | "choose" => Some("pick"),
        "version" => Some("--version"),
        _ => None,
    }
}

fn words(value: &ContextValue) -> String {
    match value {
        ContextValue::Strings(all) => all.join(", "),
        other => other.to_string(),
    }
}

fn first_line(error: &clap::Error) -> String {
    let text = error.render().to_string();
    let line = text.lines().next().unwrap_or_default();
    line.trim_start_matches("error: ").to_owned()
}

/// The help of the command that was meant, if one was named.
fn help_line(typed: &[OsString], commands: &[&str]) -> String {
    let typed = typed.iter().filter_map(|word| word.to_str());
    match typed.skip(1).find(|word| commands.contains(word)) {
        Some(command) => format!("roadmap {command} --help"),
        None => "roadmap --help".to_owned(),
    }
}
