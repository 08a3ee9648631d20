//! Runs the situations in turn, prints the table, and compares it with the page.

use crate::place::Tried;
use crate::table::{ALL, END, Row, START, on_page};
use crate::{faults, gits, pauses, races, strangers, targets};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::Instant;
use std::{env, fs};

/// One situation, and what tries it.
pub type Trial = (Row, fn() -> Tried);

fn trials() -> Vec<Trial> {
    [
        targets::trials(),
        faults::trials(),
        pauses::trials(),
        races::trials(),
        gits::trials(),
        strangers::trials(),
    ]
    .concat()
}

fn say(text: &str) {
    let _ = std::io::stdout().write_all(text.as_bytes());
}

pub fn run() -> ExitCode {
    if Command::new("strace").arg("--version").output().is_err() {
        say("strace is needed: apt-get install strace\n");
        return ExitCode::FAILURE;
    }
    let filter = env::args().skip(1).find(|word| !word.starts_with('-'));
    let trials = trials();
    let mut rows = Vec::new();
    let mut good = true;
    for row in ALL {
        let trials_of_row = trials.iter().find(|(name, _)| name == row);
        let Some((_, trial)) = trials_of_row else {
            say(&format!("no trial for: {}\n", row.0));
            good = false;
            continue;
        };
        if filter.as_ref().is_some_and(|word| !row.0.contains(word.as_str())) {
            continue;
        }
        let start = Instant::now();
        let tried = trial();
        let seconds = start.elapsed().as_secs_f64();
        let result = match &tried.failures[..] {
            [] => "holds".to_owned(),
            failures => {
                good = false;
                say(&format!("\n{}: {} failures\n", row.0, failures.len()));
                failures.iter().take(4).for_each(|failure| say(&format!("  {failure}\n")));
                format!("fails {} times", failures.len())
            }
        };
        say(&format!("{}: {result}, {} runs, {seconds:.1} s\n", row.0, tried.runs));
        rows.push(format!("| {} | {} | {result} | {} |\n", row.0, row.1, tried.runs));
    }
    let head = "| situation | expectation | result | runs |\n|---|---|---|---|\n";
    let table = format!("\n{head}{}", rows.concat());
    say(&table);
    if filter.is_none() && env::var("SNAPSHOTS").is_ok_and(|mode| mode == "overwrite") {
        rewrite(&table);
    }
    if good { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn page() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/safety.md")
}

fn rewrite(table: &str) {
    let text = fs::read_to_string(page()).expect("the page");
    let old = on_page(&text).expect("the two markers");
    let new = text.replacen(&format!("{START}{old}{END}"), &format!("{START}{table}{END}"), 1);
    fs::write(page(), new).expect("written");
}
