//! The state file's content. What this version does not know is kept as it is.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// The version of the form that this program writes.
const SCHEMA: u64 = 1;

/// The path that somebody picked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pick {
    pub language: String,
    pub framework: String,
    /// The first project.
    pub project: String,
    /// The choices by question.
    #[serde(default)]
    pub answers: BTreeMap<String, Vec<String>>,
}

/// The whole file:
///
/// ```json
/// {"schema": 1, "roadmaps": {"backend": {"pick": {...}, "done": ["http"], "hints": {}}}}
/// ```
///
/// `roadmaps` has an entry for each roadmap by its id; `done` holds topic ids, `hints` how
/// many were shown by milestone.
#[derive(Debug, Clone, PartialEq)]
pub struct Document(Map<String, Value>);

/// Why a text is no state file of this version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Unreadable {
    /// No JSON, or not of this form: it can be moved aside.
    Broken,
    /// Written by a later version: it must be left alone.
    Later(u64),
}

impl Default for Document {
    fn default() -> Self {
        let mut root = Map::new();
        root.insert("schema".to_owned(), json!(SCHEMA));
        root.insert("roadmaps".to_owned(), json!({}));
        Self(root)
    }
}

impl Document {
    pub(super) fn read(text: &str) -> Result<Self, Unreadable> {
        let value: Value = serde_json::from_str(text).map_err(|_| Unreadable::Broken)?;
        let Value::Object(root) = value else {
            return Err(Unreadable::Broken);
        };
        match root.get("schema").and_then(Value::as_u64) {
            Some(SCHEMA) => {}
            Some(later) if later > SCHEMA => return Err(Unreadable::Later(later)),
            _ => return Err(Unreadable::Broken),
        }
        let roadmaps = root.get("roadmaps").and_then(Value::as_object);
        let sound = roadmaps.is_some_and(|all| all.values().all(Value::is_object));
        if sound { Ok(Self(root)) } else { Err(Unreadable::Broken) }
    }

    pub(super) fn text(&self) -> String {
        let mut text = serde_json::to_string_pretty(&self.0).unwrap_or_default();
        text.push('\n');
        text
    }

    /// The path picked in the roadmap `id`. A pick of a form that this version does not know
    /// is none.
    #[must_use]
    pub fn pick(&self, id: &str) -> Option<Pick> {
        let roadmap = self.0.get("roadmaps")?.get(id)?;
        serde_json::from_value(roadmap.get("pick")?.clone()).ok()
    }

    /// Keeps the path picked in the roadmap `id`.
    pub fn set_pick(&mut self, id: &str, pick: &Pick) {
        self.set(id, "pick", json!(pick));
    }

    /// The ids of the topics done in the roadmap `id`.
    #[must_use]
    pub fn done(&self, id: &str) -> Vec<String> {
        let roadmap = self.0.get("roadmaps").and_then(|all| all.get(id));
        let done = roadmap.and_then(|one| one.get("done")).and_then(Value::as_array);
        let texts = done.into_iter().flatten().filter_map(Value::as_str);
        texts.map(str::to_owned).collect()
    }

    fn set(&mut self, id: &str, key: &str, value: Value) {
        if let Some(all) = self.0.get_mut("roadmaps").and_then(Value::as_object_mut) {
            let entry = all.entry(id).or_insert_with(|| json!({}));
            if let Some(entry) = entry.as_object_mut() {
                entry.insert(key.to_owned(), value);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pick() -> Pick {
        Pick {
            language: "rust".to_owned(),
            framework: "axum".to_owned(),
            project: "blog".to_owned(),
            answers: BTreeMap::from([("goal".to_owned(), vec!["job".to_owned()])]),
        }
    }

    #[test]
    fn a_pick_comes_back() {
        let mut document = Document::default();
        document.set_pick("backend", &pick());
        let again = Document::read(&document.text()).expect("our own text");
        assert_eq!(again.pick("backend"), Some(pick()));
        assert_eq!(again.pick("other"), None);
    }

    #[test]
    fn what_is_unknown_is_kept() {
        let text =
            r#"{"schema":1,"new":[1],"roadmaps":{"backend":{"done":["http"],"x":2},"mine":{}}}"#;
        let mut document = Document::read(text).expect("sound");
        document.set_pick("backend", &pick());
        let text = document.text();
        for kept in ["\"new\"", "\"x\"", "\"http\"", "\"mine\""] {
            assert!(text.contains(kept), "{kept} in {text}");
        }
    }

    #[test]
    fn broken_and_later_files_are_told_apart() {
        for broken in ["", "[]", "{}", "{\"schema\":1}", "{\"schema\":1,\"roadmaps\":{\"a\":3}}"] {
            assert_eq!(Document::read(broken), Err(Unreadable::Broken), "{broken}");
        }
        assert_eq!(Document::read("{\"schema\":7}"), Err(Unreadable::Later(7)));
    }
}
