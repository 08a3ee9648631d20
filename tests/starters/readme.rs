//! The commands of a starter's README, in their order, and what a test does with each.

use std::fs;
use std::path::Path;

#[derive(Debug, PartialEq, Eq)]
pub enum Kind {
    /// Runs and ends with 0.
    Plain,
    /// Runs until it is stopped; with more words, where it does not take its port from `PORT`.
    Server(&'static str),
    /// Makes a migration: it runs once there is something to migrate.
    Migration,
    Skipped,
}

/// What is not plain, by a part of the command. The first that fits counts.
const KINDS: &[(&str, Kind)] = &[
    // No engine here; the images are built by hand.
    ("docker", Kind::Skipped),
    // `check` runs below, with a report; a hint is no part of the starter.
    ("roadmap ", Kind::Skipped),
    // A shell of its own, and no part of the toolchain.
    ("sqlite3", Kind::Skipped),
    // Asks for a name and a password.
    ("manage.py createsuperuser", Kind::Skipped),
    // Installs for the whole machine.
    ("cargo install", Kind::Skipped),
    ("bacon", Kind::Skipped),
    ("cargo watch", Kind::Skipped),
    ("fastapi dev", Kind::Server(" --port $PORT")),
    ("npm run dev", Kind::Server("")),
    ("manage.py serve --reload", Kind::Server("")),
    ("air-verse/air", Kind::Server("")),
    ("spring-boot:run", Kind::Server("")),
    // Both in their order: the data may have been deleted by a line between.
    ("alembic", Kind::Migration),
    ("manage.py makemigrations", Kind::Migration),
    ("manage.py migrate", Kind::Migration),
    ("drizzle-kit generate", Kind::Migration),
];

#[derive(Debug)]
pub struct Line {
    pub text: String,
    pub kind: Kind,
}

/// All lines of blocks of `sh`; one that ends with `\` goes on. `run` is the command that starts the server.
pub fn lines(root: &Path, run: &str) -> Result<Vec<Line>, String> {
    let text = fs::read_to_string(root.join("README.md")).map_err(|error| error.to_string())?;
    let mut lines = Vec::new();
    let mut block = None;
    for line in text.lines() {
        match (&block, line.trim_start().strip_prefix("```")) {
            (None, Some(language)) => block = Some(language.trim()),
            (Some(_), Some(_)) => block = None,
            (Some("sh"), None) => lines.push(line),
            _ => {}
        }
    }
    let whole = lines.join("\n").replace("\\\n", "");
    let commands = whole.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#'));
    Ok(commands.map(|line| Line { text: line.to_owned(), kind: kind(line, run) }).collect())
}

fn kind(line: &str, run: &str) -> Kind {
    if line == run {
        return Kind::Server("");
    }
    let known = KINDS.iter().find(|(part, _)| line.contains(part));
    match known.map(|(_, kind)| kind) {
        Some(Kind::Server(more)) => Kind::Server(more),
        Some(Kind::Migration) => Kind::Migration,
        Some(Kind::Skipped) => Kind::Skipped,
        _ => Kind::Plain,
    }
}
