//! One line of metrics.

use std::collections::BTreeMap;

/// A line that is neither empty nor a comment.
#[derive(Debug, PartialEq)]
pub(super) enum Line<'t> {
    Help { name: &'t str },
    Type { name: &'t str, kind: &'t str },
    Sample { name: &'t str, labels: BTreeMap<String, String>, value: f64 },
}

const KINDS: [&str; 5] = ["counter", "gauge", "histogram", "summary", "untyped"];
const BLANKS: [char; 2] = [' ', '\t'];

/// Reads a line; an empty one and a comment are nothing.
///
/// # Errors
/// What belongs there instead.
pub(super) fn read(line: &str) -> Result<Option<Line<'_>>, &'static str> {
    let line = line.trim_matches(BLANKS);
    if line.is_empty() {
        return Ok(None);
    }
    let Some(comment) = line.strip_prefix('#') else { return sample(line).map(Some) };
    let mut words = comment.split(BLANKS).filter(|word| !word.is_empty());
    match words.next() {
        Some("HELP") => {
            let name = words.next().filter(|name| is_name(name)).ok_or("`# HELP name text`")?;
            Ok(Some(Line::Help { name }))
        }
        Some("TYPE") => {
            let name = words.next().filter(|name| is_name(name));
            let kind = words.next().filter(|kind| KINDS.contains(kind));
            let (Some(name), Some(kind), None) = (name, kind, words.next()) else {
                return Err("`# TYPE name counter` (or gauge, histogram, summary, untyped)");
            };
            Ok(Some(Line::Type { name, kind }))
        }
        _ => Ok(None),
    }
}

fn sample(line: &str) -> Result<Line<'_>, &'static str> {
    let end = line.find(|c: char| c == '{' || BLANKS.contains(&c)).unwrap_or(line.len());
    let (name, rest) = line.split_at(end);
    if !is_name(name) {
        return Err("the name of a metric, of letters, digits, `_` and `:`");
    }
    let rest = rest.trim_start_matches(BLANKS);
    let (labels, rest) = match rest.strip_prefix('{') {
        Some(inner) => labels(inner)?,
        None => (BTreeMap::new(), rest),
    };
    let mut words = rest.split(BLANKS).filter(|word| !word.is_empty());
    let value = words.next().and_then(|word| word.parse().ok());
    let value = value.ok_or("a number after the name and its labels")?;
    let timestamp = words.next();
    if timestamp.is_some_and(|word| word.parse::<i64>().is_err()) || words.next().is_some() {
        return Err("nothing after the value but a time in whole milliseconds");
    }
    Ok(Line::Sample { name, labels, value })
}

/// The labels up to the closing brace, and what follows it.
fn labels(mut rest: &str) -> Result<(BTreeMap<String, String>, &str), &'static str> {
    let mut labels = BTreeMap::new();
    loop {
        rest = rest.trim_start_matches(BLANKS);
        if let Some(after) = rest.strip_prefix('}') {
            return Ok((labels, after));
        }
        let (name, after) = rest.split_once('=').ok_or("labels like `{method=\"GET\"}`")?;
        let name = name.trim_end_matches(BLANKS);
        if !is_name(name) || name.contains(':') {
            return Err("the name of a label, of letters, digits and `_`");
        }
        let after = after.trim_start_matches(BLANKS);
        let text = after.strip_prefix('"').ok_or("the value of a label in double quotes")?;
        let (value, after) = quoted(text)?;
        if labels.insert(name.to_owned(), value).is_some() {
            return Err("each label once");
        }
        rest = after.trim_start_matches(BLANKS);
        match rest.strip_prefix(',') {
            Some(after) => rest = after,
            None if rest.starts_with('}') => {}
            None => return Err("a comma between labels, and a brace after them"),
        }
    }
}

/// A value up to its closing quote, and what follows that.
fn quoted(text: &str) -> Result<(String, &str), &'static str> {
    let mut value = String::new();
    let mut signs = text.char_indices();
    while let Some((at, sign)) = signs.next() {
        match sign {
            '"' => return Ok((value, &text[at + 1..])),
            '\\' => value.push(match signs.next() {
                Some((_, 'n')) => '\n',
                Some((_, sign @ ('\\' | '"'))) => sign,
                _ => return Err("after a backslash in a label another one, `\"` or `n`"),
            }),
            sign => value.push(sign),
        }
    }
    Err("a quote at the end of the value of a label")
}

fn is_name(text: &str) -> bool {
    let good = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == ':';
    text.chars().all(good) && !text.is_empty() && !text.starts_with(|c: char| c.is_ascii_digit())
}
