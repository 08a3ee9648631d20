//! Colours and weights of texts on stdout, marked as the program's own: a text from a file, an
//! argument or a server may hold the same sequences, and those never reach the terminal.

use std::fmt::{self, Display, Formatter};
use std::hash::{BuildHasher, Hasher, RandomState};
use std::sync::OnceLock;

/// A look (ECMA-48, SGR).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Style {
    color: Option<u8>,
    bold: bool,
    dim: bool,
    italic: bool,
    underlined: bool,
}

/// A text with a look, where stdout has colours.
#[derive(Debug, Clone)]
pub(super) struct Styled<D> {
    text: D,
    style: Style,
}

/// `text`, to be given a look.
pub(super) fn style<D: Display>(text: D) -> Styled<D> {
    Styled { text, style: Style::default() }
}

/// An id, a request or another piece of code: what can be typed. Magenta can be read on black and on
/// white alike, cyan and yellow cannot.
pub(super) fn code<D: Display>(text: D) -> Styled<D> {
    style(text).magenta()
}

/// `text` with what stands between two backticks as code; without colours the backticks stay.
pub(super) fn with_code(text: &str) -> String {
    let parts: Vec<&str> = text.split('`').collect();
    if parts.len().is_multiple_of(2) || !console::colors_enabled() {
        return text.to_owned();
    }
    let looks = |(place, part): (usize, &&str)| match place % 2 {
        0 => (*part).to_owned(),
        _ => code(part).to_string(),
    };
    parts.iter().enumerate().map(looks).collect()
}

/// The first numbers of each sequence of ours. They are others in each run, so that nobody who
/// writes a text can know them; [`super::printable`] takes them out again. Four digits each: what
/// measures the width of a text knows no longer ones.
pub(super) fn mark() -> &'static str {
    static MARK: OnceLock<String> = OnceLock::new();
    MARK.get_or_init(|| {
        let random = RandomState::new().build_hasher().finish();
        let part = |at: u32| format!("{:04}", (random >> (13 * at)) % 10_000);
        [part(0), part(1), part(2), part(3)].join(";")
    })
}

/// A text that is ours with all its sequences, with the mark in each.
pub(super) fn marked(text: &str) -> String {
    text.replace("\u{1b}[", &format!("\u{1b}[{};", mark()))
}

macro_rules! looks {
    ($($name:ident: $field:ident = $value:expr),* $(,)?) => {
        impl Style {
            $(pub(super) fn $name(mut self) -> Self {
                self.$field = $value;
                self
            })*
        }
        impl<D: Display> Styled<D> {
            $(pub(super) fn $name(self) -> Self {
                Self { style: self.style.$name(), ..self }
            })*
        }
    };
}

looks! {
    red: color = Some(31),
    green: color = Some(32),
    yellow: color = Some(33),
    magenta: color = Some(35),
    bold: bold = true,
    dim: dim = true,
    italic: italic = true,
    underlined: underlined = true,
}

impl Style {
    pub(super) fn new() -> Self {
        Self::default()
    }

    pub(super) fn apply_to<D: Display>(self, text: D) -> Styled<D> {
        Styled { text, style: self }
    }

    /// The numbers of the sequences that begin it.
    fn numbers(self) -> impl Iterator<Item = u8> {
        let weights = [(self.bold, 1), (self.dim, 2), (self.italic, 3), (self.underlined, 4)];
        let weights = weights.into_iter().filter(|(is_set, _)| *is_set);
        self.color.into_iter().chain(weights.map(|(_, number)| number))
    }
}

impl<D: Display> Display for Styled<D> {
    fn fmt(&self, to: &mut Formatter<'_>) -> fmt::Result {
        if self.style == Style::default() || !console::colors_enabled() {
            return self.text.fmt(to);
        }
        for number in self.style.numbers() {
            write!(to, "\u{1b}[{};{number}m", mark())?;
        }
        self.text.fmt(to)?;
        write!(to, "\u{1b}[{};0m", mark())
    }
}
