//! What the YAML reader refuses, in the words of the text's author.
//!
//! `build.rs` compiles this file too, so it uses nothing of the crate but `suggest`.

use crate::suggest::nearest;
use serde_saphyr::Error;

/// The message for `error`, a mistake in `text`.
pub fn message(error: &Error, text: &str) -> String {
    let place = error.location();
    let (line, column) = place.map_or((1, 1), |place| (place.line(), place.column()));
    let at = MessagePlace::new(text, line, column);
    match error {
        Error::WithSnippet { error, .. } => message(error, text),
        Error::InvalidScalar { ty, .. } => at.takes(&number(ty), true),
        Error::InvalidBooleanStrict { .. } => at.takes("`true` or `false`", true),
        Error::NullIntoString { .. } => at.takes("a text; `\"\"` is an empty one", false),
        Error::Unexpected { expected, .. } => at.takes(&shape(expected), false),
        Error::SerdeInvalidType { expected, .. } | Error::SerdeInvalidValue { expected, .. } => {
            at.takes(&shape(expected), true)
        }
        Error::SerdeUnknownVariant { variant, expected, .. } => {
            let known = expected.join(", ");
            let suggestion = suggestion(variant, expected);
            format!("{} takes one of {known}, not `{variant}`{suggestion}", at.name())
        }
        Error::SerdeUnknownField { field, expected, .. } => match nearest(field, names(expected)) {
            Some(near) => format!("unknown field `{field}`; did you mean `{near}`?"),
            None => format!("unknown field `{field}`; there are: {}", expected.join(", ")),
        },
        Error::SerdeMissingField { field, .. } => format!("missing field `{field}`"),
        Error::DuplicateMappingKey { key, .. } => {
            let key = key.clone().unwrap_or_default();
            format!("`{key}` is there twice; one of them has to go")
        }
        Error::Budget { .. } => "it is nested too deeply, or too large, to be read".to_owned(),
        other => at.syntax(&rendered(other)),
    }
}

/// The reader's own words, without the place.
fn rendered(error: &Error) -> String {
    let whole = error.render();
    match whole.rfind(" at line ") {
        Some(end) => whole[..end].to_owned(),
        None => whole,
    }
}

fn names<'a>(expected: &'a [&'static str]) -> impl Iterator<Item = &'a str> {
    expected.iter().copied()
}

fn suggestion(word: &str, known: &[&'static str]) -> String {
    nearest(word, names(known)).map_or_else(String::new, |near| format!("; did you mean `{near}`?"))
}

/// The type of a number, as `u16`, in words.
fn number(ty: &str) -> String {
    match ty.chars().next() {
        Some('u') => "a whole number from 0".to_owned(),
        Some('i') => "a whole number".to_owned(),
        _ => "a number".to_owned(),
    }
}

/// What was expected, in words.
fn shape(expected: &str) -> String {
    match expected {
        "sequence start" | "a sequence" => "a list, as `[one, two]`",
        "mapping start" | "a map" => "fields, as `key: value`",
        "string scalar" | "a string" => "a text",
        other => other,
    }
    .to_owned()
}

/// A place in a text: its line, what stands before it there, and the key that it belongs to.
struct MessagePlace<'a> {
    line: &'a str,
    key: Option<String>,
    value: &'a str,
}

impl<'a> MessagePlace<'a> {
    /// `line` and `column` count from 1, the column in characters.
    fn new(text: &'a str, line: u64, column: u64) -> Self {
        let index = usize::try_from(line.saturating_sub(1)).unwrap_or(0);
        let lines: Vec<&str> = text.lines().collect();
        let here = lines.get(index).copied().unwrap_or_default();
        let skip = usize::try_from(column.saturating_sub(1)).unwrap_or(0);
        let byte = here.char_indices().nth(skip).map_or(here.len(), |(at, _)| at);
        let (before, value) = here.split_at(byte);
        let indent = |line: &str| line.len() - line.trim_start_matches([' ', '-']).len();
        // An item of a list belongs to the key above it.
        let above = lines.iter().take(index).rev();
        let mut above = above.filter(|line| indent(line) < indent(here) && line.ends_with(':'));
        let key = last_key(before).or_else(|| last_key(above.next()?));
        let end = value.find([',', '}', ']', '#']).unwrap_or(value.len());
        Self { line: here, key, value: value[..end].trim() }
    }

    fn name(&self) -> String {
        self.key.as_ref().map_or_else(|| "this".to_owned(), |key| format!("`{key}`"))
    }

    /// The key takes something else than what stands here.
    fn takes(&self, what: &str, says_value: bool) -> String {
        let not = match says_value && !self.value.is_empty() {
            true => format!(", not `{}`", self.value),
            false => String::new(),
        };
        format!("{} takes {what}{not}", self.name())
    }

    /// What breaks the form of YAML; `words` are the reader's.
    fn syntax(&self, words: &str) -> String {
        let value = self.line.split_once(": ").map(|(_, value)| value.trim()).unwrap_or_default();
        if words.contains("mapping values are not allowed") {
            if value.contains(": ") && !value.starts_with(['"', '\'', '{', '[']) {
                return format!("a text with `: ` in it needs quotes: \"{value}\"");
            }
            return "a `key: value` stands where none can: is it indented as the lines around it?"
                .to_owned();
        }
        if words.contains("did not find expected") {
            return format!("{words}: is it indented as the lines around it?");
        }
        words.to_owned()
    }
}

/// The last `key:` of a line, without quotes.
fn last_key(line: &str) -> Option<String> {
    let before = line.trim_end().rsplit_once(':').map(|(before, _)| before)?;
    let part = |c: char| c.is_alphanumeric() || c == '_' || c == '-' || c == '/';
    let start = before.trim_end_matches(part).len();
    let key = before[start..].trim_start_matches('-');
    (!key.is_empty()).then(|| key.to_owned())
}

#[cfg(test)]
mod tests {
    use crate::yaml;
    use serde::Deserialize;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields, rename_all = "lowercase")]
    enum Level {
        Essential,
        Optional,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only what cannot be read counts here")]
    struct Topic {
        title: String,
        hours: u16,
        #[serde(default)]
        needs: Vec<String>,
        #[serde(default)]
        many: bool,
        #[serde(default)]
        level: Option<Level>,
    }

    fn refused(text: &str) -> String {
        yaml::parse::<Vec<Topic>>("x.yaml", text).expect_err("refused").message
    }

    #[test]
    fn a_value_of_the_wrong_kind_names_its_field() {
        for value in ["two", "-2", "2.5"] {
            let message = refused(&format!("- title: A\n  hours: {value} # a week\n"));
            assert_eq!(message, format!("`hours` takes a whole number from 0, not `{value}`"));
        }
        let flow = refused("- {title: A, hours: two, needs: []}\n");
        assert_eq!(flow, "`hours` takes a whole number from 0, not `two`");
        let list = refused("- title: A\n  hours: 1\n  needs: internet\n");
        assert_eq!(list, "`needs` takes a list, as `[one, two]`");
        let text = refused("- title: [a]\n  hours: 1\n");
        assert_eq!(text, "`title` takes a text");
        let yes = refused("- title: A\n  hours: 1\n  many: yes\n");
        assert_eq!(yes, "`many` takes `true` or `false`, not `yes`");
        let item = refused("- title: A\n  hours: 1\n  needs:\n    - [x]\n");
        assert_eq!(item, "`needs` takes a text");
    }

    #[test]
    fn a_word_that_is_near_is_asked_for() {
        let level = refused("- title: A\n  hours: 1\n  level: esential\n");
        let known = "essential, optional";
        let suggestion = "did you mean `essential`?";
        assert_eq!(level, format!("`level` takes one of {known}, not `esential`; {suggestion}"));
        let field = refused("- titel: A\n  hours: 1\n");
        assert_eq!(field, "unknown field `titel`; did you mean `title`?");
        let far = refused("- title: A\n  hours: 1\n  xyzzy: 1\n");
        assert_eq!(far, "unknown field `xyzzy`; there are: title, hours, needs, many, level");
        assert_eq!(refused("- title: A\n"), "missing field `hours`");
        let twice = refused("- title: A\n  title: B\n  hours: 1\n");
        assert_eq!(twice, "`title` is there twice; one of them has to go");
    }

    #[test]
    fn what_breaks_the_form_says_what_to_do() {
        let colon = refused("- title: HTTP: the web\n  hours: 1\n");
        assert_eq!(colon, "a text with `: ` in it needs quotes: \"HTTP: the web\"");
        let indent = refused("- title: A\n    hours: 1\n");
        assert!(indent.ends_with("is it indented as the lines around it?"), "{indent}");
        let deep = format!("{}{}", "[".repeat(70), "]".repeat(70));
        let deep = yaml::parse::<serde_json::Value>("x.yaml", &deep).expect_err("refused");
        assert_eq!(deep.message, "it is nested too deeply, or too large, to be read");
    }
}
