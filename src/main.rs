//! Parses the command line, runs the command, reports, and ends with the exit code.

use roadmap::cli;
use roadmap::commands;
use roadmap::error::exit;
use roadmap::terminal::{Screen, bug};
use std::process::ExitCode;

fn main() -> ExitCode {
    bug::report_panics();
    let words: Vec<_> = std::env::args_os().collect();
    let (screen, parsed) = cli::parse(&words);
    ExitCode::from(run(&screen, parsed))
}

fn run(screen: &Screen, parsed: Result<cli::Parsed, roadmap::error::Error>) -> u8 {
    let done = match parsed {
        Ok(cli::Parsed::Run(cli)) => commands::run(*cli, screen),
        Ok(cli::Parsed::Print(text)) => screen.print(&text),
        Err(error) => Err(error),
    };
    match done {
        Ok(()) => exit::DONE,
        Err(error) => {
            screen.error(&error);
            error.kind.exit_code()
        }
    }
}
