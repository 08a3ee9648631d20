//! Fits text to the terminal's width, by what is seen, not by bytes.

use console::{Term, measure_text_width};
use std::env;
use textwrap::WordSeparator;
use textwrap::core::Word;
use textwrap::wrap_algorithms::wrap_first_fit;

/// The narrowest width that text is fitted to.
const MIN_WIDTH: usize = 40;
/// The widest: longer lines are hard to read.
const MAX_WIDTH: usize = 100;
/// Where the width is unknown: in a pipe without `COLUMNS`.
const DEFAULT_WIDTH: usize = 80;

/// A width to fit text to, in columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layout {
    pub width: usize,
}

impl Layout {
    /// The width of a terminal; else what `COLUMNS` says.
    #[must_use]
    pub fn from_terminal(term: &Term) -> Self {
        let seen = term.size_checked().map(|(_, columns)| usize::from(columns));
        let from_environment = || env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
        Self::new(
            seen.filter(|columns| *columns > 0).or_else(from_environment).unwrap_or(DEFAULT_WIDTH),
        )
    }

    /// A width of `columns`, within what can be read.
    #[must_use]
    pub fn new(columns: usize) -> Self {
        Self { width: columns.clamp(MIN_WIDTH, MAX_WIDTH) }
    }

    /// Whether there is no room for columns side by side.
    #[must_use]
    pub fn is_narrow(self) -> bool {
        self.width < 60
    }

    /// Wraps a paragraph, each line behind `indent` spaces and ended by a newline.
    #[must_use]
    pub fn paragraph(self, text: &str, indent: usize) -> String {
        self.wrapped(text, indent, indent)
    }

    /// Wraps a text whose lines after the first stand behind `indent` spaces.
    #[must_use]
    pub fn hanging(self, text: &str, indent: usize) -> String {
        self.wrapped(text, 0, indent)
    }

    /// Wraps an item of a list: a mark in front, and the text behind it.
    #[must_use]
    pub fn item(self, mark: &str, text: &str, indent: usize) -> String {
        let behind = indent + measure_text_width(mark) + 1;
        let lines = self.wrapped(text, behind, behind);
        let mut item = String::with_capacity(lines.len() + mark.len());
        push_spaces(&mut item, indent);
        item.push_str(mark);
        item.push(' ');
        item.push_str(lines.trim_start_matches(' '));
        item
    }

    fn wrapped(self, text: &str, first: usize, rest: usize) -> String {
        let text = text.trim_end();
        let mut lines = String::with_capacity(first + text.len() + text.len() / 4 + 1);
        // No text is wider than it has bytes.
        if first + text.len() <= self.width && !text.contains('\n') {
            push_spaces(&mut lines, first);
            lines.push_str(text);
            lines.push('\n');
            return lines;
        }
        for (place, line) in text.split('\n').enumerate() {
            let first = if place == 0 { first } else { rest };
            self.wrap_line(line, first, rest, &mut lines);
        }
        lines
    }

    /// Wraps one line at its spaces alone: addresses and ids stay whole. textwrap's `wrap` does the same
    /// and takes three times as long, for it looks for hyphens and words too long for a line.
    fn wrap_line(self, line: &str, first: usize, rest: usize, lines: &mut String) {
        let mut words: Vec<Word<'_>> = Vec::with_capacity(line.len() / 4);
        words.extend(WordSeparator::AsciiSpace.find_words(line));
        let width = |indent: usize| self.width.saturating_sub(indent) as f64;
        for (place, words) in
            wrap_first_fit(&words, &[width(first), width(rest)]).into_iter().enumerate()
        {
            let indent = if place == 0 { first } else { rest };
            if let Some((last, words)) = words.split_last() {
                push_spaces(lines, indent);
                for word in words {
                    lines.push_str(word.word);
                    lines.push_str(word.whitespace);
                }
                lines.push_str(last.word);
            }
            lines.push('\n');
        }
    }
}

fn push_spaces(text: &mut String, count: usize) {
    text.extend(std::iter::repeat_n(' ', count));
}

/// Fills `text` with spaces up to `width` columns.
#[must_use]
pub(super) fn padded(text: &str, width: usize) -> String {
    let missing = width.saturating_sub(measure_text_width(text));
    format!("{text}{}", " ".repeat(missing))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_is_wider_than_the_layout() {
        let text = "日本語 and other wide words wrap by what is seen on the screen, not by bytes";
        let wrapped = Layout::new(40).paragraph(text, 4);
        assert!(wrapped.lines().all(|line| measure_text_width(line) <= 40), "{wrapped}");
        assert!(wrapped.lines().all(|line| line.starts_with("    ")));
    }

    #[test]
    fn an_address_is_never_broken() {
        let address = "https://www.rfc-editor.org/rfc/rfc9110.html#name-status-codes-and-more";
        assert!(Layout::new(40).paragraph(&format!("see {address}"), 2).contains(address));
    }

    #[test]
    fn an_item_hangs_behind_its_mark() {
        let item = Layout::new(40).item("-", "a text that is long enough to need another line", 2);
        let mut lines = item.lines();
        assert!(lines.next().is_some_and(|line| line.starts_with("  - a text")));
        assert!(lines.next().is_some_and(|line| line.starts_with("    ")));
    }
}
