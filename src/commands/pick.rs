//! `roadmap pick`: the quiz, and what it comes to.

use super::session::Session;
use crate::catalog::Catalog;
use crate::cli::{Format, Pick as Args};
use crate::curriculum::model::{Question, Roadmap};
use crate::error::Error;
use crate::progress::Pick;
use crate::quiz::{Answers, recommend, runner_up, schedule};
use crate::terminal::views::pick::{Outcome, Recommended, text};
use crate::terminal::{Prompt, json};
use serde_json::{Value, json as object};

/// How many paths are told.
const TOLD: usize = 3;
/// The last choice of every question but the first.
const BACK: &str = "Back to the question before";
/// Hours a week where no question asks for them.
const USUAL_HOURS: u16 = 5;

pub(super) fn run(args: &Args, session: &Session<'_>) -> Result<(), Error> {
    let roadmap = session.roadmap()?;
    let catalog = session.catalog(&roadmap, &session.library()?)?;
    let mut answers = Answers::read(&roadmap, &args.answers)?;
    ask(&roadmap, &mut answers, session)?;

    let recommendation = recommend(&roadmap, catalog.starters(), &answers);
    let Some(first) = recommendation.paths.first() else {
        return Err(Error::user("this roadmap has no frameworks to pick from").try_line(
            "without --roadmap and ROADMAP_FILE it is ours:",
            "env -u ROADMAP_FILE roadmap pick",
        ));
    };
    let project = recommendation.project.clone().unwrap_or_default();
    let hours_a_week = recommendation.hours_a_week.unwrap_or(USUAL_HOURS);
    let path = (first.language.as_str(), first.framework.as_str());
    let paths = recommendation.paths.iter().take(TOLD).map(|path| Recommended {
        path,
        title: format!(
            "{} ({})",
            catalog.framework_title(&path.framework),
            catalog.language_title(&path.language)
        ),
        starter: catalog.starter(&project, &path.framework).is_some(),
        generator: catalog.generator(&path.framework).map(str::to_owned),
    });
    let outcome = Outcome {
        paths: paths.collect(),
        schedule: schedule(&roadmap, path.0, path.1, hours_a_week, recommendation.language_factor),
        language_factor: recommendation.language_factor,
        hours_a_week,
        runner_up: runner_up(&roadmap, catalog.starters(), &answers),
        command: catalog
            .begin_line(&project, path.0, path.1)
            .unwrap_or_else(|| "roadmap show".to_owned()),
        nearest: nearest(&catalog, &project, path.0, path.1),
        project: project.clone(),
    };
    if !args.no_save {
        let pick = Pick {
            language: path.0.to_owned(),
            framework: path.1.to_owned(),
            project,
            answers: answers.ids().clone(),
        };
        session.change(|document| document.set_pick(&roadmap.id, &pick))?;
    }
    let told = match args.format {
        Format::Json => json::text(&answer(&outcome))?,
        Format::Text => text(&outcome, session.screen.layout()),
    };
    session.screen.answer(&told)
}

/// Asks what was not answered; without a terminal, names it.
fn ask(roadmap: &Roadmap, answers: &mut Answers, session: &Session<'_>) -> Result<(), Error> {
    let open: Vec<&Question> = roadmap.quiz.iter().filter(|one| !answers.has(one)).collect();
    if open.is_empty() {
        return Ok(());
    }
    if !session.screen.is_interactive() {
        return Err(unanswered(roadmap, answers, &open));
    }
    let prompt = Prompt::new();
    let mut place = 0;
    while let Some(question) = open.get(place) {
        let asked = format!("{}/{} {}", place + 1, open.len(), question.text);
        let mut choices: Vec<&str> =
            question.choices.iter().map(|choice| choice.text.as_str()).collect();
        let back = choices.len();
        if place > 0 {
            choices.push(BACK);
        }
        let chosen = if question.multiple {
            prompt.several(&asked, &choices)?
        } else {
            vec![prompt.one(&asked, &choices)?]
        };
        if chosen.contains(&back) {
            place -= 1;
        } else {
            answers.take(question, &chosen);
            place += 1;
        }
    }
    Ok(())
}

/// The missing answers, and a line to paste that has them all.
fn unanswered(roadmap: &Roadmap, answers: &Answers, open: &[&Question]) -> Error {
    let missing: Vec<&str> = open.iter().map(|question| question.id.as_str()).collect();
    let mut line = String::from("roadmap pick");
    for question in &roadmap.quiz {
        let given = answers.ids().get(&question.id).map(|choices| choices.join(","));
        let first = question.choices.first().map(|choice| choice.id.clone());
        let choice = given.or(first).unwrap_or_default();
        line.push_str(&format!(" --answer {}={choice}", question.id));
    }
    Error::user("there is no terminal to ask in, and not every question is answered")
        .because(format!("missing: {}", missing.join(", ")))
        .try_line("with a choice of your own for each:", line)
        .try_line("every question with its choices:", "roadmap list questions")
}

/// What the line makes, where that is not the path's own starter.
fn nearest(
    catalog: &Catalog<'_>,
    project: &str,
    language: &str,
    framework: &str,
) -> Option<String> {
    if catalog.starter(project, framework).is_some() {
        return None;
    }
    let starter = catalog.nearest_starter(project, language, framework)?;
    Some(format!("{} in {}", starter.project, catalog.framework_title(&starter.framework)))
}

fn answer(outcome: &Outcome<'_>) -> Value {
    let recommendations = outcome.paths.iter().map(|one| {
        let reasons = one.path.reasons.iter().map(|reason| {
            object!({
                "points": reason.points,
                "because": reason.because,
                "question": reason.question,
                "choice": reason.choice,
            })
        });
        object!({
            "language": one.path.language,
            "framework": one.path.framework,
            "score": one.path.score,
            "reasons": reasons.collect::<Vec<_>>(),
            "starter": one.starter,
            "generator": one.generator,
        })
    });
    let stages = outcome.schedule.spans.iter().map(|span| {
        object!({ "id": span.stage, "hours": span.hours, "first_week": span.weeks.0, "last_week": span.weeks.1 })
    });
    object!({
        "recommendations": recommendations.collect::<Vec<_>>(),
        "runner_up": outcome.runner_up.as_ref().map(|one| object!({
            "behind": one.behind,
            "needs": one.needs.map(|(question, choice)| object!({
                "question": question.id,
                "choice": choice.id,
            })),
        })),
        "project": outcome.project,
        "weeks": outcome.schedule.weeks,
        "hours": outcome.schedule.hours,
        "stages": stages.collect::<Vec<_>>(),
        "command": outcome.command,
    })
}
