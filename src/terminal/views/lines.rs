//! Lines to paste, each with what it does.

use crate::terminal::Layout;
use crate::terminal::layout::padded;
use console::{StyledObject, style};

/// A line to paste. Bold, for colours that stand out on black are hard to read on white.
pub(super) fn command(line: &str) -> StyledObject<&str> {
    style(line).bold()
}

/// The lines as a column, what they do (if anything needs to be said) beside it, or below where there is no room.
pub(super) fn table<L: AsRef<str>>(lines: &[(L, &str)], layout: Layout) -> String {
    let width = lines.iter().map(|(line, _)| line.as_ref().len()).max().unwrap_or(0);
    let line = |(line, what): &(L, &str)| {
        let line = line.as_ref();
        if what.is_empty() {
            format!("  {}\n", style(line).cyan())
        } else if layout.is_narrow() {
            format!("  {}\n    {}\n", style(line).cyan(), style(what).dim())
        } else {
            format!("  {}  {}\n", style(padded(line, width)).cyan(), style(what).dim())
        }
    };
    lines.iter().map(line).collect()
}
