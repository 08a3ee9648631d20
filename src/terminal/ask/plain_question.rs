//! Questions in plain lines, for terminals without a cursor that moves, or without room: the
//! choices have numbers, and a line of them is the answer.

use super::choices::{Answer, PromptQuestion};
use super::prompt::BACK;
use console::Term;
use std::io::{self, BufRead};

/// Asks on `term` until a line of `input` answers; nothing at the end of the input.
///
/// # Errors
/// The terminal went away.
pub(super) fn ask(
    question: &PromptQuestion<'_>,
    term: &Term,
    input: &mut impl BufRead,
) -> io::Result<Option<Answer>> {
    let back = question.has_previous.then_some(BACK);
    let rows: Vec<&str> = question.choices.iter().copied().chain(back).collect();
    let mut text = format!("{}\n", question.text);
    for (at, row) in rows.iter().enumerate() {
        text.push_str(&format!("  {}. {row}\n", at + 1));
    }
    let numbers = if question.multiple { "Numbers" } else { "Number" };
    let usual: Vec<usize> = match question.preselected {
        [] => vec![0],
        preselected => preselected.to_vec(),
    };
    let shown: Vec<String> = usual.iter().map(|at| (at + 1).to_string()).collect();
    loop {
        term.write_str(&format!("{text}{numbers} [{}]: ", shown.join(",")))?;
        term.flush()?;
        let mut line = String::new();
        if input.read_line(&mut line)? == 0 {
            return Ok(None);
        }
        if let Some(answer) = answer(line.trim(), question, &usual) {
            return Ok(Some(answer));
        }
        text = format!("Type a number from 1 to {}.\n", rows.len());
    }
}

/// What a line answers; an empty one takes what is usual.
fn answer(line: &str, question: &PromptQuestion<'_>, usual: &[usize]) -> Option<Answer> {
    let count = question.choices.len();
    if line.is_empty() {
        return Some(Answer::Chosen(usual.to_vec()));
    }
    let words = line.split([',', ' ']).filter(|word| !word.is_empty());
    let number = |word: &str| word.parse::<usize>().ok()?.checked_sub(1);
    let mut chosen = words.map(number).collect::<Option<Vec<usize>>>()?;
    chosen.sort_unstable();
    chosen.dedup();
    match chosen.as_slice() {
        [only] if *only == count && question.has_previous => Some(Answer::Back),
        [] => None,
        all if all.iter().any(|at| *at >= count) => None,
        [_, _, ..] if !question.multiple => None,
        // One that excludes the others stands alone.
        [_, _, ..] if chosen.iter().any(|at| question.exclusive.contains(at)) => None,
        _ => Some(Answer::Chosen(chosen)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROWS: [&str; 3] = ["a", "b", "none"];

    #[test]
    fn numbers_answer_and_nothing_else_does() {
        let single = PromptQuestion { text: "?", choices: &ROWS, ..PromptQuestion::default() };
        let answer_to = |line: &str| answer(line, &single, &[0]);
        assert_eq!(answer_to(""), Some(Answer::Chosen(vec![0])));
        assert_eq!(answer_to("3"), Some(Answer::Chosen(vec![2])));
        for refused in ["0", "4", "-1", "x", "1 2", ",", "99999999999999999999"] {
            assert_eq!(answer_to(refused), None, "{refused}");
        }
    }

    #[test]
    fn several_numbers_a_way_back_and_an_exclusive_choice() {
        let multiple = PromptQuestion {
            text: "?",
            choices: &ROWS,
            multiple: true,
            exclusive: &[2],
            has_previous: true,
            ..PromptQuestion::default()
        };
        let answer_to = |line: &str| answer(line, &multiple, &[0]);
        assert_eq!(answer_to("2, 1,1"), Some(Answer::Chosen(vec![0, 1])));
        assert_eq!(answer_to("3"), Some(Answer::Chosen(vec![2])));
        assert_eq!(answer_to("4"), Some(Answer::Back));
        assert_eq!(answer_to("1,3"), None);
        assert_eq!(answer_to("1,4"), None);
    }
}
