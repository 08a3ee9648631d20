//! `roadmap adopt`: a repository in any language becomes one that `check` can start.

use crate::cli::{AdoptArgs, Format};
use crate::commands::shared::contracts;
use crate::commands::shared::session::{Session, read_content};
use crate::contract::format::{self, Contract};
use crate::contract::server::Repository;
use crate::error::Error;
use crate::manifest::{Commands, Database, Installed, Manifest, SCHEMA, Starter};
use crate::shell;
use crate::starter::{self, Adopted, NewFile};
use crate::terminal::json;
use crate::terminal::views::adopt::{AdoptOutput, text};
use std::path::Path;
use std::{env, fs};

/// Where `check` looks.
const STARTER: &str = ".roadmap/starter.toml";
const CONTRACT: &str = ".roadmap/contract.yaml";

pub(in crate::commands) fn run(args: &AdoptArgs, session: &Session<'_>) -> Result<(), Error> {
    let root = env::current_dir().map_err(|error| Error::io("find the current folder", &error))?;
    let (contract, contract_text) = contract(args, session)?;
    refuse_other_project(&root, &contract.project)?;
    let mut files = vec![
        NewFile { path: STARTER.to_owned(), bytes: manifest(args, &contract)?.into_bytes() },
        NewFile { path: CONTRACT.to_owned(), bytes: contract_text.into_bytes() },
        // What passed is this machine's, not the repository's.
        NewFile { path: ".roadmap/.gitignore".to_owned(), bytes: b"passed.json\n".to_vec() },
    ];
    if args.contract.is_none() {
        let given = session.library()?.project_files(&contract.project)?;
        files.extend(given.into_iter().map(|(path, bytes)| NewFile { path, bytes }));
    }
    let adopted = if args.dry_run {
        starter::plan_adoption(&root, &files)
    } else {
        starter::adopt(&root, &files)?
    };
    let Adopted { written, existing } = adopted;
    let stays = |file: &NewFile| {
        existing.contains(&file.path)
            && fs::read(root.join(&file.path)).is_ok_and(|bytes| bytes != file.bytes)
    };
    if files.iter().any(|file| file.path == STARTER && stays(file)) {
        session.screen.note(&format!(
            "{STARTER} was here and stays: its commands are run, not those of this line; change them there"
        ));
    }
    // Without a milestone that is given, a plain `check` has nothing to check at first.
    let is_given = contract.milestones.iter().any(|milestone| milestone.given);
    let check = if is_given { "roadmap check" } else { "roadmap check next" };
    let answer = AdoptOutput {
        project: contract.project.clone(),
        written,
        existing,
        next: vec!["roadmap spec".to_owned(), check.to_owned()],
        dry_run: args.dry_run,
    };
    session.screen.print(&match args.format {
        Format::Json => json::text(&answer)?,
        Format::Text => text(&answer, session.screen.layout()),
    })
}

/// A repository has one project.
fn refuse_other_project(root: &Path, project: &str) -> Result<(), Error> {
    let here = Repository::find(root)?.filter(|repository| repository.root == root);
    match here.map(|repository| repository.facts.starter.project) {
        Some(own) if own != project => {
            Err(Error::user(format!("this repository is `{own}` already"))
                .hint(format!(
                    "to adopt it as another project, move {STARTER} and {CONTRACT} away first"
                ))
                .with_command_hint("what is asked of it:", "roadmap spec"))
        }
        _ => Ok(()),
    }
}

/// The contract that is named, and its text.
fn contract(args: &AdoptArgs, session: &Session<'_>) -> Result<(Contract, String), Error> {
    let Some(path) = &args.contract else {
        let roadmap = session.roadmap()?;
        let library = session.library()?;
        let catalog = session.catalog(&roadmap, &library)?;
        return contracts::text_of_project(&library, catalog.project(&args.project)?);
    };
    let text = read_content(path, "the contract")?;
    let contract = format::parse(&path.display().to_string(), &text)?;
    if contract.project != args.project {
        return Err(Error::user(format!(
            "{} is the contract of `{}`, not of `{}`",
            path.display(),
            contract.project,
            args.project
        ))
        .hint(format!("name that project: roadmap adopt {} ...", contract.project)));
    }
    Ok((contract, text))
}

/// `starter.toml` for what the command line says.
fn manifest(args: &AdoptArgs, contract: &Contract) -> Result<String, Error> {
    let run = words("--run", &args.run)?;
    let all = |option: &str, lines: &[String]| {
        lines.iter().map(|line| words(option, line)).collect::<Result<Vec<_>, _>>()
    };
    let (install, build) = (all("--install", &args.install)?, all("--build", &args.build)?);
    let Some((variable, url)) = args.database.split_once('=') else {
        return Err(Error::user(format!("`--database {}` names no variable", args.database))
            .hint("write VARIABLE=URL, with {path} for the file")
            .with_command_hint("for example:", "--database 'DATABASE_URL=sqlite:///{path}'"));
    };
    if !url.contains("{path}") {
        return Err(Error::user("`--database` needs {path} where the file of the database stands")
            .hint("each run of `check` begins with a fresh file, and puts its path there")
            .with_command_hint("for example:", "--database 'DATABASE_URL=sqlite:///{path}'"));
    }
    let manifest = Manifest {
        schema: SCHEMA,
        starter: Starter {
            project: contract.project.clone(),
            language: "other".to_owned(),
            framework: "other".to_owned(),
            roadmap: env!("CARGO_PKG_VERSION").to_owned(),
            contract: contract.version,
            already: Vec::new(),
        },
        commands: Commands { install, build, run, ..Commands::default() },
        database: Database { variable: variable.to_owned(), url: url.to_owned() },
        installed: Installed::default(),
        tools: Vec::new(),
    };
    manifest.text().map_err(|why| Error::user("failed to write starter.toml").with_cause(why))
}

/// A command line as a shell splits it.
fn words(option: &str, line: &str) -> Result<Vec<String>, Error> {
    let words = shell::split(line).filter(|words| !words.is_empty());
    words.ok_or_else(|| {
        let why = if line.trim().is_empty() { "is empty" } else { "has a quote that does not end" };
        Error::user(format!("`{option} {line}` {why}"))
            .hint("give one command, as you would type it, in quotes")
            .hint("for &&, pipes or $VARIABLES: sh -c '...'")
    })
}
