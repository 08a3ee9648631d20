//! Words as a line to paste into a POSIX shell.

use shlex::Quoter;
use std::path::Path;

/// The words as one line, each quoted where a shell would read it differently.
#[must_use]
pub fn line<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    words.into_iter().map(word).collect::<Vec<_>>().join(" ")
}

/// One word. A NUL byte, which no argument can hold, stays as it is.
#[must_use]
pub fn word(text: &str) -> String {
    let quoted = Quoter::new().allow_nul(true).quote(text);
    quoted.map_or_else(|_| text.to_owned(), std::borrow::Cow::into_owned)
}

/// Whether a path begins with the `~` for which a shell puts the home directory, unless it was quoted.
#[must_use]
pub fn has_unexpanded_tilde(path: &Path) -> bool {
    path.components().next().is_some_and(|first| first.as_os_str() == "~")
}

/// The words of a line, split as a shell does; nothing if a quotation mark has no end.
#[must_use]
pub fn split(line: &str) -> Option<Vec<String>> {
    shlex::split(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_quoted_only_where_it_must_be() {
        assert_eq!(
            line(["cd", "../my-blog_2", "http://127.0.0.1:8000"]),
            "cd ../my-blog_2 http://127.0.0.1:8000"
        );
        assert_eq!(line(["cd", "a b", "$HOME", "~", ""]), "cd 'a b' '$HOME' '~' ''");
    }

    #[test]
    fn a_shell_reads_back_what_was_quoted() {
        for text in ["it's", "a\"b", "a\nb", "!x", "ü", "a=b", "[x]", "\\", "^", "{a,b}", "-n"] {
            assert_eq!(shlex::split(&word(text)), Some(vec![text.to_owned()]), "{text}");
        }
    }
}
