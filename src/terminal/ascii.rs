//! ASCII for the signs of this program, in a terminal whose locale has no UTF-8.

use std::borrow::Cow;
use std::env;
use std::sync::OnceLock;

/// Each sign takes one column, and so does what stands for it: tables keep their columns.
const SIGNS: &[(char, char)] = &[
    ('✓', '+'),
    ('✗', 'x'),
    ('»', '>'),
    ('█', '#'),
    ('░', '.'),
    ('─', '-'),
    ('·', '-'),
    ('…', '~'),
];

/// Whether the terminals of this process show UTF-8. The first of `LC_ALL`, `LC_CTYPE` and `LANG`
/// that is set decides (POSIX, XBD 8.2); without any it is the locale `C`, as in many containers.
pub(super) fn has_utf8() -> bool {
    static HAS_UTF8: OnceLock<bool> = OnceLock::new();
    *HAS_UTF8.get_or_init(|| cfg!(windows) || names_utf8(|name| env::var(name).ok()))
}

fn names_utf8(variable: impl Fn(&str) -> Option<String>) -> bool {
    let set = |name: &&str| variable(name).filter(|value| !value.is_empty());
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].iter().find_map(set).unwrap_or_default();
    let locale = locale.to_ascii_lowercase();
    locale.contains("utf-8") || locale.contains("utf8")
}

/// `text` as a terminal shows it: unchanged with UTF-8, else with signs in ASCII.
pub(super) fn for_terminal(text: &str) -> Cow<'_, str> {
    if has_utf8() { Cow::Borrowed(text) } else { in_ascii(text) }
}

fn in_ascii(text: &str) -> Cow<'_, str> {
    let ascii =
        |sign: char| SIGNS.iter().find(|(other, _)| *other == sign).map(|(_, ascii)| *ascii);
    if !text.contains(|sign| ascii(sign).is_some()) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(|sign| ascii(sign).unwrap_or(sign)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_variable_that_is_set_decides() {
        let with = |pairs: &'static [(&str, &str)]| {
            names_utf8(|name| {
                pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned())
            })
        };
        assert!(with(&[("LANG", "de_DE.UTF-8")]));
        assert!(with(&[("LC_CTYPE", "C.utf8"), ("LANG", "C")]));
        assert!(with(&[("LC_ALL", ""), ("LANG", "en_GB.UTF-8@euro")]));
        assert!(!with(&[("LC_ALL", "C"), ("LANG", "de_DE.UTF-8")]));
        assert!(!with(&[("LANG", "de_DE.ISO-8859-1")]));
        assert!(!with(&[]));
    }

    #[test]
    fn every_sign_keeps_its_width() {
        let signs: String = SIGNS.iter().map(|(sign, _)| *sign).collect();
        let ascii = in_ascii(&signs);
        assert!(ascii.is_ascii());
        assert_eq!(console::measure_text_width(&signs), console::measure_text_width(&ascii));
        assert!(matches!(in_ascii("für"), Cow::Borrowed("für")));
    }
}
