//! Asks for the project and the framework that no argument names.

use super::wanted::{Path, Wanted};
use crate::catalog::{Catalog, Starter};
use crate::curriculum::model::Roadmap;
use crate::error::Error;
use crate::terminal::Prompt;

/// Asks for what is open, among what has starters. A path that is not `fixed` puts the frameworks
/// of its language first.
pub(super) fn ask(
    project: Option<&str>,
    path: Option<&Path>,
    fixed: bool,
    roadmap: &Roadmap,
    catalog: &Catalog<'_>,
) -> Result<Wanted, Error> {
    let mut prompt = Prompt::new();
    let fits = |one: &&Starter| {
        project.is_none_or(|project| one.project == project)
            && (!fixed || path.is_none_or(|path| one.framework == path.framework))
    };
    let mut starters: Vec<&Starter> = catalog.starters().iter().filter(fits).collect();
    // A project that nothing near has: everything else that there is.
    if starters.is_empty() {
        starters = catalog.starters().iter().collect();
    }
    let project = match project {
        Some(project) if starters.iter().any(|one| one.project == project) => project.to_owned(),
        _ => ask_project(&mut prompt, &starters, roadmap, catalog)?,
    };
    starters.retain(|one| one.project == project);
    starters.sort_by_key(|one| path.is_some_and(|path| one.language != path.language));
    let chosen = match starters.as_slice() {
        [one] if fixed => one,
        all => all[prompt.one("In which framework?", &choices(all, roadmap, catalog))?],
    };
    Ok(Wanted::from(chosen))
}

/// In the order of the roadmap, which goes by size, each with a sentence.
fn ask_project(
    prompt: &mut Prompt,
    starters: &[&Starter],
    roadmap: &Roadmap,
    catalog: &Catalog<'_>,
) -> Result<String, Error> {
    let place = |id: &str| roadmap.projects.iter().position(|one| one.id == id);
    let mut ids: Vec<&str> = starters.iter().map(|one| one.project.as_str()).collect();
    ids.sort_by_key(|id| (place(id).unwrap_or(usize::MAX), *id));
    ids.dedup();
    let text = |id: &&str| {
        let summary = place(id).map(|at| roadmap.projects[at].summary.as_str()).unwrap_or_default();
        sentence(&format!("{id}, {}", catalog.project_title(id)), summary)
    };
    let texts: Vec<String> = ids.iter().map(text).collect();
    Ok(ids[prompt.one("What do you want to build?", &texts)?].to_owned())
}

fn choices(starters: &[&Starter], roadmap: &Roadmap, catalog: &Catalog<'_>) -> Vec<String> {
    let text = |one: &&Starter| {
        let known = roadmap.frameworks.iter().find(|framework| framework.id == one.framework);
        let summary = known.map(|framework| framework.summary.as_str()).unwrap_or_default();
        sentence(&catalog.path_title(&one.language, &one.framework), summary)
    };
    starters.iter().map(text).collect()
}

fn sentence(title: &str, summary: &str) -> String {
    if summary.is_empty() { title.to_owned() } else { format!("{title}: {}", summary.trim()) }
}
