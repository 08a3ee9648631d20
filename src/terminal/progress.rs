//! Long steps, shown while they run. The only user of `indicatif`.

use super::Screen;
use super::ascii::has_utf8;
use super::printable::{Styles, printable};
use console::Term;
use indicatif::{ProgressBar, ProgressStyle};
use std::cell::Cell;
use std::time::{Duration, Instant};

/// Where nothing can be drawn, how often a line shows which step is running.
const LINE_INTERVAL: Duration = Duration::from_secs(30);

/// Steps that follow each other, with a sign of life while one runs.
pub struct Steps {
    bar: ProgressBar,
    /// When the last line was printed, where lines stand for what cannot be drawn.
    lines: Option<Cell<Instant>>,
}

impl Steps {
    /// Steps on stderr until they are dropped: drawn in a terminal, else a line now and then; nothing with `--quiet`.
    #[must_use]
    pub fn new(screen: &Screen) -> Self {
        let bar =
            if screen.is_quiet() { ProgressBar::hidden() } else { ProgressBar::new_spinner() };
        if let Ok(look) = ProgressStyle::with_template("{spinner} {wide_msg} {elapsed}") {
            bar.set_style(if has_utf8() { look } else { look.tick_chars("-\\|/-") });
        }
        bar.enable_steady_tick(Duration::from_millis(120));
        let lines = !screen.is_quiet() && !Term::stderr().is_term();
        Self { bar, lines: lines.then(|| Cell::new(Instant::now())) }
    }

    /// Begins the next step.
    pub fn next(&self, what: &str) {
        let what = printable(what, Styles::Drop);
        self.bar.set_message(what.to_string());
        if let Some(last) = self.lines.as_ref().filter(|last| last.get().elapsed() >= LINE_INTERVAL)
        {
            last.set(Instant::now());
            // An error of stderr cannot be reported on stderr.
            let _ = Term::stderr().write_line(&format!("note: at {what}"));
        }
    }
}

impl Drop for Steps {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
