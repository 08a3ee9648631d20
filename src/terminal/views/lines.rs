//! Lines to paste, each with what it does.

use crate::terminal::Layout;
use crate::terminal::layout::padded;
use crate::terminal::style::{Styled, style};
use console::measure_text_width;

/// A line to paste. Bold, for colours that stand out on black are hard to read on white.
pub(super) fn command(line: &str) -> Styled<&str> {
    style(line).bold()
}

/// The lines as a column, what they do (if they need a word) beside it, or below where there is no room.
pub(super) fn table<L: AsRef<str>>(lines: &[(L, &str)], layout: Layout) -> String {
    let width = lines.iter().map(|(line, _)| line.as_ref().len()).max().unwrap_or(0);
    let whats = lines.iter().map(|(_, what)| measure_text_width(what)).max().unwrap_or(0);
    let is_low = layout.is_narrow() || 2 + width + 2 + whats > layout.width;
    let line = |(line, what): &(L, &str)| {
        let line = line.as_ref();
        if what.is_empty() {
            format!("  {}\n", command(line))
        } else if is_low {
            format!("  {}\n{}", command(line), layout.paragraph(what, 4))
        } else {
            format!("  {}  {what}\n", command(&padded(line, width)))
        }
    };
    lines.iter().map(line).collect()
}
