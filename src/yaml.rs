//! YAML in, typed values out; whatever is refused knows its file, line and column.
//!
//! `build.rs` compiles this file too, so it uses nothing of the crate.

use crate::yaml_message::message;
use serde::de::{DeserializeOwned, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_saphyr::{Location, Spanned};
use std::fmt;

/// A mistake in a text that somebody wrote, at the place where it is mended.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}:{column}: {message}")]
pub struct Mistake {
    /// The file as the user would name it.
    pub file: String,
    /// Counted from 1.
    pub line: u64,
    /// Counted from 1, in characters.
    pub column: u64,
    pub message: String,
}

/// A mistake in a value, before its line is known.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Finding {
    /// Where in the document: a JSON Pointer (RFC 6901), `/stages/0/topics/2/needs/1`.
    pub pointer: String,
    pub message: String,
}

impl Finding {
    /// A finding at `pointer`, a JSON Pointer.
    pub fn new(pointer: impl Into<String>, message: impl Into<String>) -> Self {
        Self { pointer: pointer.into(), message: message.into() }
    }
}

/// Reads `text` as one YAML document of type `T`.
///
/// # Errors
/// The first mistake of syntax, type or key.
pub fn parse<T: DeserializeOwned>(file: &str, text: &str) -> Result<T, Mistake> {
    let options = serde_saphyr::options! {
        strict_booleans: true,
        with_snippet: false,
    };
    serde_saphyr::from_str_with_options(text, options).map_err(|error| {
        let error = error.without_snippet();
        let place = error.location();
        Mistake {
            file: file.to_owned(),
            line: place.map_or(1, |place| place.line()),
            column: place.map_or(1, |place| place.column()),
            message: message(error, text),
        }
    })
}

/// The keys at the top of `text`; none if it is no mapping.
///
/// # Errors
/// The first mistake of syntax.
pub fn keys(file: &str, text: &str) -> Result<Vec<String>, Mistake> {
    Ok(match parse::<Node>(file, text)? {
        Node::Mapping(entries) => entries.into_iter().map(|(key, _)| key).collect(),
        Node::Scalar | Node::Sequence(_) => Vec::new(),
    })
}

/// Gives each finding in `text` its line and column. A pointer that leads nowhere
/// (the key is missing) gets the place of the value in which it is missing. A pointer in braces
/// within a message becomes the number of its line.
#[must_use]
pub fn locate(file: &str, text: &str, findings: Vec<Finding>) -> Vec<Mistake> {
    let root = serde_saphyr::from_str::<Spanned<Node>>(text).ok();
    let mut mistakes: Vec<Mistake> = findings
        .into_iter()
        .map(|finding| {
            let place = root.as_ref().map(|root| find(root, &finding.pointer));
            Mistake {
                file: file.to_owned(),
                line: place.map_or(1, |place| place.line()),
                column: place.map_or(1, |place| place.column()),
                message: root
                    .as_ref()
                    .map_or_else(|| finding.message.clone(), |root| lines(root, &finding.message)),
            }
        })
        .collect();
    mistakes.sort_by_key(|mistake| (mistake.line, mistake.column));
    mistakes
}

/// Puts the line where `{/pointer}` stands.
fn lines(root: &Spanned<Node>, message: &str) -> String {
    let parts = message.split_once("{/").and_then(|(before, rest)| {
        let (pointer, after) = rest.split_once('}')?;
        Some((before, format!("/{pointer}"), after))
    });
    match parts {
        Some((before, pointer, after)) => {
            format!("{before}{}{after}", find(root, &pointer).line())
        }
        None => message.to_owned(),
    }
}

fn find(root: &Spanned<Node>, pointer: &str) -> Location {
    let mut here = root;
    for step in pointer.split('/').skip(1) {
        let step = step.replace("~1", "/").replace("~0", "~");
        let child = match &here.value {
            Node::Scalar => None,
            Node::Sequence(items) => step.parse::<usize>().ok().and_then(|i| items.get(i)),
            Node::Mapping(entries) => {
                entries.iter().find_map(|(key, value)| (*key == step).then_some(value))
            }
        };
        match child {
            Some(child) => here = child,
            None => break,
        }
    }
    here.referenced
}

/// The shape of a document, only for places in it.
enum Node {
    Scalar,
    Sequence(Vec<Spanned<Node>>),
    Mapping(Vec<(String, Spanned<Node>)>),
}

impl<'de> serde::Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NodeVisitor)
    }
}

struct NodeVisitor;

impl<'de> Visitor<'de> for NodeVisitor {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_bool<E>(self, _: bool) -> Result<Node, E> {
        Ok(Node::Scalar)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Node, E> {
        Ok(Node::Scalar)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Node, E> {
        Ok(Node::Scalar)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Node, E> {
        Ok(Node::Scalar)
    }

    fn visit_str<E>(self, _: &str) -> Result<Node, E> {
        Ok(Node::Scalar)
    }

    fn visit_unit<E>(self) -> Result<Node, E> {
        Ok(Node::Scalar)
    }

    fn visit_none<E>(self) -> Result<Node, E> {
        Ok(Node::Scalar)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        deserializer.deserialize_any(NodeVisitor)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Node, A::Error> {
        let mut children = Vec::new();
        while let Some(child) = items.next_element()? {
            children.push(child);
        }
        Ok(Node::Sequence(children))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Node, A::Error> {
        let mut children = Vec::new();
        while let Some(entry) = entries.next_entry()? {
            children.push(entry);
        }
        Ok(Node::Mapping(children))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "stages:\n  - id: web\n    needs: [http, dns]\n  - id: apis\n";

    fn place(pointer: &str) -> (u64, u64) {
        let place = locate("x.yaml", TEXT, vec![Finding::new(pointer, "")]);
        (place[0].line, place[0].column)
    }

    #[test]
    fn a_pointer_leads_to_its_line_and_column() {
        assert_eq!(place("/stages/0/needs/1"), (3, 19));
        assert_eq!(place("/stages/1/id"), (4, 9));
    }

    #[test]
    fn a_missing_key_is_placed_where_it_is_missing() {
        assert_eq!(place("/stages/1/title"), (4, 5));
        assert_eq!(place(""), (1, 1));
    }

    #[test]
    fn a_pointer_in_a_message_becomes_its_line() {
        let finding = Finding::new("/stages/1/id", "the first is in line {/stages/0/id}.");
        let place = locate("x.yaml", TEXT, vec![finding]);
        assert_eq!(place[0].message, "the first is in line 2.");
        let plain = locate("x.yaml", TEXT, vec![Finding::new("", "{} and {")]);
        assert_eq!(plain[0].message, "{} and {");
    }

    #[test]
    fn a_mistake_of_syntax_names_file_line_and_column() {
        let broken = parse::<Vec<String>>("my.yaml", "- a\n- [b\n").expect_err("refused");
        assert_eq!(broken.file, "my.yaml");
        assert!(broken.line >= 2, "{broken}");
        assert!(!broken.message.contains(" at line "), "{broken}");
    }

    #[test]
    fn yes_is_a_text_and_no_boolean() {
        assert!(parse::<bool>("x.yaml", "yes").is_err());
        assert_eq!(parse::<String>("x.yaml", "yes").as_deref(), Ok("yes"));
    }
}
