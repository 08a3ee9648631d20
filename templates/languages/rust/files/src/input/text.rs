//! Rules for texts. Lengths count code points, of what will be stored.

use std::ops::RangeInclusive;

/// A text of one line, stored without white space at its ends.
pub fn line(text: &str, length: RangeInclusive<usize>) -> Result<String, String> {
    let line = text.trim();
    // These two separators break lines as well, but are no control characters.
    if line.contains(|c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')) {
        return Err("must be a single line without control characters".to_owned());
    }
    check_length(line, &length)?;
    Ok(line.to_owned())
}

/// A text of several lines, stored as it was sent; only the `\r\n` of HTML forms becomes `\n`.
pub fn lines(text: &str, length: RangeInclusive<usize>) -> Result<String, String> {
    let lines = text.replace("\r\n", "\n");
    no_nul(&lines)?;
    check_length(&lines, &length)?;
    if *length.start() > 0 && lines.trim().is_empty() {
        return Err("must not be blank".to_owned());
    }
    Ok(lines)
}

/// A text to search for, or to filter by: anything but NUL, at which SQLite would end the text.
pub fn search(text: String) -> Result<String, String> {
    no_nul(&text)?;
    Ok(text)
}

fn no_nul(text: &str) -> Result<(), String> {
    if text.contains('\0') {
        return Err("must not contain the character NUL".to_owned());
    }
    Ok(())
}

fn check_length(text: &str, length: &RangeInclusive<usize>) -> Result<(), String> {
    if length.contains(&text.chars().count()) {
        return Ok(());
    }
    let (least, most) = (length.start(), length.end());
    Err(format!("must be {least} to {most} characters long"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_trimmed_and_measured_in_code_points() {
        assert_eq!(line(" \tšŸ\n", 1..=2).unwrap(), "šŸ");
        assert!(line("🦀🦀🦀", 1..=2).is_err());
        assert!(line(" \u{a0}\n", 1..=2).is_err());
    }

    #[test]
    fn a_line_holds_no_line_break() {
        for text in ["a\nb", "a\rb", "a\0b", "a\u{85}b", "a\u{2028}b"] {
            assert!(line(text, 1..=9).is_err(), "{text:?}");
        }
    }

    #[test]
    fn lines_are_kept_as_sent_but_for_windows_line_ends() {
        assert_eq!(lines(" a\r\n\tb ", 1..=9).unwrap(), " a\n\tb ");
        assert!(lines(" \n ", 1..=9).is_err());
        assert_eq!(lines(" \n ", 0..=9).unwrap(), " \n ");
        assert!(lines("a\0", 0..=9).is_err());
    }
}
