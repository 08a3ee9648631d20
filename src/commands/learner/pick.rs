//! `roadmap pick`: the quiz, its result, and which path is saved.

mod ask;
mod keep;
mod output;

use crate::catalog::Catalog;
use crate::cli::{Format, PickArgs};
use crate::commands::shared::session::Session;
use crate::curriculum::model::Roadmap;
use crate::curriculum::outline::RoadmapOutline;
use crate::error::Error;
use crate::progress::Pick;
use crate::quiz::{
    Answers, Pace, Recommendation, hours_a_week, known_topics, language_factor, recommend,
    runner_up, schedule,
};
use crate::terminal::views::learner::pick::{PickOutput, Recommended, begin, paths};
use crate::terminal::{Prompt, json};

/// How many paths are shown.
const MAX_PATHS: usize = 3;
/// The hours a week if no question asks for them.
const DEFAULT_HOURS: u16 = 5;

pub(in crate::commands) fn run(args: &PickArgs, session: &Session<'_>) -> Result<(), Error> {
    let roadmap = session.roadmap()?;
    let catalog = session.catalog(&roadmap, &session.library()?)?;
    if roadmap.frameworks.is_empty() {
        return Err(nothing_to_pick(&roadmap));
    }
    let context = PickContext { args, roadmap: &roadmap, catalog: &catalog, session };
    if let Some(word) = &args.framework {
        return context.save_named_path(word);
    }
    let mut answers = Answers::read(&roadmap, &args.answers)?;
    let mut prompt = Prompt::new();
    ask::ask(&roadmap, &mut answers, &mut prompt, session)?;

    let mut recommendation = recommend(&roadmap, catalog.starters(), &answers);
    recommendation.paths.truncate(MAX_PATHS);
    let recommended = recommended(&recommendation, &catalog);
    let runner_up = runner_up(&roadmap, catalog.starters(), &answers);
    let mut chosen = keep::index_from_option(args.keep.as_deref(), &recommended, &catalog)?;
    let layout = session.screen.layout();
    let asks = args.format == Format::Text && !args.no_save && args.keep.is_none();
    let mut output = paths(&recommended, runner_up.as_ref(), layout);
    if asks && session.screen.is_interactive() && recommended.len() > 1 {
        session.screen.print(&output)?;
        output.clear();
        chosen = keep::ask_index(&mut prompt, &recommended)?;
    }

    let path = recommended[chosen].path;
    let project = recommendation.project.clone().unwrap_or_default();
    let pick = Pick {
        language: path.language.clone(),
        framework: path.framework.clone(),
        project,
        answers: answers.ids().clone(),
    };
    let saved = context.save(&pick);
    let mut outcome = context.outcome(&pick, &answers);
    outcome.saved &= saved.is_ok();
    // A person who was asked, or named the path, has decided.
    let second = recommended.get(1).filter(|_| asks && !output.is_empty());
    outcome.instead = second
        .map(|recommended| format!("roadmap pick --framework {}", recommended.path.framework));
    session.screen.print(&match args.format {
        Format::Json => json::text(&output::to_json(&recommended, runner_up.as_ref(), &outcome))?,
        Format::Text => format!("{output}{}", begin(&outcome, layout)),
    })?;
    // The result of the quiz is not lost with it.
    saved
}

fn pace(roadmap: &Roadmap, answers: &Answers) -> Pace {
    Pace {
        hours_a_week: hours_a_week(roadmap, answers).unwrap_or(DEFAULT_HOURS),
        language_factor: language_factor(roadmap, answers),
    }
}

/// A roadmap of somebody's own may have none: what there is instead.
fn nothing_to_pick(roadmap: &Roadmap) -> Error {
    Error::user(format!("{} has no frameworks to pick from", roadmap.title))
        .with_command_hint("it needs no path; its next step:", "roadmap next")
        .with_command_hint(
            "the roadmap that comes with the program:",
            "env -u ROADMAP_FILE roadmap pick",
        )
}

fn recommended<'a>(
    recommendation: &'a Recommendation,
    catalog: &Catalog<'_>,
) -> Vec<Recommended<'a>> {
    let project = recommendation.project.as_deref().unwrap_or_default();
    let paths = recommendation.paths.iter().map(|path| Recommended {
        path,
        title: catalog.path_title(&path.language, &path.framework),
        starter: catalog.starter(project, &path.framework).is_some(),
        generator: catalog.generator(&path.framework).map(str::to_owned),
    });
    paths.collect()
}

/// What each way to a path needs.
struct PickContext<'a> {
    args: &'a PickArgs,
    roadmap: &'a Roadmap,
    catalog: &'a Catalog<'a>,
    session: &'a Session<'a>,
}

impl PickContext<'_> {
    /// What follows from the path, and from what was answered.
    fn outcome(&self, pick: &Pick, answers: &Answers) -> PickOutput {
        let Self { args, roadmap, catalog, session } = self;
        let Pick { language, framework, project, .. } = pick;
        let known = known_topics(roadmap, answers, language, framework);
        let pace = pace(roadmap, answers);
        let done = session.done(&RoadmapOutline::from_roadmap(roadmap));
        let ahead: Vec<String> = done.iter().chain(&known).cloned().collect();
        let starter = catalog.starter(project, framework).is_some();
        let near = catalog.nearest_starter(project, language, framework).filter(|_| !starter);
        PickOutput {
            language: language.clone(),
            framework: framework.clone(),
            title: catalog.path_title(language, framework),
            project: project.clone(),
            schedule: schedule(roadmap, language, framework, pace, &ahead),
            pace,
            known: known.into_iter().filter(|id| !done.contains(id)).collect(),
            generator: catalog.generator(framework).map(str::to_owned),
            nearest: near.map(|starter| {
                format!("{} in {}", starter.project, catalog.framework_title(&starter.framework))
            }),
            command: catalog
                .begin_line(project, language, framework)
                .unwrap_or_else(|| "roadmap next".to_owned()),
            saved: !args.no_save,
            instead: None,
        }
    }

    fn save(&self, pick: &Pick) -> Result<(), Error> {
        if self.args.no_save {
            return Ok(());
        }
        self.session.change(|document| document.set_pick(&self.roadmap.id, pick))
    }
}
