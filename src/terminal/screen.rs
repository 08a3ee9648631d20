//! Prints the output of commands to stdout, and notes and errors to stderr.

use super::ascii::for_terminal;
use super::color::{ColorChoice, Environment, decide};
use super::layout::Layout;
use super::printable::{Styles, printable, write_whole};
use crate::error::{Error, ErrorKind};
use console::{Term, measure_text_width, style, truncate_str};
use jiff::Zoned;
use std::borrow::Cow;
use std::io::{self, IsTerminal};

/// Where a command prints.
#[derive(Debug)]
pub struct Screen {
    quiet: bool,
    /// Whether somebody can be asked: stdin and stderr are terminals.
    interactive: bool,
}

impl Screen {
    /// A screen with colour as the flag and the environment want it.
    #[must_use]
    pub fn new(color: ColorChoice, quiet: bool) -> Self {
        let environment = Environment::read();
        let (out, err) = (io::stdout().is_terminal(), io::stderr().is_terminal());
        console::set_colors_enabled(decide(color, environment, out));
        console::set_colors_enabled_stderr(decide(color, environment, err));
        Self { quiet, interactive: err && io::stdin().is_terminal() }
    }

    /// Whether somebody can be asked.
    #[must_use]
    pub fn is_interactive(&self) -> bool {
        self.interactive
    }

    /// Whether what is read from stdin would be typed.
    #[must_use]
    pub fn stdin_is_terminal(&self) -> bool {
        io::stdin().is_terminal()
    }

    /// Whether notes and progress are left out (`--quiet`).
    #[must_use]
    pub fn is_quiet(&self) -> bool {
        self.quiet
    }

    /// The layout for text on stdout.
    #[must_use]
    pub fn layout(&self) -> Layout {
        Layout::from_terminal(&Term::stdout())
    }

    /// Prints the output of a command. This is the door to stdout: what would act on a terminal does not
    /// pass it, whatever file or argument it came from.
    ///
    /// # Errors
    /// [`ErrorKind::ClosedPipe`] if nobody reads it any more; else what the system says.
    pub fn print(&self, text: &str) -> Result<(), Error> {
        let styles = if console::colors_enabled() { Styles::Keep } else { Styles::Drop };
        let end = if text.ends_with('\n') { "" } else { "\n" };
        let text = format!("{}{end}", printable(text, styles));
        let text = if io::stdout().is_terminal() { for_terminal(&text) } else { text.into() };
        write_whole(&mut io::stdout().lock(), &text).map_err(|error| {
            let kind = if error.kind() == io::ErrorKind::BrokenPipe {
                ErrorKind::ClosedPipe
            } else {
                ErrorKind::User
            };
            let failed = Error { kind, ..Error::io("write to stdout", &error) };
            match error.kind() {
                io::ErrorKind::StorageFull => failed.hint("make room on the disk, and try again"),
                _ => failed,
            }
        })
    }

    /// Prints a note to stderr, unless `--quiet`.
    pub fn note(&self, text: &str) {
        if !self.quiet {
            let label = style("note:").for_stderr().bold();
            let text = printable(text, Styles::Drop);
            self.stderr(
                &Layout::from_terminal(&Term::stderr()).hanging(&format!("{label} {text}"), 6),
            );
        }
    }

    /// Draws a line between two runs, with the time of day and what began the second.
    pub fn rule(&self, text: &str) {
        if self.quiet {
            return;
        }
        let now = Zoned::now().strftime("%H:%M:%S");
        let width = Layout::from_terminal(&Term::stderr()).width;
        let text = truncate_str(text, width.saturating_sub(18), "…");
        let head = format!("── {now}  {} ", plain(&text));
        let rest = "─".repeat(width.saturating_sub(measure_text_width(&head)));
        self.stderr(&format!("\n{}\n", style(format!("{head}{rest}")).for_stderr().dim()));
    }

    /// Prints an error: one `error:` line, then the causes, then the hints.
    pub fn error(&self, error: &Error) {
        match error.kind {
            ErrorKind::ClosedPipe => return,
            // Behind the `^C` that the terminal shows.
            ErrorKind::Ended => return self.stderr("\n"),
            _ => {}
        }
        let layout = Layout::from_terminal(&Term::stderr());
        let label = style("error:").for_stderr().red().bold();
        // Elsewhere than on a terminal each stays one line, as whoever searches a log expects it.
        let wraps = io::stderr().is_terminal();
        let line = |line: String, indent: usize| match wraps {
            true => layout.hanging(&line, indent),
            false => line + "\n",
        };
        let mut text = line(format!("{label} {}", plain(&error.message)), 7);
        for cause in &error.causes {
            text.push_str(&line(format!("  {}", plain(cause)), 2));
        }
        for hint in &error.hints {
            let label = style("hint:").for_stderr().bold();
            text.push_str(&layout.hanging(&format!("{label} {}", plain(&hint.text)), 6));
            if let Some(line) = &hint.line {
                text.push_str(&format!("      {}\n", style(plain(line)).for_stderr().bold()));
            }
        }
        self.stderr(&text);
    }

    fn stderr(&self, text: &str) {
        let text = if io::stderr().is_terminal() { for_terminal(text) } else { text.into() };
        // An error of stderr cannot be reported on stderr.
        let _ = write_whole(&mut io::stderr().lock(), &text);
    }
}

/// A text without any style; only the error's own labels have one.
fn plain(text: &str) -> Cow<'_, str> {
    printable(text, Styles::Drop)
}
