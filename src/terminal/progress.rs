//! Long steps, shown while they run. The only user of `indicatif`.

use super::Screen;
use indicatif::{ProgressBar, ProgressStyle};
use std::time::Duration;

/// Steps that follow each other, with a sign of life while one runs.
pub struct Steps {
    bar: ProgressBar,
}

impl Steps {
    /// Steps on stderr; nothing is drawn without a terminal or with `--quiet`.
    #[must_use]
    pub fn new(screen: &Screen) -> Self {
        let bar =
            if screen.is_quiet() { ProgressBar::hidden() } else { ProgressBar::new_spinner() };
        if let Ok(look) = ProgressStyle::with_template("{spinner} {wide_msg} {elapsed}") {
            bar.set_style(look);
        }
        bar.enable_steady_tick(Duration::from_millis(120));
        Self { bar }
    }

    /// Begins the next step.
    pub fn next(&self, what: &str) {
        self.bar.set_message(what.to_owned());
    }
}

impl Drop for Steps {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
