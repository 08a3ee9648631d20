//! Asks for the project and the framework that no argument names.

use super::selection::{SelectedPath, StarterChoice};
use crate::catalog::{Catalog, Starter};
use crate::curriculum::model::Roadmap;
use crate::error::Error;
use crate::terminal::Prompt;

/// Asks for what is open, among what has starters. A path that is not `fixed` puts the frameworks
/// of its language first.
pub(super) fn ask(
    project: Option<&str>,
    path: Option<&SelectedPath>,
    fixed: bool,
    roadmap: &Roadmap,
    catalog: &Catalog<'_>,
) -> Result<StarterChoice, Error> {
    let mut prompt = Prompt::new();
    let fits = |starter: &&Starter| {
        project.is_none_or(|project| starter.project == project)
            && (!fixed || path.is_none_or(|path| starter.framework == path.framework))
    };
    let mut starters: Vec<&Starter> = catalog.starters().iter().filter(fits).collect();
    // A project that nothing near has: everything else that there is.
    if starters.is_empty() {
        starters = catalog.starters().iter().collect();
    }
    let project = match project {
        Some(project) if starters.iter().any(|starter| starter.project == project) => {
            project.to_owned()
        }
        _ => ask_project(&mut prompt, &starters, roadmap, catalog)?,
    };
    starters.retain(|starter| starter.project == project);
    starters.sort_by_key(|starter| path.is_some_and(|path| starter.language != path.language));
    let chosen = match starters.as_slice() {
        [starter] if fixed => starter,
        all => all[prompt.choose_single("In which framework?", &choices(all, roadmap, catalog))?],
    };
    Ok(StarterChoice::from(chosen))
}

/// In the order of the roadmap, which goes by size, each with a sentence.
fn ask_project(
    prompt: &mut Prompt,
    starters: &[&Starter],
    roadmap: &Roadmap,
    catalog: &Catalog<'_>,
) -> Result<String, Error> {
    let place = |id: &str| roadmap.projects.iter().position(|project| project.id == id);
    let mut ids: Vec<&str> = starters.iter().map(|starter| starter.project.as_str()).collect();
    ids.sort_by_key(|id| (place(id).unwrap_or(usize::MAX), *id));
    ids.dedup();
    let text = |id: &&str| {
        let summary = place(id).map(|at| roadmap.projects[at].summary.as_str()).unwrap_or_default();
        sentence(&format!("{id}, {}", catalog.project_title(id)), summary)
    };
    let texts: Vec<String> = ids.iter().map(text).collect();
    Ok(ids[prompt.choose_single("What do you want to build?", &texts)?].to_owned())
}

fn choices(starters: &[&Starter], roadmap: &Roadmap, catalog: &Catalog<'_>) -> Vec<String> {
    let text = |starter: &&Starter| {
        let known = roadmap.frameworks.iter().find(|framework| framework.id == starter.framework);
        let summary = known.map(|framework| framework.summary.as_str()).unwrap_or_default();
        sentence(&catalog.path_title(&starter.language, &starter.framework), summary)
    };
    starters.iter().map(text).collect()
}

fn sentence(title: &str, summary: &str) -> String {
    if summary.is_empty() { title.to_owned() } else { format!("{title}: {}", summary.trim()) }
}
