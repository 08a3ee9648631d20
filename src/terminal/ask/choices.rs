//! The choices of a question and its keys: which row is highlighted, which are marked.

use console::Key;

/// A question as it is asked.
#[derive(Debug, Clone, Copy, Default)]
pub struct PromptQuestion<'a> {
    pub text: &'a str,
    pub choices: &'a [&'a str],
    /// Whether several can be chosen.
    pub multiple: bool,
    /// Choices that exclude the others: "none of these".
    pub exclusive: &'a [usize],
    /// What was chosen before the user came back to the question.
    pub preselected: &'a [usize],
    /// Whether there is a question to go back to.
    pub has_previous: bool,
}

/// The result of a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// Indexes of choices, in their order; one at least.
    Chosen(Vec<usize>),
    /// Back to the question before.
    Back,
}

/// The result of a key press.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum KeyOutcome {
    /// The question goes on.
    Continue,
    Answered(Answer),
    Cancelled,
}

/// The rows of a question: its choices, and the way back where there is one.
#[derive(Debug, Clone)]
pub(super) struct ChoiceRows {
    pub highlighted: usize,
    pub marked: Vec<bool>,
    multiple: bool,
    exclusive: Vec<bool>,
    has_previous: bool,
}

impl ChoiceRows {
    pub(in crate::terminal) fn from_question(question: &PromptQuestion<'_>) -> Self {
        let is_marked = |at: usize| question.multiple && question.preselected.contains(&at);
        Self {
            highlighted: question.preselected.first().copied().unwrap_or(0),
            marked: (0..question.choices.len()).map(is_marked).collect(),
            multiple: question.multiple,
            exclusive: (0..question.choices.len())
                .map(|at| question.exclusive.contains(&at))
                .collect(),
            has_previous: question.has_previous,
        }
    }

    /// How many rows there are.
    pub(in crate::terminal) fn count(&self) -> usize {
        self.marked.len() + usize::from(self.has_previous)
    }

    /// Whether the row at `at` is the way back.
    pub(super) fn is_back(&self, at: usize) -> bool {
        at == self.marked.len()
    }

    pub(super) fn press(&mut self, key: &Key) -> KeyOutcome {
        let last = self.count() - 1;
        match key {
            Key::ArrowDown | Key::Tab | Key::Char('j') => {
                self.highlighted = if self.highlighted == last { 0 } else { self.highlighted + 1 };
            }
            Key::ArrowUp | Key::BackTab | Key::Char('k') => {
                self.highlighted = self.highlighted.checked_sub(1).unwrap_or(last);
            }
            Key::Home | Key::PageUp => self.highlighted = 0,
            Key::End | Key::PageDown => self.highlighted = last,
            Key::Char(' ') if self.multiple && !self.is_back(self.highlighted) => self.mark(),
            Key::Enter | Key::Char(' ') => return KeyOutcome::Answered(self.answer()),
            Key::ArrowLeft | Key::Backspace if self.has_previous => {
                return KeyOutcome::Answered(Answer::Back);
            }
            Key::Escape | Key::Char('q') => return KeyOutcome::Cancelled,
            _ => {}
        }
        KeyOutcome::Continue
    }

    /// Marks the highlighted choice, or takes the mark away. A choice that stands alone takes the
    /// marks of the others, and they take its.
    fn mark(&mut self) {
        let at = self.highlighted;
        let now = !self.marked[at];
        if now && self.exclusive[at] {
            self.marked.fill(false);
        } else if now {
            let both = self.marked.iter_mut().zip(&self.exclusive);
            both.for_each(|(marked, exclusive)| *marked &= !exclusive);
        }
        self.marked[at] = now;
    }

    /// The marked choices; where none is, the highlighted one.
    fn answer(&self) -> Answer {
        if self.is_back(self.highlighted) {
            return Answer::Back;
        }
        let marked: Vec<usize> = (0..self.marked.len()).filter(|at| self.marked[*at]).collect();
        Answer::Chosen(if marked.is_empty() { vec![self.highlighted] } else { marked })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SPACE: Key = Key::Char(' ');
    const SEVERAL: PromptQuestion<'static> = PromptQuestion {
        text: "Which?",
        choices: &["None", "Rust", "Python"],
        multiple: true,
        exclusive: &[0],
        preselected: &[],
        has_previous: true,
    };

    fn pressed(question: &PromptQuestion<'_>, keys: &[Key]) -> KeyOutcome {
        let mut rows = ChoiceRows::from_question(question);
        keys.iter().map(|key| rows.press(key)).last().expect("a key")
    }

    fn chosen(all: &[usize]) -> KeyOutcome {
        KeyOutcome::Answered(Answer::Chosen(all.to_vec()))
    }

    #[test]
    fn enter_takes_what_is_marked_and_else_what_is_highlighted() {
        use Key::{ArrowDown, ArrowUp, Enter};
        assert_eq!(pressed(&SEVERAL, &[ArrowDown, Enter]), chosen(&[1]));
        let both = [ArrowDown, SPACE, ArrowDown, SPACE, ArrowUp, ArrowUp, Enter];
        assert_eq!(pressed(&SEVERAL, &both), chosen(&[1, 2]));
        let single = PromptQuestion { multiple: false, has_previous: false, ..SEVERAL };
        assert_eq!(pressed(&single, &[ArrowUp, SPACE]), chosen(&[2]));
    }

    #[test]
    fn the_choice_that_stands_alone_excludes_the_others() {
        use Key::{ArrowDown, ArrowUp, Enter};
        assert_eq!(pressed(&SEVERAL, &[SPACE, ArrowDown, SPACE, Enter]), chosen(&[1]));
        assert_eq!(pressed(&SEVERAL, &[ArrowDown, SPACE, ArrowUp, SPACE, Enter]), chosen(&[0]));
    }

    #[test]
    fn the_way_back_is_the_last_row_and_the_left_arrow() {
        use Key::{ArrowLeft, ArrowUp, Enter};
        let back = KeyOutcome::Answered(Answer::Back);
        assert_eq!(pressed(&SEVERAL, &[ArrowUp, Enter]), back);
        assert_eq!(pressed(&SEVERAL, &[SPACE, ArrowLeft]), back);
        let first = PromptQuestion { has_previous: false, ..SEVERAL };
        assert_eq!(pressed(&first, &[ArrowLeft]), KeyOutcome::Continue);
        assert_eq!(pressed(&first, &[ArrowUp, Enter]), chosen(&[2]));
    }

    #[test]
    fn an_earlier_answer_is_there_again() {
        let again = PromptQuestion { preselected: &[1, 2], ..SEVERAL };
        assert_eq!(pressed(&again, &[Key::Enter]), chosen(&[1, 2]));
        let single = PromptQuestion { multiple: false, preselected: &[2], ..SEVERAL };
        assert_eq!(pressed(&single, &[Key::Enter]), chosen(&[2]));
    }

    #[test]
    fn escape_leaves() {
        assert_eq!(pressed(&SEVERAL, &[Key::Escape]), KeyOutcome::Cancelled);
    }
}
