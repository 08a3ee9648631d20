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

#[cfg(test)]
mod tests {
    use super::*;

    fn recommended(answers: &[&str]) -> Recommendation {
        let text = include_str!("../../tests/fixtures/roadmap.yaml");
        let roadmap = crate::curriculum::parse("small.yaml", text).expect("sound");
        let texts: Vec<String> = answers.iter().map(|text| (*text).to_owned()).collect();
        recommend(&roadmap, &Answers::read(&roadmap, &texts).expect("answers"))
    }

    fn ranking(answers: &[&str]) -> Vec<(String, u32)> {
        let paths = recommended(answers).paths;
        paths.into_iter().map(|path| (path.framework, path.score)).collect()
    }

    fn ranked(all: [(&str, u32); 3]) -> Vec<(String, u32)> {
        all.map(|(framework, score)| (framework.to_owned(), score)).to_vec()
    }

    #[test]
    fn the_score_is_the_sum_of_the_reasons_which_stand_by_their_points() {
        let answers = ["goal=live", "know=rust,none"];
        assert_eq!(ranking(&answers), ranked([("axum", 5), ("rocket", 4), ("flask", 3)]));
        let axum = &recommended(&answers).paths[0];
        let points: Vec<u16> = axum.reasons.iter().map(|reason| reason.points).collect();
        assert_eq!(points, [3, 1, 1]);
        assert_eq!(
            (axum.reasons[0].question.as_str(), axum.reasons[0].choice.as_str()),
            ("know", "rust")
        );
        // Of equal points, in the order of the rules.
        assert_eq!(axum.reasons[1].because, "it holds many connections");
    }

    #[test]
    fn a_trait_of_the_language_counts_for_its_frameworks() {
        assert_eq!(ranking(&["know=none"]), ranked([("flask", 3), ("axum", 0), ("rocket", 0)]));
    }

    #[test]
    fn equal_scores_stand_in_the_order_of_the_file() {
        assert_eq!(ranking(&[]), ranked([("axum", 0), ("rocket", 0), ("flask", 0)]));
        assert_eq!(ranking(&["goal=site"]), ranked([("rocket", 2), ("flask", 2), ("axum", 0)]));
    }

    #[test]
    fn the_project_with_most_votes_comes_first_and_without_votes_the_first_in_the_file() {
        assert_eq!(recommended(&["goal=live"]).project.as_deref(), Some("chat"));
        assert_eq!(recommended(&[]).project.as_deref(), Some("blog"));
    }

    #[test]
    fn the_hours_a_week_are_those_that_were_answered() {
        assert_eq!(recommended(&["hours=ten"]).hours_a_week, Some(10));
        assert_eq!(recommended(&["goal=live"]).hours_a_week, None);
    }
}
