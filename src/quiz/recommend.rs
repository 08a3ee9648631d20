//! Weighs the answers: the best paths, each point with its reason.

use super::Answers;
use crate::catalog::Starter;
use crate::curriculum::model::{Choice, Framework, Question, Roadmap, Rule};
use std::cmp::Reverse;

/// What fits the answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recommendation {
    /// Best first. Of equal scores, a framework with starters comes first, then the one whose
    /// language the answers speak for, then the order of the frameworks in the roadmap.
    pub paths: Vec<RecommendedPath>,
    /// The first project: the one with most votes, the first in the roadmap if equal.
    pub project: Option<String>,
}

/// A language and framework with what speaks for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecommendedPath {
    pub language: String,
    pub framework: String,
    /// The sum of the reasons' points; below zero where more speaks against it than for it.
    pub score: i32,
    /// Most points first, then in the order of the questions.
    pub reasons: Vec<Reason>,
}

/// Points and what they were given for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// Below zero for a reason against it; never zero.
    pub points: i16,
    pub because: String,
    pub question: String,
    pub choice: String,
}

/// Ranks every framework of the roadmap. The same answers and starters give the same ranking.
#[must_use]
pub fn recommend(roadmap: &Roadmap, starters: &[Starter], answers: &Answers) -> Recommendation {
    let frameworks = roadmap.frameworks.iter();
    let mut ranked: Vec<(Rank, RecommendedPath)> = frameworks
        .map(|framework| {
            let matches = matches(roadmap, framework, answers);
            let has_starter = starters.iter().any(|starter| starter.framework == framework.id);
            (rank(&matches, has_starter), path(framework, &matches))
        })
        .collect();
    // A stable sort: equal ranks keep the roadmap's order.
    ranked.sort_by_key(|(rank, _)| *rank);
    let votes = |id: &str| {
        let chosen = answers.chosen(roadmap);
        chosen.filter(|(_, choice)| choice.project.as_deref() == Some(id)).count()
    };
    let mut projects: Vec<&str> =
        roadmap.projects.iter().map(|project| project.id.as_str()).collect();
    projects.sort_by_key(|id| Reverse(votes(id)));
    Recommendation {
        paths: ranked.into_iter().map(|(_, path)| path).collect(),
        project: projects.first().map(|id| (*id).to_owned()),
    }
}

/// The hours a week that were answered, if a question asked for them.
#[must_use]
pub fn hours_a_week(roadmap: &Roadmap, answers: &Answers) -> Option<u16> {
    answers.chosen(roadmap).find_map(|(_, choice)| choice.hours)
}

/// How many times the hours of the language's topics are taken: 1, more for a first language.
#[must_use]
pub fn language_factor(roadmap: &Roadmap, answers: &Answers) -> u16 {
    answers.chosen(roadmap).find_map(|(_, choice)| choice.language_factor).unwrap_or(1)
}

/// A rule that fits a framework, with the answer it belongs to.
#[derive(Clone, Copy)]
struct Match<'a> {
    question: &'a Question,
    choice: &'a Choice,
    rule: &'a Rule,
}

/// What sorts the paths: the score, whether there is a starter, the points of the language.
type Rank = (Reverse<i32>, Reverse<bool>, Reverse<i32>);

fn rank(matches: &[Match<'_>], has_starter: bool) -> Rank {
    let of_language = matches.iter().filter(|matched| matched.rule.language.is_some());
    (Reverse(sum(matches.iter())), Reverse(has_starter), Reverse(sum(of_language)))
}

fn sum<'a>(matches: impl Iterator<Item = &'a Match<'a>>) -> i32 {
    matches.map(|matched| i32::from(matched.rule.points)).sum()
}

/// The rules of the chosen answers that count for `framework`, in the order of the questions.
fn matches<'a>(
    roadmap: &'a Roadmap,
    framework: &Framework,
    answers: &'a Answers,
) -> Vec<Match<'a>> {
    let language = roadmap.languages.iter().find(|language| language.id == framework.language);
    let language_traits = language.map_or(&[][..], |rule_match| rule_match.traits.as_slice());
    let fits = |rule: &Rule| {
        let has = |name: &String| framework.traits.contains(name) || language_traits.contains(name);
        rule.trait_.as_ref().is_some_and(has)
            || rule.language.as_ref() == Some(&framework.language)
            || rule.framework.as_ref() == Some(&framework.id)
    };
    let all = answers.chosen(roadmap).flat_map(|(question, choice)| {
        choice.points.iter().map(move |rule| Match { question, choice, rule })
    });
    let mut counted: Vec<Match<'a>> = Vec::new();
    for rule_match in all.filter(|rule_match| fits(rule_match.rule)) {
        match counted.iter_mut().find(|other| is_same_reason(rule_match.rule, other.rule)) {
            Some(other) if stronger(rule_match.rule, other.rule) => *other = rule_match,
            Some(_) => {}
            None => counted.push(rule_match),
        }
    }
    counted
}

/// Whether both give points for one trait, or both take them: such points are given once,
/// however many answers ask for the trait.
fn is_same_reason(rule: &Rule, other: &Rule) -> bool {
    rule.trait_.is_some()
        && rule.trait_ == other.trait_
        && rule.points.signum() == other.points.signum()
}

fn stronger(rule: &Rule, other: &Rule) -> bool {
    rule.points.unsigned_abs() > other.points.unsigned_abs()
}

fn path(framework: &Framework, matches: &[Match<'_>]) -> RecommendedPath {
    let mut reasons: Vec<Reason> = matches
        .iter()
        .map(|matched| Reason {
            points: matched.rule.points,
            because: matched.rule.because.clone(),
            question: matched.question.id.clone(),
            choice: matched.choice.id.clone(),
        })
        .collect();
    reasons.sort_by_key(|reason| Reverse(reason.points));
    RecommendedPath {
        language: framework.language.clone(),
        framework: framework.id.clone(),
        score: sum(matches.iter()),
        reasons,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: &str = include_str!("../../tests/fixtures/roadmap.yaml");

    fn recommended_by(text: &str, starters: &[&str], answers: &[&str]) -> Recommendation {
        let (roadmap, answers) = answered(text, answers);
        let starters: Vec<Starter> = starters
            .iter()
            .map(|framework| Starter {
                project: "blog".to_owned(),
                language: String::new(),
                framework: (*framework).to_owned(),
            })
            .collect();
        recommend(&roadmap, &starters, &answers)
    }

    fn answered(text: &str, answers: &[&str]) -> (Roadmap, Answers) {
        let roadmap = crate::curriculum::parse("small.yaml", text).expect("sound");
        let texts: Vec<String> = answers.iter().map(|text| (*text).to_owned()).collect();
        let answers = Answers::read(&roadmap, &texts).expect("answers");
        (roadmap, answers)
    }

    fn recommended(answers: &[&str]) -> Recommendation {
        recommended_by(SMALL, &[], answers)
    }

    fn scores(recommendation: Recommendation) -> Vec<(String, i32)> {
        recommendation.paths.into_iter().map(|path| (path.framework, path.score)).collect()
    }

    fn ranking(answers: &[&str]) -> Vec<(String, i32)> {
        scores(recommended(answers))
    }

    fn ranked(all: [(&str, i32); 3]) -> Vec<(String, i32)> {
        all.map(|(framework, score)| (framework.to_owned(), score)).to_vec()
    }

    #[test]
    fn the_score_is_the_sum_of_the_reasons_which_stand_by_their_points() {
        let answers = ["goal=live", "know=rust,none"];
        assert_eq!(ranking(&answers), ranked([("axum", 5), ("rocket", 4), ("flask", 3)]));
        let axum = &recommended(&answers).paths[0];
        let points: Vec<i16> = axum.reasons.iter().map(|reason| reason.points).collect();
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
    fn equal_scores_without_starters_stand_in_the_order_of_the_file() {
        assert_eq!(ranking(&[]), ranked([("axum", 0), ("rocket", 0), ("flask", 0)]));
        assert_eq!(ranking(&["goal=site"]), ranked([("rocket", 2), ("flask", 2), ("axum", 0)]));
    }

    #[test]
    fn of_equal_scores_a_framework_with_starters_comes_first() {
        let tied = scores(recommended_by(SMALL, &["flask"], &["goal=site"]));
        assert_eq!(tied, ranked([("flask", 2), ("rocket", 2), ("axum", 0)]));
        let none = scores(recommended_by(SMALL, &["flask"], &[]));
        assert_eq!(none, ranked([("flask", 0), ("axum", 0), ("rocket", 0)]));
        let behind = scores(recommended_by(SMALL, &["axum"], &["goal=site"]));
        assert_eq!(behind, ranked([("rocket", 2), ("flask", 2), ("axum", 0)]));
    }

    #[test]
    fn of_equal_scores_the_language_that_the_answers_speak_for_comes_first() {
        // Python for 2 points: Flask is level with Rocket, whose 4 points are of pages and speed.
        let text = SMALL
            .replace("{language: python, points: 3,", "{language: python, points: 1,")
            .replace("- {trait: pages, points: 2,", "- {framework: rocket, points: 1, because: it is comfortable}\n          - {trait: pages, points: 2,");
        let tied = scores(recommended_by(&text, &[], &["goal=site", "know=python"]));
        assert_eq!(tied, ranked([("flask", 3), ("rocket", 3), ("axum", 0)]));
    }

    #[test]
    fn a_trait_counts_once_by_the_answer_with_most_points_for_it() {
        let text = SMALL.replace(
            "because: its language suits beginners}",
            "because: its language suits beginners}\n          - {trait: pages, points: 3, because: pages are easy}",
        );
        let paths = recommended_by(&text, &[], &["goal=site", "know=none"]).paths;
        let rocket = paths.iter().find(|path| path.framework == "rocket").expect("Rocket");
        assert_eq!(rocket.score, 3);
        let because: Vec<&str> =
            rocket.reasons.iter().map(|reason| reason.because.as_str()).collect();
        assert_eq!(because, ["pages are easy"]);
    }

    #[test]
    fn what_speaks_against_a_path_takes_points_and_stands_last() {
        let text = SMALL.replace(
            "because: its language suits beginners}",
            "because: its language suits beginners}\n          - {trait: fast, points: -2, because: its start is hard}",
        );
        let answers = ["goal=live", "know=none"];
        let paths = recommended_by(&text, &[], &answers).paths;
        let scores: Vec<_> =
            paths.iter().map(|path| (path.framework.as_str(), path.score)).collect();
        assert_eq!(scores, [("flask", 3), ("axum", 0), ("rocket", -1)]);
        let last = paths[1].reasons.last().expect("a reason");
        assert_eq!((last.points, last.because.as_str()), (-2, "its start is hard"));
    }

    #[test]
    fn the_project_with_most_votes_comes_first_and_without_votes_the_first_in_the_file() {
        assert_eq!(recommended(&["goal=live"]).project.as_deref(), Some("chat"));
        assert_eq!(recommended(&[]).project.as_deref(), Some("blog"));
    }

    #[test]
    fn the_hours_a_week_are_those_that_were_answered() {
        let hours = |answer: &str| {
            let (roadmap, answers) = answered(SMALL, &[answer]);
            hours_a_week(&roadmap, &answers)
        };
        assert_eq!(hours("hours=ten"), Some(10));
        assert_eq!(hours("goal=live"), None);
    }

    #[test]
    fn the_language_takes_its_hours_once_unless_an_answer_says_more() {
        let factor = |text: &str| {
            let (roadmap, answers) = answered(text, &["know=none"]);
            language_factor(&roadmap, &answers)
        };
        assert_eq!(factor(SMALL), 1);
        let text = SMALL.replace("text: None\n", "text: None\n        language_factor: 3\n");
        assert_eq!(factor(&text), 3);
    }
}
