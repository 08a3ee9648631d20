//! Questions to a person, on stderr. The only user of `dialoguer`.

use crate::error::Error;
use console::Term;
use dialoguer::theme::{ColorfulTheme, SimpleTheme, Theme};
use dialoguer::{Input, MultiSelect, Select};
use std::io;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// Asks questions. While there is one, Ctrl-C ends the question, not the process, so that
/// the cursor comes back.
pub struct Prompt {
    term: Term,
    theme: Box<dyn Theme>,
    _interrupts: Arc<AtomicBool>,
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
        Self { term: Term::stderr(), theme, _interrupts: interrupts }
    }

    /// One of several; the first is marked at the start.
    ///
    /// # Errors
    /// The user broke off, or the terminal went away.
    pub fn one(&self, question: &str, choices: &[&str]) -> Result<usize, Error> {
        let select = Select::with_theme(self.theme.as_ref()).with_prompt(question).items(choices);
        let chosen = select.default(0).interact_on_opt(&self.term);
        self.told(chosen)
    }

    /// Any number of several, none too.
    ///
    /// # Errors
    /// The user broke off, or the terminal went away.
    pub fn several(&self, question: &str, choices: &[&str]) -> Result<Vec<usize>, Error> {
        let question = format!("{question} (space marks, enter goes on)");
        let select =
            MultiSelect::with_theme(self.theme.as_ref()).with_prompt(question).items(choices);
        let chosen = select.interact_on_opt(&self.term);
        self.told(chosen)
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
            Ok(Some(value)) => Ok(value),
            Ok(None) => Err(Error::interrupted()),
            Err(dialoguer::Error::IO(error)) if error.kind() == io::ErrorKind::Interrupted => {
                Err(Error::interrupted())
            }
            Err(dialoguer::Error::IO(error)) => Err(Error::io("ask in this terminal", &error)),
        }
    }
}
