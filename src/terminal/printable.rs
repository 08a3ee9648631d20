//! What may reach a terminal: texts from files, arguments and servers hold control characters
//! that would act on it. Styles are the program's own.

use super::style::mark;
use std::borrow::Cow;
use std::io::{self, Write};
use std::thread::sleep;
use std::time::Duration;

/// How long to wait before the next try, if the reader takes nothing now.
const RETRY_INTERVAL: Duration = Duration::from_millis(2);

/// Whether the styles stay in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Styles {
    Keep,
    Drop,
}

/// `text` with every control character but the newline and the tab replaced. With
/// [`Styles::Keep`] our own colours and weights stay; those of anybody else are dropped.
pub(super) fn printable(text: &str, styles: Styles) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let is_visible = |byte: &u8| (b' '..=b'~').contains(byte);
    if !bytes
        .iter()
        .enumerate()
        .any(|(place, byte)| !is_visible(byte) && is_control_at(bytes, place))
    {
        return Cow::Borrowed(text);
    }
    let mut safe = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(next) = rest.chars().next() {
        if let Some((numbers, length)) = style_at(rest) {
            let own = numbers.strip_prefix(mark()).and_then(|rest| rest.strip_prefix(';'));
            if let Some(own) = own.filter(|_| styles == Styles::Keep) {
                safe.push_str(&format!("\u{1b}[{own}m"));
            }
            rest = &rest[length..];
            continue;
        }
        safe.push(if is_control_at(rest.as_bytes(), 0) {
            char::REPLACEMENT_CHARACTER
        } else {
            next
        });
        rest = &rest[next.len_utf8()..];
    }
    Cow::Owned(safe)
}

/// Whether a character that acts on a terminal begins here, in UTF-8: a control character (U+0000 to
/// U+001F, U+007F, U+0080 to U+009F), or one that turns the direction of what follows (UAX #9). Bytes,
/// for they are quicker to look at than characters.
fn is_control_at(text: &[u8], place: usize) -> bool {
    match &text[place..] {
        [b'\n' | b'\t', ..] => false,
        [0..=0x1f | 0x7f, ..]
        | [0xc2, 0x80..=0x9f, ..]
        | [0xe2, 0x80, 0xaa..=0xae, ..]
        | [0xe2, 0x81, 0xa6..=0xa9, ..] => true,
        _ => false,
    }
}

/// The style that `text` begins with, `ESC [ numbers m`: its numbers and its length.
fn style_at(text: &str) -> Option<(&str, usize)> {
    let numbers = text.strip_prefix("\u{1b}[")?;
    let numbers = &numbers[..numbers.find(|c: char| !c.is_ascii_digit() && c != ';')?];
    let length = 2 + numbers.len();
    text[length..].starts_with('m').then_some((numbers, length + 1))
}

/// Writes all of `text`, however slow the reader: the program at the other
/// end may have set a pipe not to block, and writes to a full pipe fail then.
pub(super) fn write_whole(to: &mut impl Write, text: &str) -> io::Result<()> {
    let mut rest = text.as_bytes();
    while !rest.is_empty() {
        match retrying(|| to.write(rest))? {
            0 => return Err(io::ErrorKind::WriteZero.into()),
            count => rest = &rest[count..],
        }
    }
    retrying(|| to.flush())
}

fn retrying<T>(mut attempt: impl FnMut() -> io::Result<T>) -> io::Result<T> {
    loop {
        match attempt() {
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => sleep(RETRY_INTERVAL),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            result => return result,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_act_on_a_terminal_is_replaced() {
        for (text, safe) in [
            ("a\tb\n", "a\tb\n"),
            ("\u{1b}]0;owned\u{7}", "\u{fffd}]0;owned\u{fffd}"),
            ("\u{1b}[2Jx", "\u{fffd}[2Jx"),
            ("a\rb\u{8}\u{7f}\u{9b}31m", "a\u{fffd}b\u{fffd}\u{fffd}\u{fffd}31m"),
            ("\u{1b}", "\u{fffd}"),
            ("a\u{202e}b\u{2067}", "a\u{fffd}b\u{fffd}"),
            ("\u{1b}[8mhidden\u{1b}[38;5;8m", "hidden"),
            ("\u{1b}[31;1mred\u{1b}[m\u{1b}[3", "red\u{fffd}[3"),
        ] {
            assert_eq!(printable(text, Styles::Keep), safe);
            assert_eq!(printable(text, Styles::Drop), safe);
        }
    }

    #[test]
    fn own_styles_stay_on_a_terminal_with_styles_and_are_dropped_elsewhere() {
        let text = format!("\u{1b}[{0};1mbo\u{1b}[31mld\u{1b}[{0};0m", mark());
        assert_eq!(printable(&text, Styles::Keep), "\u{1b}[1mbold\u{1b}[0m");
        assert_eq!(printable(&text, Styles::Drop), "bold");
    }

    /// Takes three bytes at every second call.
    struct Slow(Vec<u8>, bool);

    impl Write for Slow {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.1 = !self.1;
            if self.1 {
                return Err(io::ErrorKind::WouldBlock.into());
            }
            let count = bytes.len().min(3);
            self.0.extend(&bytes[..count]);
            Ok(count)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_reader_that_is_slow_gets_all_of_it() {
        let mut slow = Slow(Vec::new(), false);
        write_whole(&mut slow, "twelve bytes").expect("written");
        assert_eq!(slow.0, b"twelve bytes");
    }
}
