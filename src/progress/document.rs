//! The state file's content. What this version does not know stays as it is.

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
/// {"schema": 1, "roadmaps": {"backend": {"pick": {...}, "made": true, "done": ["http"], "hints": {}}}}
/// ```
///
/// `roadmaps` has an entry for each roadmap by its id; `made` says that `roadmap new` has created
/// a starter, `done` holds topic ids, `hints` how many were shown by milestone.
#[derive(Debug, Clone, PartialEq)]
pub struct Document(Map<String, Value>);

/// Why a text is no state file of this version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum ReadError {
    /// No JSON, or not of this form: it can be moved aside.
    Broken,
    /// Written by a later version: it must be left alone.
    Later(u64),
}

/// A text that cannot be imported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ImportError {
    #[error("is no progress of roadmap, or only a part of it")]
    Foreign,
    #[error("was written by a later version of roadmap (schema {0})")]
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
    pub(super) fn read(text: &str) -> Result<Self, ReadError> {
        let value: Value = serde_json::from_str(text).map_err(|_| ReadError::Broken)?;
        let Value::Object(root) = value else {
            return Err(ReadError::Broken);
        };
        match root.get("schema").and_then(Value::as_u64) {
            Some(SCHEMA) => {}
            Some(later) if later > SCHEMA => return Err(ReadError::Later(later)),
            _ => return Err(ReadError::Broken),
        }
        let roadmaps = root.get("roadmaps").and_then(Value::as_object);
        let sound = roadmaps.is_some_and(|all| all.values().all(is_entry));
        if sound { Ok(Self(root)) } else { Err(ReadError::Broken) }
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
        let done = roadmap.and_then(|object| object.get("done")).and_then(Value::as_array);
        let texts = done.into_iter().flatten().filter_map(Value::as_str);
        texts.map(str::to_owned).collect()
    }

    /// Adds topics to those done in the roadmap `id`. The list stays sorted.
    pub fn mark<'a>(&mut self, id: &str, topics: impl IntoIterator<Item = &'a str>) {
        let mut done = self.done(id);
        done.extend(topics.into_iter().map(str::to_owned));
        self.set_done(id, done);
    }

    /// Takes topics from those done in the roadmap `id`.
    pub fn unmark(&mut self, id: &str, topics: &[&str]) {
        let mut done = self.done(id);
        let before = done.len();
        done.retain(|id| !topics.contains(&id.as_str()));
        if done.len() < before {
            self.set_done(id, done);
        }
    }

    /// Entries of the list that are no text stay, behind the ids.
    fn set_done(&mut self, id: &str, mut done: Vec<String>) {
        done.sort_unstable();
        done.dedup();
        let old = self.0.get("roadmaps").and_then(|all| all.get(id)?.get("done")?.as_array());
        let strange = old.into_iter().flatten().filter(|entry| !entry.is_string()).cloned();
        let list: Vec<Value> = done.into_iter().map(Value::String).chain(strange).collect();
        self.set(id, "done", Value::Array(list));
    }

    /// Whether `roadmap new` has created a starter of the roadmap `id`.
    #[must_use]
    pub fn has_starter(&self, id: &str) -> bool {
        let roadmap = self.0.get("roadmaps").and_then(|all| all.get(id));
        roadmap.and_then(|object| object.get("made")).and_then(Value::as_bool).unwrap_or(false)
    }

    /// Records that there is a starter.
    pub fn set_has_starter(&mut self, id: &str) {
        self.set(id, "made", json!(true));
    }

    /// Counts one more hint of `milestone`, up to `max`. Returns how many are shown now.
    pub fn next_hint(&mut self, id: &str, milestone: &str, max: usize) -> usize {
        let mut hints = self.hints(id);
        let before = hints.get(milestone).and_then(Value::as_u64).unwrap_or(0);
        let before = usize::try_from(before).unwrap_or(max);
        let shown = (before + 1).min(max);
        if shown > before {
            hints.insert(milestone.to_owned(), json!(shown));
            self.set(id, "hints", Value::Object(hints));
        }
        shown
    }

    /// Reads what was exported elsewhere.
    ///
    /// # Errors
    /// The text is no progress, or that of a later version.
    pub fn import(text: &str) -> Result<Self, ImportError> {
        Self::read(text).map_err(|unreadable| match unreadable {
            ReadError::Broken => ImportError::Foreign,
            ReadError::Later(schema) => ImportError::Later(schema),
        })
    }

    /// Everything, in one order whatever way it came about.
    #[must_use]
    pub fn export(&self) -> String {
        let mut sorted = self.clone();
        for id in self.roadmaps() {
            if !self.done(&id).is_empty() {
                sorted.set_done(&id, self.done(&id));
            }
        }
        sorted.0.sort_keys();
        sorted.text()
    }

    /// Takes in all that `other` knows: the topics done in either, the more hints of both. A
    /// pick stays if there is one, and so does what this version does not know.
    pub fn merge(&mut self, other: &Self) {
        for id in other.roadmaps() {
            let done = other.done(&id);
            if !done.is_empty() {
                self.mark(&id, done.iter().map(String::as_str));
            }
            if other.has_starter(&id) {
                self.set_has_starter(&id);
            }
            let Some(theirs) = other.entry(&id) else { continue };
            let mut hints = self.hints(&id);
            for (milestone, shown) in other.hints(&id) {
                let more = hints.get(&milestone).and_then(Value::as_u64) < shown.as_u64();
                if more || !hints.contains_key(&milestone) {
                    hints.insert(milestone, shown);
                }
            }
            if !hints.is_empty() {
                self.set(&id, "hints", Value::Object(hints));
            }
            for (key, value) in theirs {
                if self.entry(&id).is_none_or(|own| !own.contains_key(key)) {
                    self.set(&id, key, value.clone());
                }
            }
        }
        for (key, value) in &other.0 {
            self.0.entry(key).or_insert_with(|| value.clone());
        }
    }

    /// Forgets all about the roadmap `id`.
    pub fn reset(&mut self, id: &str) {
        if let Some(all) = self.0.get_mut("roadmaps").and_then(Value::as_object_mut) {
            all.remove(id);
        }
    }

    /// The ids of the roadmaps that it holds something about.
    #[must_use]
    pub fn roadmaps(&self) -> Vec<String> {
        let all = self.0.get("roadmaps").and_then(Value::as_object);
        all.into_iter().flat_map(Map::keys).cloned().collect()
    }

    fn entry(&self, id: &str) -> Option<&Map<String, Value>> {
        self.0.get("roadmaps")?.get(id)?.as_object()
    }

    fn hints(&self, id: &str) -> Map<String, Value> {
        let hints = self.entry(id).and_then(|entry| entry.get("hints")?.as_object());
        hints.cloned().unwrap_or_default()
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

/// Whether a roadmap's entry has the form that we write, as far as we know it: what has not
/// would be lost by the next change.
fn is_entry(entry: &Value) -> bool {
    let is = |key: &str, test: fn(&Value) -> bool| entry.get(key).is_none_or(test);
    entry.is_object() && is("done", Value::is_array) && is("hints", Value::is_object)
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
    fn unknown_keys_are_preserved() {
        let text =
            r#"{"schema":1,"new":[1],"roadmaps":{"backend":{"done":["http"],"x":2},"mine":{}}}"#;
        let mut document = Document::read(text).expect("sound");
        document.set_pick("backend", &pick());
        let text = document.text();
        for preserved in ["\"new\"", "\"x\"", "\"http\"", "\"mine\""] {
            assert!(text.contains(preserved), "{preserved} in {text}");
        }
    }

    #[test]
    fn topics_are_marked_once_in_order_and_unmarked() {
        let text = r#"{"schema":1,"roadmaps":{"backend":{"done":["sql",7]}}}"#;
        let mut document = Document::read(text).expect("sound");
        document.mark("backend", ["http", "sql", "http"]);
        assert_eq!(document.done("backend"), ["http", "sql"]);
        document.unmark("backend", &["sql", "never"]);
        assert_eq!(document.done("backend"), ["http"]);
        assert!(document.text().contains('7'), "what is no text is kept");
        document.unmark("other", &["sql"]);
        assert!(!document.text().contains("other"), "nothing to take leaves no entry");
    }

    #[test]
    fn each_call_gives_the_next_hint_up_to_the_last() {
        let mut document = Document::default();
        let shown: Vec<usize> =
            (0..5).map(|_| document.next_hint("backend", "tasks/accounts", 3)).collect();
        assert_eq!(shown, [1, 2, 3, 3, 3]);
        assert_eq!(document.next_hint("backend", "blog/accounts", 3), 1);
        assert_eq!(document.next_hint("other", "tasks/accounts", 3), 1);
    }

    #[test]
    fn two_sides_merge_to_the_same_union() {
        let parse = |entry: &str| {
            Document::read(&format!("{{\"schema\":1,\"roadmaps\":{{\"backend\":{entry}}}}}"))
        };
        let first =
            parse(r#"{"done":["sql","http"],"hints":{"start":2,"posts":1}}"#).expect("sound");
        let two =
            parse(r#"{"made":true,"hints":{"start":1,"pages":3},"done":["http","css","sql"]}"#);
        let two = two.expect("sound");
        let (mut left, mut right) = (first.clone(), two.clone());
        left.merge(&two);
        right.merge(&first);
        assert_eq!(left.export(), right.export());
        let once = left.clone();
        left.merge(&two);
        left.merge(&first);
        assert_eq!(left, once, "the same again adds nothing");
        assert_eq!(left.done("backend"), ["css", "http", "sql"]);
        assert!(left.has_starter("backend"));
        assert_eq!(json!(left.hints("backend")), json!({"start": 2, "posts": 1, "pages": 3}));
    }

    #[test]
    fn a_merge_keeps_our_pick_and_takes_theirs_where_there_is_none() {
        let mut ours = Document::default();
        let mut theirs = Document::default();
        theirs.set_pick("backend", &pick());
        ours.merge(&theirs);
        assert_eq!(ours.pick("backend"), Some(pick()));
        theirs.set_pick("backend", &Pick { framework: "rocket".to_owned(), ..pick() });
        ours.merge(&theirs);
        assert_eq!(ours.pick("backend"), Some(pick()));
    }

    #[test]
    fn broken_and_later_files_are_distinguished() {
        for broken in ["", "[]", "{}", "{\"schema\":1}", "{\"schema\":1,\"roadmaps\":{\"a\":3}}"] {
            assert_eq!(Document::read(broken), Err(ReadError::Broken), "{broken}");
        }
        for entry in ["{\"done\":{}}", "{\"done\":\"http\"}", "{\"hints\":[]}"] {
            let text = format!("{{\"schema\":1,\"roadmaps\":{{\"a\":{entry}}}}}");
            assert_eq!(Document::read(&text), Err(ReadError::Broken), "{text}");
        }
        assert_eq!(Document::read("{\"schema\":7}"), Err(ReadError::Later(7)));
    }
}
