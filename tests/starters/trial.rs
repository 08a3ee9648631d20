//! What a person does with a new starter, from the README's first line to a first migration.

use crate::commands::{self, Facts};
use crate::readme::{self, Kind, Line};
use crate::sandbox::Sandbox;
use crate::server::{Server, free_port};
use crate::{check, migration, unused};
use std::io::Write;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

pub fn whole(root: &Path, framework: &str, facts: &Facts) -> Result<(), String> {
    let sandbox = Sandbox::new(facts.tools.iter().map(|tool| tool.name.as_str()))?;
    let start = commands::line(&facts.commands.run);
    let lines = readme::lines(root, &start)?;
    for command in facts.commands.all() {
        if !lines.iter().any(|line| line.text == command) {
            return Err(format!("README.md does not say `{command}`"));
        }
    }
    let mut times = Vec::new();
    walk(&sandbox, root, &lines, &mut times)?;
    unchanged(root)?;
    let clock = Instant::now();
    unused::find(root, framework)?;
    times.push(format!("unused code {:.1} s", clock.elapsed().as_secs_f64()));
    let clock = Instant::now();
    let (checks, seconds) = check::given_milestones(&sandbox, root)?;
    let whole = clock.elapsed().as_secs_f64();
    times.push(format!("check {whole:.1} s ({checks} checks in {seconds:.1} s)"));
    let clock = Instant::now();
    migration::apply(&sandbox, root, framework, &lines, facts)?;
    // What the migration brought keeps the linters content, and the tests green.
    for words in facts.commands.lint.iter().chain(&facts.commands.test) {
        commands::run(&sandbox, root, &commands::line(words), 0)?;
    }
    times.push(format!("migration {:.1} s", clock.elapsed().as_secs_f64()));
    let mut err = std::io::stderr();
    let _ = err.write_all(format!("  {}\n", times.join("\n  ")).as_bytes());
    Ok(())
}

/// Each command of the README in its order; the server runs until another starts, or the data goes.
fn walk(
    sandbox: &Sandbox,
    root: &Path,
    lines: &[Line],
    times: &mut Vec<String>,
) -> Result<(), String> {
    let port = free_port();
    let mut server: Option<Server> = None;
    for line in lines {
        // The README's own port may be taken on this machine.
        let text = line.text.replace("127.0.0.1:8000", &format!("127.0.0.1:{port}"));
        let clock = Instant::now();
        match line.kind {
            Kind::Skipped | Kind::Migration => continue,
            Kind::Server(more) => {
                server.take().map_or(Ok(()), |server| server.stop(port))?;
                server = Some(Server::start(sandbox, root, &format!("{text}{more}"), port)?);
            }
            Kind::Plain => {
                if text.starts_with("rm ") {
                    server.take().map_or(Ok(()), |server| server.stop(port))?;
                }
                commands::run(sandbox, root, &text, port)?;
            }
        }
        times.push(format!("{:>6.1} s  {text}", clock.elapsed().as_secs_f64()));
    }
    server.map_or(Ok(()), |server| server.stop(port))
}

/// Nothing that the README says changes a file of the repository.
fn unchanged(root: &Path) -> Result<(), String> {
    let mut git = Command::new("git");
    git.args(["diff", "--exit-code"]).current_dir(root);
    let output = git.output().map_err(|error| error.to_string())?;
    if output.status.success() {
        return Ok(());
    }
    Err(format!("the README's commands changed:\n{}", String::from_utf8_lossy(&output.stdout)))
}
