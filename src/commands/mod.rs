//! One file per command: gather, compute, show.

mod done;
mod lint;
mod list;
mod new;
mod pages;
mod pick;
mod resolve;
mod session;
mod show;
mod welcome;

use crate::cli::{Cli, Command};
use crate::error::Error;
use crate::terminal::Screen;
use session::Session;

/// Runs the command of a command line.
///
/// # Errors
/// Whatever kept it from its answer.
pub fn run(cli: Cli, screen: &Screen) -> Result<(), Error> {
    let session = Session::new(cli.global, screen);
    match cli.command {
        None => welcome::run(&session),
        Some(Command::Show(show)) => show::run(&show, &session),
        Some(Command::Pick(pick)) => pick::run(&pick, &session),
        Some(Command::New(new)) => new::run(&new, &session),
        Some(Command::List(list)) => list::run(&list, &session),
        Some(Command::Done(done)) => done::run(&done.marked, done::To::Done, &session),
        Some(Command::Undo(undo)) => done::run(&undo.marked, done::To::Open, &session),
        Some(Command::Lint(args)) => lint::run(&args, &session),
        Some(Command::Completions(completions)) => pages::completions(&completions, &session),
        Some(Command::Man(_)) => pages::man(&session),
    }
}
