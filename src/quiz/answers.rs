//! What somebody answered, checked against the questions.

use crate::curriculum::model::{Choice, Question, Roadmap};
use crate::suggest::nearest;
use std::collections::BTreeMap;

/// Choices by question, each known and allowed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answers(BTreeMap<String, Vec<String>>);

/// An answer that fits no question.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AnswerError {
    #[error("`{text}` is no answer: it needs the form QUESTION=CHOICE")]
    Form { text: String },
    #[error("unknown question `{word}`")]
    Question { word: String, suggestion: Option<String>, known: Vec<String> },
    #[error("the question `{question}` has no choice `{word}`")]
    Choice { question: String, word: String, suggestion: Option<String>, known: Vec<String> },
    #[error("the question `{question}` takes one choice, not {count}")]
    Several { question: String, count: usize },
    #[error("the question `{question}` is answered twice")]
    Twice { question: String },
}

impl Answers {
    /// Reads `QUESTION=CHOICE[,CHOICE...]` texts.
    ///
    /// # Errors
    /// The first that fits no question.
    pub fn read(roadmap: &Roadmap, texts: &[String]) -> Result<Self, AnswerError> {
        let mut answers = Self::default();
        for text in texts {
            let Some((word, choices)) = text.split_once('=') else {
                return Err(AnswerError::Form { text: text.clone() });
            };
            let question = question(roadmap, word.trim())?;
            let mut ids: Vec<String> = Vec::new();
            for word in choices.split(',').map(str::trim).filter(|word| !word.is_empty()) {
                let choice = choice(question, word)?;
                if !ids.contains(&choice.id) {
                    ids.push(choice.id.clone());
                }
            }
            if ids.is_empty() && !question.multiple {
                return Err(AnswerError::Form { text: text.clone() });
            }
            if ids.len() > 1 && !question.multiple {
                let (question, count) = (question.id.clone(), ids.len());
                return Err(AnswerError::Several { question, count });
            }
            if answers.0.insert(question.id.clone(), ids).is_some() {
                return Err(AnswerError::Twice { question: question.id.clone() });
            }
        }
        Ok(answers)
    }

    /// Records an answer: `choices` are indexes into the question's choices.
    pub fn set(&mut self, question: &Question, choices: &[usize]) {
        let chosen = choices.iter().filter_map(|index| question.choices.get(*index));
        let chosen = chosen.map(|choice| choice.id.clone()).collect();
        self.0.insert(question.id.clone(), chosen);
    }

    /// Whether `question` has been answered, with no choice too.
    #[must_use]
    pub fn has(&self, question: &Question) -> bool {
        self.0.contains_key(&question.id)
    }

    /// The chosen choices, in the order of the questions.
    pub fn chosen<'a>(
        &'a self,
        roadmap: &'a Roadmap,
    ) -> impl Iterator<Item = (&'a Question, &'a Choice)> {
        roadmap.quiz.iter().flat_map(move |question| {
            let ids = self.0.get(&question.id);
            let is_chosen = move |choice: &&Choice| ids.is_some_and(|ids| ids.contains(&choice.id));
            question.choices.iter().filter(is_chosen).map(move |choice| (question, choice))
        })
    }

    /// The indexes of the choices of `question` that were chosen.
    #[must_use]
    pub fn chosen_indexes(&self, question: &Question) -> Vec<usize> {
        let ids = self.0.get(&question.id);
        let is_chosen = |at: &usize| {
            question
                .choices
                .get(*at)
                .is_some_and(|choice| ids.is_some_and(|ids| ids.contains(&choice.id)))
        };
        (0..question.choices.len()).filter(is_chosen).collect()
    }

    /// Saved answers. Those that this roadmap does not know are not asked for.
    #[must_use]
    pub fn saved(ids: BTreeMap<String, Vec<String>>) -> Self {
        Self(ids)
    }

    /// The ids, for the state file.
    #[must_use]
    pub fn ids(&self) -> &BTreeMap<String, Vec<String>> {
        &self.0
    }
}

fn question<'a>(roadmap: &'a Roadmap, word: &str) -> Result<&'a Question, AnswerError> {
    let question = roadmap.quiz.iter().find(|question| question.id == word);
    question.ok_or_else(|| {
        let known = || roadmap.quiz.iter().map(|question| question.id.as_str());
        AnswerError::Question {
            word: word.to_owned(),
            suggestion: nearest(word, known()).map(str::to_owned),
            known: known().map(str::to_owned).collect(),
        }
    })
}

fn choice<'a>(question: &'a Question, word: &str) -> Result<&'a Choice, AnswerError> {
    let choice = question.choices.iter().find(|choice| choice.id == word);
    choice.ok_or_else(|| {
        let known = || question.choices.iter().map(|choice| choice.id.as_str());
        AnswerError::Choice {
            question: question.id.clone(),
            word: word.to_owned(),
            suggestion: nearest(word, known()).map(str::to_owned),
            known: known().map(str::to_owned).collect(),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn small() -> Roadmap {
        let text = include_str!("../../tests/fixtures/roadmap.yaml");
        crate::curriculum::parse("small.yaml", text).expect("sound")
    }

    fn read(texts: &[&str]) -> Result<Vec<String>, AnswerError> {
        let texts: Vec<String> = texts.iter().map(|text| (*text).to_owned()).collect();
        let roadmap = small();
        let answers = Answers::read(&roadmap, &texts)?;
        let chosen = answers.chosen(&roadmap);
        Ok(chosen.map(|(question, choice)| format!("{}={}", question.id, choice.id)).collect())
    }

    #[test]
    fn choices_come_in_the_order_of_the_questions_each_once() {
        let read = read(&["hours=ten", "know= rust , none,rust,", "goal=site"]).expect("answers");
        assert_eq!(read, ["goal=site", "know=none", "know=rust", "hours=ten"]);
    }

    #[test]
    fn no_choice_is_an_answer_where_several_are_allowed() {
        assert_eq!(read(&["know="]), Ok(Vec::new()));
        assert!(matches!(read(&["goal="]), Err(AnswerError::Form { .. })));
        let roadmap = small();
        let answers = Answers::read(&roadmap, &["know=".to_owned()]).expect("answers");
        assert!(answers.has(&roadmap.quiz[1]));
        assert!(!answers.has(&roadmap.quiz[0]));
    }

    #[test]
    fn what_fits_no_question_is_refused_with_the_nearest() {
        assert!(matches!(read(&["goal"]), Err(AnswerError::Form { .. })));
        let suggestion = |bad| match bad {
            Err(
                AnswerError::Question { suggestion, .. } | AnswerError::Choice { suggestion, .. },
            ) => suggestion,
            _ => None,
        };
        assert_eq!(suggestion(read(&["gaol=site"])).as_deref(), Some("goal"));
        assert_eq!(suggestion(read(&["goal=sitte"])).as_deref(), Some("site"));
        let several = AnswerError::Several { question: "goal".to_owned(), count: 2 };
        assert_eq!(read(&["goal=site,live"]), Err(several));
        let twice = AnswerError::Twice { question: "goal".to_owned() };
        assert_eq!(read(&["goal=site", "goal=site"]), Err(twice));
    }

    #[test]
    fn what_was_chosen_on_the_screen_is_the_same_as_what_was_typed() {
        let roadmap = small();
        let mut answers = Answers::default();
        answers.set(&roadmap.quiz[1], &[0, 2]);
        answers.set(&roadmap.quiz[0], &[1]);
        let texts = ["goal=live".to_owned(), "know=none,python".to_owned()];
        assert_eq!(answers, Answers::read(&roadmap, &texts).expect("answers"));
    }
}
