//! A panic is a bug in roadmap: it is reported as a bug, with the exit code of a bug.

use super::printable::{Styles, printable};
use crate::contract::server::kill_all_trees;
use crate::error::exit;
use console::Term;
use std::panic;
use std::process;

/// From here on a panic shows the cursor again, prints where it happened, and ends with
/// [`exit::BUG`].
#[expect(clippy::disallowed_methods, reason = "a panic does not come back to `main`")]
pub fn report_panics() {
    panic::set_hook(Box::new(|info| {
        let term = Term::stderr();
        let _ = term.show_cursor();
        let place = info.location().map(ToString::to_string).unwrap_or_default();
        let what = info.payload_as_str().unwrap_or("no message");
        let message = format!("error: a bug in roadmap: {what}\n  at {place}");
        let _ = term.write_line(&printable(&message, Styles::Drop));
        let _ = term
            .write_line("hint: your files are safe; please report this line with what you typed");
        // Nothing is dropped from here on; a server that was started must not stay.
        kill_all_trees();
        process::exit(i32::from(exit::BUG));
    }));
}
