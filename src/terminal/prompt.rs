//! Questions to a person, on stderr. The only user of `dialoguer`.

use super::Layout;
use crate::error::Error;
use console::{Term, measure_text_width, style, truncate_str};
use dialoguer::theme::{ColorfulTheme, SimpleTheme, Theme};
use dialoguer::{Input, MultiSelect, Select};
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// The columns that a question or a choice gives to the signs around it.
const MARKS: usize = 7;

/// What is asked where the question itself stands above.
const SHORT: &str = "Your choice";

/// Asks questions. While there is one, Ctrl-C ends the question, not the process, so that
/// the cursor comes back.
pub struct Prompt {
    term: Term,
    theme: Box<dyn Theme>,
    interrupts: Arc<AtomicBool>,
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
        let interrupts = Arc::new(AtomicBool::new(false));
        let flag = Arc::clone(&interrupts);
        let _ = signal_hook::flag::register(signal_hook::consts::SIGINT, flag);
        let theme: Box<dyn Theme> = if console::colors_enabled_stderr() {
            Box::new(ColorfulTheme::default())
        } else {
            Box::new(SimpleTheme)
        };
        Self { term: Term::stderr(), theme, interrupts }
    }

    /// One of several; the first is marked at the start.
    ///
    /// # Errors
    /// The user broke off, or the terminal went away.
    pub fn one(&self, question: &str, choices: &[&str]) -> Result<usize, Error> {
        let (question, choices) = self.fitted(question, choices);
        let select = Select::with_theme(self.theme.as_ref()).with_prompt(question).items(&choices);
        let chosen = select.default(0).interact_on_opt(&self.term);
        self.told(chosen)
    }

    /// Any number of several, none too.
    ///
    /// # Errors
    /// The user broke off, or the terminal went away.
    pub fn several(&self, question: &str, choices: &[&str]) -> Result<Vec<usize>, Error> {
        let question = format!("{question} (space marks, enter goes on)");
        let (question, choices) = self.fitted(&question, choices);
        let select =
            MultiSelect::with_theme(self.theme.as_ref()).with_prompt(question).items(&choices);
        let chosen = select.interact_on_opt(&self.term);
        self.told(chosen)
    }

    /// A question and choices of a line each: `dialoguer` redraws by lines, and a line that the
    /// terminal breaks would stay on the screen at every key. What is cut short is written out
    /// above first.
    fn fitted(&self, question: &str, choices: &[&str]) -> (String, Vec<String>) {
        let room = usize::from(self.term.size().1).saturating_sub(MARKS);
        let fits = |text: &str| measure_text_width(text) <= room;
        if fits(question) && choices.iter().all(|choice| fits(choice)) {
            return (question.to_owned(), choices.iter().map(|one| (*one).to_owned()).collect());
        }
        let layout = Layout::of(&self.term);
        let mut above = layout.paragraph(&style(question).for_stderr().bold().to_string(), 0);
        if !choices.iter().all(|choice| fits(choice)) {
            above.extend(choices.iter().map(|choice| layout.item("-", choice, 2)));
        }
        // A terminal that takes no text shows no question either.
        let _ = self.term.write_str(&above);
        let cut = |choice: &&str| truncate_str(choice, room, "…").into_owned();
        (SHORT.to_owned(), choices.iter().map(cut).collect())
    }

    /// A text that `check` takes; what it refuses is told, and asked again.
    ///
    /// # Errors
    /// The user broke off, or the terminal went away.
    pub fn text(
        &self,
        question: &str,
        default: &str,
        check: impl Fn(&str) -> Result<(), String>,
    ) -> Result<String, Error> {
        let input = Input::<String>::with_theme(self.theme.as_ref())
            .with_prompt(question)
            .default(default.to_owned())
            .validate_with(|text: &String| check(text));
        let typed = input.interact_text_on(&self.term);
        self.told(typed.map(Some))
    }

    fn told<T>(&self, answer: dialoguer::Result<Option<T>>) -> Result<T, Error> {
        // Whichever way a question ended, the cursor is to be seen.
        let _ = self.term.show_cursor();
        match answer {
            // Pressed while the terminal read no key.
            _ if self.interrupts.load(Ordering::Relaxed) => Err(Error::interrupted()),
            Ok(Some(value)) => Ok(value),
            Ok(None) => Err(Error::interrupted()),
            Err(dialoguer::Error::IO(error)) if error.kind() == io::ErrorKind::Interrupted => {
                Err(Error::interrupted())
            }
            Err(dialoguer::Error::IO(error)) => Err(Error::io("ask in this terminal", &error)),
        }
    }
}
