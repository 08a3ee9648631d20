//! What the second path would have needed to be the first.

use super::{Answers, recommend};
use crate::catalog::Starter;
use crate::curriculum::model::{Choice, Question, Roadmap};

/// The second path beside the first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunnerUp<'a> {
    /// How many points it has less.
    pub behind: u32,
    /// One other answer that would make it the first; nothing where no single one does.
    pub needs: Option<(&'a Question, &'a Choice)>,
}

/// Looks at the second path: the first choice, in the order of the questions, that alone would
/// turn the two. Where several choices are allowed, it comes to those taken.
#[must_use]
pub fn runner_up<'a>(
    roadmap: &'a Roadmap,
    starters: &[Starter],
    answers: &Answers,
) -> Option<RunnerUp<'a>> {
    let paths = recommend(roadmap, starters, answers).paths;
    let [first, second, ..] = paths.as_slice() else {
        return None;
    };
    let wins = |question: &Question, choice: usize| {
        let mut other = answers.clone();
        let chosen = answers.ids().get(&question.id);
        let is_chosen = |at: &usize| {
            let id = &question.choices[*at].id;
            question.multiple && chosen.is_some_and(|ids| ids.contains(id))
        };
        let choices = (0..question.choices.len()).filter(|at| is_chosen(at) || *at == choice);
        other.set(question, &choices.collect::<Vec<_>>());
        recommend(roadmap, starters, &other)
            .paths
            .first()
            .is_some_and(|path| path.framework == second.framework)
    };
    let needs = roadmap.quiz.iter().find_map(|question| {
        let at = (0..question.choices.len()).find(|at| wins(question, *at))?;
        Some((question, &question.choices[at]))
    });
    Some(RunnerUp { behind: first.score.abs_diff(second.score), needs })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn needs(answers: &[&str]) -> (u32, Option<String>) {
        let text = include_str!("../../tests/fixtures/roadmap.yaml");
        let roadmap = crate::curriculum::parse("small.yaml", text).expect("sound");
        let texts: Vec<String> = answers.iter().map(|text| (*text).to_owned()).collect();
        let answers = Answers::read(&roadmap, &texts).expect("answers");
        let runner = runner_up(&roadmap, &[], &answers).expect("two paths");
        let needs = runner.needs.map(|(question, choice)| format!("{}={}", question.id, choice.id));
        (runner.behind, needs)
    }

    #[test]
    fn the_answer_that_swaps_the_two_is_named() {
        // Rocket 5, axum 3: WebSockets would turn them.
        assert_eq!(needs(&["goal=site", "know=rust"]), (2, Some("goal=live".to_owned())));
        // Flask 5, Rocket 2: knowing Rust makes them equal, and Rocket stands before Flask.
        let python = ["goal=site", "know=python"];
        assert_eq!(needs(&python), (3, Some("know=rust".to_owned())));
    }
}
