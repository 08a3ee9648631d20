//! Weighs the answers: the best paths, each point with its reason.

use super::Answers;
use crate::curriculum::model::{Framework, Roadmap, Rule};
use std::cmp::Reverse;

/// What fits the answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recommendation {
    /// Best first. Equal scores stand in the order of the frameworks in the roadmap.
    pub paths: Vec<Path>,
    /// The first project: the one with most votes, the first in the roadmap if equal.
    pub project: Option<String>,
    /// Hours a week, if a question asked for them.
    pub hours_a_week: Option<u16>,
}

/// A language and framework with what speaks for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Path {
    pub language: String,
    pub framework: String,
    /// The sum of the reasons' points.
    pub score: u32,
    /// Most points first, then in the order of the questions.
    pub reasons: Vec<Reason>,
}

/// Points and what they were given for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    pub points: u16,
    pub because: String,
    pub question: String,
    pub choice: String,
}

/// Ranks every framework of the roadmap. The same answers give the same ranking.
#[must_use]
pub fn recommend(roadmap: &Roadmap, answers: &Answers) -> Recommendation {
    let mut paths: Vec<Path> =
        roadmap.frameworks.iter().map(|framework| path(roadmap, framework, answers)).collect();
    // A stable sort: equal scores keep the roadmap's order.
    paths.sort_by_key(|path| Reverse(path.score));
    let votes = |id: &str| {
        let chosen = answers.chosen(roadmap);
        chosen.filter(|(_, choice)| choice.project.as_deref() == Some(id)).count()
    };
    let mut projects: Vec<&str> = roadmap.projects.iter().map(|one| one.id.as_str()).collect();
    projects.sort_by_key(|id| Reverse(votes(id)));
    Recommendation {
        paths,
        project: projects.first().map(|id| (*id).to_owned()),
        hours_a_week: answers.chosen(roadmap).find_map(|(_, choice)| choice.hours),
    }
}

fn path(roadmap: &Roadmap, framework: &Framework, answers: &Answers) -> Path {
    let language = roadmap.languages.iter().find(|one| one.id == framework.language);
    let language_traits = language.map_or(&[][..], |one| one.traits.as_slice());
    let fits = |rule: &Rule| {
        let has = |name: &String| framework.traits.contains(name) || language_traits.contains(name);
        rule.trait_.as_ref().is_some_and(has)
            || rule.language.as_ref() == Some(&framework.language)
            || rule.framework.as_ref() == Some(&framework.id)
    };
    let mut reasons: Vec<Reason> = answers
        .chosen(roadmap)
        .flat_map(|(question, choice)| {
            choice.points.iter().map(move |rule| (question, choice, rule))
        })
        .filter(|(_, _, rule)| fits(rule))
        .map(|(question, choice, rule)| Reason {
            points: rule.points,
            because: rule.because.clone(),
            question: question.id.clone(),
            choice: choice.id.clone(),
        })
        .collect();
    reasons.sort_by_key(|reason| Reverse(reason.points));
    Path {
        language: framework.language.clone(),
        framework: framework.id.clone(),
        score: reasons.iter().map(|reason| u32::from(reason.points)).sum(),
        reasons,
    }
}
