//! The map as one HTML file: its style, script and data are in it, and it asks nobody for more.

use super::model::{
    LanguageView, MapCount, ResourceView, StageView, count, languages, resource, stages,
};
use super::policy::policy;
use super::{road, template};
use crate::contract::format::ContractOutline;
use crate::curriculum::model::Roadmap;
use crate::error::Error;
use crate::terminal::json;
use crate::terminal::views::roadmap;
use crate::terminal::views::roadmap::overview::Marks;
use serde::Serialize;

const STYLE: &str = concat!(
    include_str!("assets/road.css"),
    include_str!("assets/map.css"),
    include_str!("assets/narrow.css")
);

/// One module, in parts that need no build step to be joined.
const SCRIPT: &str = concat!(
    include_str!("assets/ticks.js"),
    include_str!("assets/filter.js"),
    include_str!("assets/map.js")
);

#[derive(Serialize)]
struct MapPage<'a> {
    id: &'a str,
    title: &'a str,
    /// `python/django`, what the page is filtered by at first; or nothing.
    picked: String,
    path: Option<&'a str>,
    checked: Option<&'a str>,
    policy: String,
    style: &'static str,
    script: &'static str,
    data: String,
    road: String,
    total: MapCount,
    stage_count: usize,
    has_milestones: bool,
    languages: Vec<LanguageView<'a>>,
    stages: Vec<StageView<'a>>,
    resources: Vec<ResourceView<'a>>,
}

/// The page of `roadmap`, or of the part that the filter leaves.
///
/// # Errors
/// A bug in the page's template.
pub fn text(
    roadmap: &Roadmap,
    contracts: &[ContractOutline],
    marks: &Marks,
    numbers: &[usize],
) -> Result<String, Error> {
    let picked = marks.picked.as_ref();
    let path = road::counted(marks);
    let counted = roadmap.topics().map(|(_, topic)| topic).filter(|topic| path.includes(topic));
    let stages = stages(roadmap, contracts, &path, marks, numbers);
    template::render(&MapPage {
        id: &roadmap.id,
        title: &roadmap.title,
        picked: picked
            .map(|(language, framework)| format!("{language}/{framework}"))
            .unwrap_or_default(),
        path: marks.path.as_deref(),
        checked: roadmap.checked.as_deref(),
        policy: policy(STYLE, SCRIPT),
        style: STYLE,
        script: SCRIPT,
        data: data(roadmap, numbers)?,
        road: road::part(roadmap, marks, numbers),
        total: count(counted, marks),
        stage_count: stages.len(),
        has_milestones: stages.iter().any(StageView::has_milestones),
        languages: languages(roadmap),
        stages,
        resources: roadmap.resources.iter().map(resource).collect(),
    })
}

/// The output of `--format json` on one line, in which nothing ends a script or begins a comment.
fn data(roadmap: &Roadmap, numbers: &[usize]) -> Result<String, Error> {
    let text = json::line(&roadmap::json::to_json(roadmap, numbers))?;
    Ok(text.replace('<', "\\u003c"))
}
