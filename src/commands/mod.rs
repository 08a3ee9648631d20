//! One file per command: gather, compute, show.

mod content;
mod learner;
mod project;
mod shared;

use crate::cli::{Cli, Command, Format};
use crate::error::Error;
use crate::terminal::Screen;
use content::{completions, lint, list, pages, show};
use learner::{done, next, pick, progress, welcome};
use project::{adopt, check, doctor, hint, new, spec};
use shared::session::Session;

/// Runs the command of a command line.
///
/// # Errors
/// The error of the command.
pub fn run(cli: Cli, screen: &Screen) -> Result<(), Error> {
    let session = Session::new(cli.global, screen);
    match cli.command {
        None => welcome::run(cli.own_format.unwrap_or(Format::Text), &session),
        Some(_) if cli.own_format.is_some() => {
            Err(Error::user("--format stands before the command")
                .with_command_hint("it belongs behind it:", "roadmap progress --format json"))
        }
        Some(Command::Show(show)) => show::run(&show, &session),
        Some(Command::Pick(pick)) => pick::run(&pick, &session),
        Some(Command::New(new)) => new::run(&new, &session),
        Some(Command::List(list)) => list::run(&list, &session),
        Some(Command::Check(args)) => check::run(&args, &session),
        Some(Command::Spec(args)) => spec::run(&args, &session),
        Some(Command::Adopt(args)) => adopt::run(&args, &session),
        Some(Command::Hint(args)) => hint::run(&args, &session),
        Some(Command::Done(done)) => done::run(&done.marked, done::Change::Mark, &session),
        Some(Command::Undo(undo)) => done::run(&undo.marked, done::Change::Unmark, &session),
        Some(Command::Next(args)) => next::run(&args, &session),
        Some(Command::Progress(args)) => progress::run(&args, &session),
        Some(Command::Doctor(args)) => doctor::run(&args, &session),
        Some(Command::Lint(args)) => lint::run(&args, &session),
        Some(Command::Completions(completions)) => completions::run(&completions, &session),
        Some(Command::Man(_)) => pages::man(&session),
        // The words were turned into `--help` before they were read.
        Some(Command::Help(_)) => Ok(()),
    }
}
