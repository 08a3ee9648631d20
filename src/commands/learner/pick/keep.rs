//! Which path is saved: one of those that the quiz recommends, or the named one.

use super::{PickContext, output};
use crate::catalog::Catalog;
use crate::cli::Format;
use crate::curriculum::model::Roadmap;
use crate::error::Error;
use crate::progress::Pick;
use crate::quiz::Answers;
use crate::terminal::views::learner::pick::{Recommended, begin};
use crate::terminal::{Prompt, json};

/// The path that `--keep` names: by its place from 1, or by its framework; without `--keep` the first.
pub(super) fn index_from_option(
    keep: Option<&str>,
    recommended: &[Recommended<'_>],
    catalog: &Catalog<'_>,
) -> Result<usize, Error> {
    let Some(word) = keep else { return Ok(0) };
    if let Ok(place) = word.parse::<usize>() {
        let place = place.checked_sub(1).filter(|place| *place < recommended.len());
        return place.ok_or_else(|| {
            Error::user(format!("--keep takes a place from 1 to {}, not {word}", recommended.len()))
                .hint("or the id of one of these frameworks")
        });
    }
    let framework = catalog.framework(word)?;
    recommended.iter().position(|recommended| recommended.path.framework == framework).ok_or_else(
        || {
            let ids: Vec<&str> =
                recommended.iter().map(|recommended| recommended.path.framework.as_str()).collect();
            Error::user(format!("{framework} is not among the first {}", recommended.len()))
                .with_cause(format!("these are: {}", ids.join(", ")))
                .with_command_hint(
                    "keep it all the same:",
                    format!("roadmap pick --framework {framework}"),
                )
        },
    )
}

/// Asks which of the paths to keep.
pub(super) fn ask_index(
    prompt: &mut Prompt,
    recommended: &[Recommended<'_>],
) -> Result<usize, Error> {
    let choice = |recommended: &Recommended<'_>| {
        let starter = if recommended.starter { "has a starter" } else { "no starter yet" };
        format!("{}, {starter}", recommended.title)
    };
    let choices: Vec<String> = recommended.iter().map(choice).collect();
    prompt.choose_single("Which path do you want to keep?", &choices)
}

impl PickContext<'_> {
    /// `--framework`: keeps a path without the quiz. What was answered earlier stays.
    pub(super) fn save_named_path(&self, word: &str) -> Result<(), Error> {
        let Self { args, roadmap, catalog, session } = self;
        let framework = catalog.framework(word)?.to_owned();
        let language = catalog.language_of(&framework).unwrap_or_default().to_owned();
        let earlier = session.pick(&roadmap.id);
        let project = earlier.as_ref().map(|pick| pick.project.clone());
        let project = project.unwrap_or_else(|| first_project(&framework, roadmap, catalog));
        let ids = earlier.map(|pick| pick.answers).unwrap_or_default();
        let answers = Answers::saved(ids.clone());
        let pick = Pick { language, framework, project, answers: ids };
        self.save(&pick)?;
        let outcome = self.outcome(&pick, &answers);
        session.screen.print(&match args.format {
            Format::Json => json::text(&output::to_json(&[], None, &outcome))?,
            Format::Text => begin(&outcome, session.screen.layout()),
        })
    }
}

/// The first of the roadmap's projects that has a starter in `framework`, else its first.
fn first_project(framework: &str, roadmap: &Roadmap, catalog: &Catalog<'_>) -> String {
    let has_starter = |id: &str| catalog.starter(id, framework).is_some();
    let projects = &roadmap.projects;
    let own = projects.iter().find(|project| has_starter(&project.id)).or(projects.first());
    own.map(|project| project.id.clone()).unwrap_or_default()
}
