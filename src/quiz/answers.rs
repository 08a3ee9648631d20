//! What somebody answered, checked against the questions.

use crate::curriculum::model::{Choice, Question, Roadmap};
use crate::suggest::nearest;
use std::collections::BTreeMap;

/// Choices by question, each known and allowed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answers(BTreeMap<String, Vec<String>>);

/// An answer that fits no question.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadAnswer {
    #[error("`{text}` is no answer: it needs the form QUESTION=CHOICE")]
    Form { text: String },
    #[error("unknown question `{word}`")]
    Question { word: String, meant: Option<String>, known: Vec<String> },
    #[error("the question `{question}` has no choice `{word}`")]
    Choice { question: String, word: String, meant: Option<String>, known: Vec<String> },
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
    pub fn read(roadmap: &Roadmap, texts: &[String]) -> Result<Self, BadAnswer> {
        let mut answers = Self::default();
        for text in texts {
            let Some((word, choices)) = text.split_once('=') else {
                return Err(BadAnswer::Form { text: text.clone() });
            };
            let question = question(roadmap, word.trim())?;
            let mut taken: Vec<String> = Vec::new();
            for word in choices.split(',').map(str::trim).filter(|word| !word.is_empty()) {
                let choice = choice(question, word)?;
                if !taken.contains(&choice.id) {
                    taken.push(choice.id.clone());
                }
            }
            if taken.is_empty() && !question.multiple {
                return Err(BadAnswer::Form { text: text.clone() });
            }
            if taken.len() > 1 && !question.multiple {
                let (question, count) = (question.id.clone(), taken.len());
                return Err(BadAnswer::Several { question, count });
            }
            if answers.0.insert(question.id.clone(), taken).is_some() {
                return Err(BadAnswer::Twice { question: question.id.clone() });
            }
        }
        Ok(answers)
    }

    /// Takes an answer as it was chosen: `choices` are indexes into the question's.
    pub fn take(&mut self, question: &Question, choices: &[usize]) {
        let chosen = choices.iter().filter_map(|index| question.choices.get(*index));
        let chosen = chosen.map(|choice| choice.id.clone()).collect();
        self.0.insert(question.id.clone(), chosen);
    }

    /// Whether `question` has been answered, with no choice too.
    #[must_use]
    pub fn has(&self, question: &Question) -> bool {
        self.0.contains_key(&question.id)
    }

    /// The choices taken, in the order of the questions.
    pub fn chosen<'a>(
        &'a self,
        roadmap: &'a Roadmap,
    ) -> impl Iterator<Item = (&'a Question, &'a Choice)> {
        roadmap.quiz.iter().flat_map(move |question| {
            let taken = self.0.get(&question.id);
            let is_taken =
                move |choice: &&Choice| taken.is_some_and(|ids| ids.contains(&choice.id));
            question.choices.iter().filter(is_taken).map(move |choice| (question, choice))
        })
    }

    /// The ids, for the state file.
    #[must_use]
    pub fn ids(&self) -> &BTreeMap<String, Vec<String>> {
        &self.0
    }
}

fn question<'a>(roadmap: &'a Roadmap, word: &str) -> Result<&'a Question, BadAnswer> {
    let found = roadmap.quiz.iter().find(|question| question.id == word);
    found.ok_or_else(|| {
        let known = || roadmap.quiz.iter().map(|question| question.id.as_str());
        BadAnswer::Question {
            word: word.to_owned(),
            meant: nearest(word, known()).map(str::to_owned),
            known: known().map(str::to_owned).collect(),
        }
    })
}

fn choice<'a>(question: &'a Question, word: &str) -> Result<&'a Choice, BadAnswer> {
    let found = question.choices.iter().find(|choice| choice.id == word);
    found.ok_or_else(|| {
        let known = || question.choices.iter().map(|choice| choice.id.as_str());
        BadAnswer::Choice {
            question: question.id.clone(),
            word: word.to_owned(),
            meant: nearest(word, known()).map(str::to_owned),
            known: known().map(str::to_owned).collect(),
        }
    })
}
