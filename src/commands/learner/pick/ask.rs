//! Asks the questions of the quiz that no flag has answered.

use crate::commands::shared::session::Session;
use crate::curriculum::model::{Question, Roadmap};
use crate::error::Error;
use crate::quiz::Answers;
use crate::terminal::{Answer, Prompt, PromptQuestion};

/// Asks what was not answered; without a terminal, names it.
pub(super) fn ask(
    roadmap: &Roadmap,
    answers: &mut Answers,
    prompt: &mut Prompt,
    session: &Session<'_>,
) -> Result<(), Error> {
    let open: Vec<&Question> =
        roadmap.quiz.iter().filter(|question| !answers.has(question)).collect();
    if open.is_empty() {
        return Ok(());
    }
    if !session.screen.is_interactive() {
        return Err(unanswered(roadmap, answers, &open));
    }
    let mut place = 0;
    while let Some(question) = open.get(place) {
        let text = format!("{}/{} {}", place + 1, open.len(), question.text);
        let choices: Vec<&str> =
            question.choices.iter().map(|choice| choice.text.as_str()).collect();
        let exclusive: Vec<usize> =
            (0..choices.len()).filter(|at| question.choices[*at].alone).collect();
        let preselected = answers.chosen_indexes(question);
        let answer = prompt.ask(&PromptQuestion {
            text: &text,
            choices: &choices,
            multiple: question.multiple,
            exclusive: &exclusive,
            preselected: &preselected,
            has_previous: place > 0,
        })?;
        match answer {
            Answer::Back => place = place.saturating_sub(1),
            Answer::Chosen(chosen) => {
                answers.set(question, &chosen);
                place += 1;
            }
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
    let error = Error::user("there is no terminal to ask in, and not every question is answered")
        .with_cause(format!("missing: {}", missing.join(", ")))
        .with_command_hint("with a choice of your own for each:", line)
        .with_command_hint("every question with its choices:", "roadmap list questions");
    match roadmap.frameworks.first() {
        Some(framework) => error.with_command_hint(
            "or without the quiz, a framework of your own choice:",
            format!("roadmap pick --framework {}", framework.id),
        ),
        None => error,
    }
}
