//! `serve --project tasks [--fault NAME] [--with MILESTONE|nothing]... [--vacuous KIND]`, or `serve --hostile NAME`.

use super::blog::api::Blog;
use super::chat::api::Chat;
use super::chat::broker;
use super::faults;
use super::learner;
use super::pages::Site;
use super::protocol::hostile;
use super::server::{self, Project, setting};
use super::shop::api::Shop;
use super::store::Store;
use super::tasks::api::Tasks;
use super::vacuous;
use std::collections::BTreeSet;
use std::io::Write;
use std::process::ExitCode;

#[derive(Default)]
struct Options {
    project: String,
    fault: String,
    hostile: String,
    vacuous: String,
    with: BTreeSet<String>,
}

/// Serves as the arguments say; a mistake in them ends with 2.
pub fn serve(arguments: impl Iterator<Item = String>) -> ExitCode {
    let result = read(arguments).and_then(|options| {
        faults::start_with(&options.fault);
        vacuous::start_with(&options.vacuous);
        learner::start_with(options.with.clone());
        start(&options).map_err(|error| error.to_string())
    });
    result.unwrap_or_else(|message| {
        let _ = writeln!(std::io::stderr(), "error: {message}");
        ExitCode::from(2)
    })
}

/// Prints the faults of these projects, with what is wrong.
pub fn list(projects: impl Iterator<Item = String>) -> ExitCode {
    let mut out = std::io::stdout().lock();
    for fault in projects.flat_map(|project| faults::of(&project)) {
        // Whoever reads may stop early.
        let _ = writeln!(out, "{}\t{}", fault.name, fault.wrong);
    }
    ExitCode::SUCCESS
}

fn read(mut arguments: impl Iterator<Item = String>) -> Result<Options, String> {
    let mut options = Options::default();
    while let Some(name) = arguments.next() {
        let value = arguments.next().ok_or_else(|| format!("{name} needs a value"))?;
        match name.as_str() {
            "--project" => options.project = value,
            "--fault" => options.fault = value,
            "--hostile" => options.hostile = value,
            "--vacuous" => options.vacuous = value,
            "--with" => drop(options.with.insert(value)),
            _ => return Err(format!("no option {name} {value}")),
        }
    }
    if hostile::MODES.iter().any(|(name, _)| *name == options.hostile) {
        return Ok(options);
    }
    if !options.hostile.is_empty() {
        return Err(format!("no hostile server {:?}", options.hostile));
    }
    let known = faults::of(&options.project);
    if known.is_empty() {
        return Err(format!("no project {:?}", options.project));
    }
    let built = learner::of(&options.project);
    if let Some(name) = options
        .with
        .iter()
        .find(|name| !built.contains(&name.as_str()) && *name != learner::NOTHING)
    {
        return Err(format!("{} has no milestone {name:?} of the learner", options.project));
    }
    let no_kind = vacuous::KINDS.iter().all(|(name, _)| *name != options.vacuous);
    if no_kind && !options.vacuous.is_empty() {
        return Err(format!("no vacuous server {:?}", options.vacuous));
    }
    if options.fault.is_empty() {
        return Ok(options);
    }
    match known.iter().find(|fault| fault.name == options.fault) {
        Some(fault) => match fault.milestone {
            Some(name) if !options.with.contains(name) => {
                Err(format!("{} is a fault of `--with {name}`", fault.name))
            }
            _ => Ok(options),
        },
        None => Err(format!("{} has no fault {:?}", options.project, options.fault)),
    }
}

fn start(options: &Options) -> std::io::Result<ExitCode> {
    if !options.hostile.is_empty() {
        return hostile::serve(&options.hostile);
    }
    let default = format!("data/{}.journal", options.project);
    let store = Store::open(&setting("DATABASE_URL", &default), broker::address().is_some())?;
    let project: Box<dyn Project> = match options.project.as_str() {
        "blog" => Box::new(Blog::new(store, learner::has("accounts"))),
        "chat" => Box::new(Chat::new(store)),
        "shop" => Box::new(Shop::new(store)?),
        "tasks" => Box::new(Tasks::new(store, learner::has("accounts"))),
        other => return Err(std::io::Error::other(format!("no project {other}"))),
    };
    server::serve(project, Site::load(&options.project)?)
}
