//! `roadmap spec`: what is asked, in full.

use crate::cli::{SpecArgs, SpecFormat};
use crate::commands::shared::contracts;
use crate::commands::shared::session::Session;
use crate::contract::format::{self, ContractOutline};
use crate::contract::server::Repository;
use crate::curriculum::outline::Named as Project;
use crate::error::Error;
use crate::terminal::json;
use crate::terminal::views::spec::{Specification, markdown, text, to_json};

pub(in crate::commands) fn run(args: &SpecArgs, session: &Session<'_>) -> Result<(), Error> {
    let projects = session.outline()?.projects;
    let NamedContract { contract, milestone, is_here } =
        named_contract(args.what.as_deref(), &projects, session)?;
    if args.openapi {
        return openapi(&contract, session);
    }
    let milestone = milestone.map(|id| format::milestone(&contract, &id)).transpose()?;
    let known = projects.iter().find(|project| project.id == contract.project);
    let title = known.map_or(contract.project.as_str(), |project| project.title.as_str());
    let specification = Specification { contract: &contract, title, milestone, is_here };
    session.screen.print(&match args.format {
        SpecFormat::Text => text(&specification, session.screen.layout()),
        SpecFormat::Markdown => markdown(&specification),
        SpecFormat::Json => json::text(&to_json(&specification))?,
    })
}

/// What a command line names.
struct NamedContract {
    contract: ContractOutline,
    /// The id of a milestone.
    milestone: Option<String>,
    /// Whether it is the contract of the repository in which the person stands.
    is_here: bool,
}

/// The contract that `what` names, and the milestone if it names one.
fn named_contract(
    what: Option<&str>,
    projects: &[Project],
    session: &Session<'_>,
) -> Result<NamedContract, Error> {
    let repository = Repository::here()?;
    let (first, milestone) = match what.unwrap_or_default().split_once('/') {
        Some((project, milestone)) => (project, Some(milestone.to_owned())),
        None => (what.unwrap_or_default(), None),
    };
    let own = match &repository {
        Some(repository) => Some(contracts::outline_of_repository(repository, session)?),
        None => None,
    };
    match own {
        Some(contract) if first.is_empty() || first == contract.project => {
            return Ok(NamedContract { contract, milestone, is_here: true });
        }
        // A milestone alone, unless a project has that name.
        Some(contract) if milestone.is_none() && !is_project(first, projects) => {
            let milestone = Some(first.to_owned());
            return Ok(NamedContract { contract, milestone, is_here: true });
        }
        _ => {}
    }
    let library = session.library()?;
    if first.is_empty() {
        return Err(Error::user(
            "no project: you do not stand in a repository that can be checked",
        )
        .with_command_hint("name one:", "roadmap spec tasks")
        .with_command_hint("every project:", "roadmap list projects"));
    }
    if is_project(first, projects) {
        let contract = contracts::outline_of_project(&library, first)?;
        return Ok(NamedContract { contract, milestone, is_here: false });
    }
    // An alias, or a mistake that the catalog describes.
    let roadmap = session.roadmap()?;
    let catalog = session.catalog(&roadmap, &library)?;
    let contract = contracts::outline_of_project(&library, catalog.project(first)?)?;
    Ok(NamedContract { contract, milestone, is_here: false })
}

fn is_project(name: &str, projects: &[Project]) -> bool {
    projects.iter().any(|project| project.id == name)
}

fn openapi(contract: &ContractOutline, session: &Session<'_>) -> Result<(), Error> {
    let files = session.library()?.project_files(&contract.project)?;
    let description = files.into_iter().find(|(path, _)| path == "openapi.json");
    let Some((_, bytes)) = description else {
        return Err(Error::user(format!(
            "the template library has no openapi.json for `{}`",
            contract.project
        )));
    };
    session.screen.print(&String::from_utf8_lossy(&bytes))
}
