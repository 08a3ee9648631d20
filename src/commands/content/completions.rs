//! `roadmap completions`: a shell's completions, with the values that the roadmap knows.

use crate::cli::{Cli, CompletionsArgs};
use crate::commands::shared::contracts;
use crate::commands::shared::session::Session;
use crate::error::Error;
use crate::shell;
use clap::builder::PossibleValuesParser;
use clap::{Arg, Command, CommandFactory};
use clap_complete::Shell;

/// The ids that somebody may type, by kind. They are written into the script: completions that ask
/// the program at each key are not stable in clap yet.
struct CompletionValues {
    languages: Vec<String>,
    frameworks: Vec<String>,
    projects: Vec<String>,
    stages: Vec<String>,
    /// As STAGE/TOPIC.
    places: Vec<String>,
    topics: Vec<String>,
    milestones: Vec<String>,
}

pub(in crate::commands) fn run(args: &CompletionsArgs, session: &Session<'_>) -> Result<(), Error> {
    let values = values(session)?;
    let mut command = with_values(Cli::command(), &values);
    let mut bytes = Vec::new();
    clap_complete::generate(args.shell, &mut command, "roadmap", &mut bytes);
    let mut text = String::from_utf8_lossy(&bytes).into_owned();
    if args.shell == Shell::Fish {
        text.push_str(&fish_words(&command));
    }
    session.screen.print(&text)
}

fn values(session: &Session<'_>) -> Result<CompletionValues, Error> {
    let roadmap = session.roadmap()?;
    let library = session.library()?;
    let catalog = session.catalog(&roadmap, &library)?;
    let mut projects: Vec<String> =
        roadmap.projects.iter().map(|project| project.id.clone()).collect();
    projects.extend(catalog.starters().iter().map(|starter| starter.project.clone()));
    let mut milestones: Vec<String> = contracts::outlines_of(&roadmap, &library)?
        .into_iter()
        .flat_map(|contract| contract.milestones.into_iter().map(|milestone| milestone.id))
        .collect();
    for ids in [&mut projects, &mut milestones] {
        ids.sort_unstable();
        ids.dedup();
    }
    Ok(CompletionValues {
        languages: roadmap.languages.iter().map(|language| language.id.clone()).collect(),
        frameworks: roadmap.frameworks.iter().map(|framework| framework.id.clone()).collect(),
        projects,
        stages: roadmap.stages.iter().map(|stage| stage.id.clone()).collect(),
        places: roadmap
            .topics()
            .map(|(stage, topic)| format!("{}/{}", stage.id, topic.id))
            .collect(),
        topics: roadmap.topics().map(|(_, topic)| topic.id.clone()).collect(),
        milestones,
    })
}

/// The command line with the values that each of its arguments takes.
fn with_values(command: Command, values: &CompletionValues) -> Command {
    let stages_and_places = [values.stages.as_slice(), &values.places].concat();
    let stages_and_topics = [values.stages.as_slice(), &values.topics].concat();
    let checked = [&["next".to_owned()][..], &values.milestones, &values.stages].concat();
    let value_names = |command: &str, argument: &str| -> Option<&[String]> {
        Some(match (command, argument) {
            (_, "lang") => &values.languages,
            (_, "framework" | "keep") => &values.frameworks,
            (_, "project") | ("spec", "what") => &values.projects,
            ("show", "what") => &stages_and_places,
            ("done" | "undo", "ids") => &stages_and_topics,
            ("check", "milestones") => &checked,
            ("hint", "milestone") => &values.milestones,
            _ => return None,
        })
    };
    command.mut_subcommands(|sub| {
        let name = sub.get_name().to_owned();
        sub.mut_args(|arg| {
            let id = arg.get_id().as_str().to_owned();
            match value_names(&name, &id) {
                Some(ids) => arg.value_parser(PossibleValuesParser::new(ids.to_vec())),
                None => arg,
            }
        })
    })
}

/// The words that stand without an option: clap's script for fish leaves them out.
fn fish_words(command: &Command) -> String {
    let mut text = String::new();
    for sub in command.get_subcommands() {
        let words: Vec<String> = sub.get_positionals().flat_map(possible).collect();
        if !words.is_empty() {
            let condition = format!("__fish_seen_subcommand_from {}", sub.get_name());
            let (condition, words) = (shell::word(&condition), shell::word(&words.join(" ")));
            text.push_str(&format!("complete -c roadmap -n {condition} -f -a {words}\n"));
        }
    }
    text
}

fn possible(arg: &Arg) -> Vec<String> {
    arg.get_possible_values().iter().map(|value| value.get_name().to_owned()).collect()
}
