//! Questions to a person, on stderr.

use super::choices::{Answer, ChoiceRows, KeyOutcome, PromptQuestion};
use super::plain_question;
use crate::error::Error;
use crate::terminal::ascii::{for_terminal, has_utf8};
use crate::terminal::interrupt;
use crate::terminal::printable::{Styles, printable};
use console::{Key, Term, measure_text_width, style, truncate_str};
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// The widest line of a question.
const MAX_WIDTH: usize = 100;
/// The last row of a question that has one before it.
pub(super) const BACK: &str = "Back to the question before";

/// The lowest terminal in which rows can be redrawn at each key.
const MIN_LINES: u16 = 4;

/// Asks questions. While there is one, a signal ends the question, not the process, so that the
/// terminal is as it was: it echoes, reads lines, and shows its cursor.
pub struct Prompt {
    term: Term,
    /// Rises at a signal; nothing where questions are plain lines, which leave a terminal as it is.
    interrupts: Option<Arc<AtomicBool>>,
    /// The answers on the screen.
    answered: Vec<DrawnAnswer>,
    /// Whether the keys that move have been explained.
    explained_moving: bool,
    /// Whether the keys that mark have been explained.
    explained_marking: bool,
    /// The widths of the lines that were written since the last answer.
    above: Vec<usize>,
}

/// An answer on the screen: the widths of what was explained above it, and of its own lines.
struct DrawnAnswer {
    above: Vec<usize>,
    lines: Vec<usize>,
}

impl Default for Prompt {
    fn default() -> Self {
        Self::new()
    }
}

impl Prompt {
    /// Makes ready to ask.
    #[must_use]
    pub fn new() -> Self {
        let term = Term::stderr();
        let lines = term.size_checked().map_or(0, |(lines, _)| lines);
        let is_plain = std::env::var_os("TERM").is_some_and(|term| term == "dumb")
            || (1..MIN_LINES).contains(&lines);
        let interrupts = (!is_plain).then(interrupt::watch_questions);
        Self {
            term,
            interrupts,
            answered: Vec::new(),
            explained_moving: false,
            explained_marking: false,
            above: Vec::new(),
        }
    }

    /// One of several; the first is highlighted at the start.
    ///
    /// # Errors
    /// The user broke off, or the terminal went away.
    pub fn choose_single(
        &mut self,
        text: &str,
        choices: &[impl AsRef<str>],
    ) -> Result<usize, Error> {
        let choices: Vec<&str> = choices.iter().map(AsRef::as_ref).collect();
        match self.ask(&PromptQuestion { text, choices: &choices, ..PromptQuestion::default() })? {
            Answer::Chosen(chosen) => Ok(chosen.first().copied().unwrap_or(0)),
            Answer::Back => Ok(0),
        }
    }

    /// Asks `question`, which has a choice at least.
    ///
    /// # Errors
    /// The user broke off, or the terminal went away.
    pub fn ask(&mut self, question: &PromptQuestion<'_>) -> Result<Answer, Error> {
        let safe = |text: &str| printable(text, Styles::Drop).into_owned();
        let choices: Vec<String> = question.choices.iter().map(|choice| safe(choice)).collect();
        let choices: Vec<&str> = choices.iter().map(String::as_str).collect();
        let text = safe(question.text);
        let question = &PromptQuestion { text: &text, choices: &choices, ..*question };
        let answer = if self.interrupts.is_none() {
            plain_question::ask(question, &self.term, &mut io::stdin().lock())
        } else {
            let answer = self.ask_with_keys(question);
            // Whichever way a question ended, the cursor is to be seen.
            let _ = self.term.show_cursor();
            answer
        };
        // Pressed while the terminal read no key.
        if self.is_interrupted() {
            return Err(Error::interrupted());
        }
        match answer {
            Ok(Some(answer)) => Ok(answer),
            Ok(None) => Err(Error::interrupted()),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => Err(Error::interrupted()),
            Err(error) => Err(Error::io("ask in this terminal", &error)),
        }
    }

    fn is_interrupted(&self) -> bool {
        self.interrupts.as_ref().is_some_and(|flag| flag.load(Ordering::Relaxed))
    }

    /// Nothing if the user left.
    fn ask_with_keys(&mut self, question: &PromptQuestion<'_>) -> io::Result<Option<Answer>> {
        self.explain(question)?;
        self.term.hide_cursor()?;
        let mut rows = ChoiceRows::from_question(question);
        loop {
            let drawn = self.draw(question, &rows)?;
            if self.is_interrupted() {
                return Ok(None);
            }
            let pressed = rows.press(&self.read_key()?);
            self.erase(&drawn)?;
            match pressed {
                KeyOutcome::Continue => {}
                KeyOutcome::Cancelled => return Ok(None),
                KeyOutcome::Answered(Answer::Back) => {
                    self.take_back(question)?;
                    return Ok(Some(Answer::Back));
                }
                KeyOutcome::Answered(Answer::Chosen(chosen)) => {
                    self.draw_answer(question, &chosen)?;
                    return Ok(Some(Answer::Chosen(chosen)));
                }
            }
        }
    }

    fn read_key(&self) -> io::Result<Key> {
        match &self.interrupts {
            Some(flag) => interrupt::interruptible(flag, || self.term.read_key()),
            None => self.term.read_key(),
        }
    }

    /// Says once which keys there are.
    fn explain(&mut self, question: &PromptQuestion<'_>) -> io::Result<()> {
        if !self.explained_moving {
            let keys = "Up and Down move, Enter chooses, Esc leaves.";
            self.above = self.write(&self.wrapped(keys, "", ""))?;
        }
        if question.multiple && !self.explained_marking {
            let keys = "Here you may choose several: Space marks, Enter goes on. Enter without a \
                        mark takes the line you are on.";
            let lines = self.write(&self.wrapped(keys, "", ""))?;
            self.above.extend(lines);
        }
        self.explained_moving = true;
        self.explained_marking |= question.multiple;
        Ok(())
    }

    /// Takes the last answer off the screen, with what was explained since.
    fn take_back(&mut self, question: &PromptQuestion<'_>) -> io::Result<()> {
        let above = std::mem::take(&mut self.above);
        if question.multiple && !above.is_empty() {
            self.explained_marking = false;
        }
        self.erase(&above)?;
        if let Some(answer) = self.answered.pop() {
            self.erase(&answer.lines)?;
            self.above = answer.above;
        }
        Ok(())
    }

    /// Draws the question with its rows; gives the widths of the lines.
    fn draw(&self, question: &PromptQuestion<'_>, rows: &ChoiceRows) -> io::Result<Vec<usize>> {
        let (height, width) = self.term.size();
        let mut lines = self.wrapped(question.text, &Mark::PromptQuestion.text(), "  ");
        let room = usize::from(height).saturating_sub(lines.len() + 1).max(1);
        let mut blocks: Vec<Vec<String>> =
            (0..rows.count()).map(|at| self.row(question, rows, at)).collect();
        if blocks.iter().map(Vec::len).sum::<usize>() > room {
            let cut = |block: &Vec<String>| {
                truncate_str(&block.join(" "), usize::from(width), "…").into_owned()
            };
            blocks = blocks.iter().map(|block| vec![cut(block)]).collect();
        }
        // Where even that is too high, the rows around the highlighted one.
        let first = (rows.highlighted + 1).saturating_sub(room);
        lines.extend(blocks.into_iter().skip(first).take(room.max(1)).flatten());
        self.write(&lines)
    }

    /// A choice with its pointer and mark.
    fn row(&self, question: &PromptQuestion<'_>, rows: &ChoiceRows, at: usize) -> Vec<String> {
        let pointer = if at == rows.highlighted { Mark::Pointer.text() } else { " ".to_owned() };
        let text = question.choices.get(at).copied().unwrap_or(BACK);
        let text = if at == rows.highlighted {
            style(text).for_stderr().bold().to_string()
        } else {
            text.to_owned()
        };
        let mark = match rows.marked.get(at) {
            Some(true) if question.multiple => format!("{} ", Mark::Chosen.text()),
            Some(false) if question.multiple => format!("{} ", Mark::Open.text()),
            // The way back is no choice.
            _ => String::new(),
        };
        let first = format!("{pointer} {mark}");
        let rest = " ".repeat(measure_text_width(&first));
        self.wrapped(&text, &first, &rest)
    }

    /// Leaves the answer on the screen.
    fn draw_answer(&mut self, question: &PromptQuestion<'_>, chosen: &[usize]) -> io::Result<()> {
        let chosen = chosen.iter().filter_map(|at| question.choices.get(*at)).copied();
        let chosen = style(chosen.collect::<Vec<_>>().join(", ")).for_stderr().bold();
        let lines =
            self.wrapped(&format!("{} {chosen}", question.text), &Mark::Answered.text(), "  ");
        let lines = self.write(&lines)?;
        self.answered.push(DrawnAnswer { above: std::mem::take(&mut self.above), lines });
        Ok(())
    }

    fn wrapped(&self, text: &str, first: &str, rest: &str) -> Vec<String> {
        // One column stays free: a line that fills the last one wraps in some terminals.
        let width = usize::from(self.term.size().1).clamp(2, MAX_WIDTH) - 1;
        let options = textwrap::Options::new(width).initial_indent(first).subsequent_indent(rest);
        textwrap::wrap(text, options).into_iter().map(std::borrow::Cow::into_owned).collect()
    }

    fn write(&self, lines: &[String]) -> io::Result<Vec<usize>> {
        for line in lines {
            self.term.write_line(&for_terminal(line))?;
        }
        self.term.flush()?;
        Ok(lines.iter().map(|line| measure_text_width(line)).collect())
    }

    /// Erases lines of these widths, which wrap if the terminal has become narrower since.
    fn erase(&self, drawn: &[usize]) -> io::Result<()> {
        let width = usize::from(self.term.size().1).max(1);
        self.term.clear_last_lines(drawn.iter().map(|line| line.div_ceil(width).max(1)).sum())
    }
}

/// The signs of a question, by colour and without.
enum Mark {
    PromptQuestion,
    Answered,
    Pointer,
    Chosen,
    Open,
}

impl Mark {
    fn text(&self) -> String {
        if !console::colors_enabled_stderr() || !has_utf8() {
            return match self {
                Self::PromptQuestion | Self::Answered => "? ",
                Self::Pointer => ">",
                Self::Chosen => "[x]",
                Self::Open => "[ ]",
            }
            .to_owned();
        }
        match self {
            Self::PromptQuestion => style("? ").for_stderr().yellow(),
            Self::Answered => style("✔ ").for_stderr().green(),
            Self::Pointer => style("❯").for_stderr().green().bold(),
            Self::Chosen => style("✔").for_stderr().green(),
            Self::Open => style("⬚").for_stderr(),
        }
        .to_string()
    }
}
