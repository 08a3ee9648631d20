//! A migration, written and applied as the README says: a table of its own.

use crate::commands::{self, Facts};
use crate::readme::{Kind, Line};
use crate::sandbox::Sandbox;
use crate::server::{Server, free_port};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::Path;

/// The name of the table.
const TABLE: &[u8] = b"notes_of_a_test";

/// What a learner writes to get that table.
#[derive(Deserialize)]
struct Change {
    /// Path in the repository, with `{project}` for the project's name; created if it is not there.
    file: String,
    /// Goes to the end of the file.
    text: String,
}

pub fn apply(
    sandbox: &Sandbox,
    root: &Path,
    framework: &str,
    lines: &[Line],
    facts: &Facts,
) -> Result<(), String> {
    let all: BTreeMap<String, Change> =
        toml::from_str(include_str!("migrations.toml")).expect("the form of migrations.toml");
    let change = all.get(framework).ok_or(format!("{framework}: not in migrations.toml"))?;
    let path = change.file.replace("{project}", &facts.starter.project);
    let file = OpenOptions::new().append(true).create(true).open(root.join(&path));
    let written = file.and_then(|mut file| file.write_all(change.text.as_bytes()));
    written.map_err(|error| format!("{path}: {error}"))?;
    let port = free_port();
    for line in lines.iter().filter(|line| line.kind == Kind::Migration) {
        commands::run(sandbox, root, &line.text, port)?;
    }
    // Where migrations are part of the program.
    for words in &facts.commands.build {
        commands::run(sandbox, root, &words.join(" "), port)?;
    }
    Server::start(sandbox, root, &facts.commands.run.join(" "), port)?.stop(port)?;
    let stored = fs::read_dir(root.join("data")).map_err(|error| format!("data: {error}"))?;
    for entry in stored.flatten() {
        let bytes = fs::read(entry.path()).unwrap_or_default();
        if bytes.windows(TABLE.len()).any(|part| part == TABLE) {
            return Ok(());
        }
    }
    Err(format!("no table {} in data/ after the migration", String::from_utf8_lossy(TABLE)))
}
