//! `roadmap hint`: one more hint at each call.

use crate::cli::{Format, HintArgs};
use crate::commands::shared::contracts;
use crate::commands::shared::reading::topics_to_read;
use crate::commands::shared::session::Session;
use crate::contract::format::{ContractOutline, History, Milestone, milestone};
use crate::contract::server::Repository;
use crate::curriculum::outline;
use crate::error::Error;
use crate::terminal::json;
use crate::terminal::views::hint::{MilestoneHints, text, to_json};

pub(in crate::commands) fn run(args: &HintArgs, session: &Session<'_>) -> Result<(), Error> {
    let (contract, known) = contract(args, session)?;
    let milestone = match args.milestone.as_deref() {
        None | Some("next") => known.next(&contract).ok_or_else(|| all_passed(&contract))?,
        Some(word) => milestone(&contract, word)?,
    };
    require_help(&contract, milestone)?;
    let key = format!("{}/{}", contract.project, milestone.id);
    let roadmap = session.roadmap()?;
    let hints = milestone.hints.len();
    let mut shown = 0;
    if hints > 0 {
        let saved =
            session.change_or_note(|document| shown = document.next_hint(&roadmap.id, &key, hints));
        if !saved {
            shown = session.next_hint(&roadmap.id, &key, hints);
        }
    }
    let done = session.done(&outline::RoadmapOutline::from_roadmap(&roadmap));
    let named = args.project.as_ref().map(|project| format!(" --project {project}"));
    let output = MilestoneHints {
        project: &contract.project,
        milestone,
        shown,
        reading: &topics_to_read(milestone, &roadmap, &done),
        named: named.as_deref().unwrap_or_default(),
    };
    session.screen.print(&match args.format {
        Format::Json => json::text(&to_json(&output))?,
        Format::Text => text(&output, session.screen.layout()),
    })
}

/// The contract of what is named, of where one stands, or of the project picked, and what has passed there.
fn contract(args: &HintArgs, session: &Session<'_>) -> Result<(ContractOutline, History), Error> {
    let roadmap = session.roadmap()?;
    let library = session.library()?;
    if let Some(project) = &args.project {
        let catalog = session.catalog(&roadmap, &library)?;
        let contract = contracts::outline_of_project(&library, catalog.project(project)?)?;
        return Ok(unstarted(contract));
    }
    if let Some(repository) = Repository::here()? {
        let contract = contracts::outline_of_repository(&repository, session)?;
        let known = contracts::known(&repository, &contract);
        return Ok((contract, known));
    }
    if let Some(pick) = session.pick(&roadmap.id) {
        return Ok(unstarted(contracts::outline_of_project(&library, &pick.project)?));
    }
    let milestone = args.milestone.as_deref().unwrap_or("next");
    let line = format!("roadmap hint {milestone} --project tasks");
    Err(Error::user("no project: you do not stand in a starter's repository")
        .with_command_hint("name the project:", line))
}

/// A contract of which a fresh starter has passed what is given.
fn unstarted(contract: ContractOutline) -> (ContractOutline, History) {
    let given = contract.milestones.iter().filter(|milestone| milestone.given);
    let known = History {
        passed: given.map(|milestone| milestone.id.clone()).collect(),
        ..History::default()
    };
    (contract, known)
}

fn all_passed(contract: &ContractOutline) -> Error {
    let project = &contract.project;
    Error::user(format!("every milestone of `{project}` that can be checked has passed"))
        .with_command_hint(
            "what is named for the way ahead:",
            format!("roadmap list milestones {project}"),
        )
}

/// A milestone says what it asks for in its rules, and helps by its hints; one may have neither yet.
fn require_help(contract: &ContractOutline, milestone: &Milestone<()>) -> Result<(), Error> {
    if !milestone.hints.is_empty() || !milestone.rules.is_empty() {
        return Ok(());
    }
    let (id, stage) = (&milestone.id, format!("roadmap show {}", milestone.stage));
    Err(if milestone.given {
        Error::user(format!("`{id}` has no hints: a fresh starter passes it"))
            .with_command_hint("the stage that explains it:", stage)
            .with_command_hint("what your server does of it:", format!("roadmap check {id}"))
    } else {
        Error::user(format!("`{id}` of `{}` has no hints yet", contract.project))
            .with_command_hint("the stage that explains it:", stage)
    })
}
