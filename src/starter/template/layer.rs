//! A layer: a folder of the library with files, slots and facts.

use super::target;
use crate::starter::error::LayerError;
use crate::starter::facts::LayerFacts;
use crate::yaml;
use std::borrow::Cow;

/// The name of a layer's file of facts.
pub(super) const FACTS: &str = "layer.yaml";
/// The name of a project's contract, and where a starter keeps it.
pub(super) const CONTRACT: &str = "contract.yaml";
const CONTRACT_IN_STARTER: &str = ".roadmap/contract.yaml";

/// A file of the library before it is rendered.
#[derive(Debug, Clone)]
pub(in crate::starter) struct Source {
    /// Its path from the library's root: `frameworks/axum/files/src/main.rs`.
    pub origin: String,
    /// Its path in the starter, or the name of the slot that it fills.
    pub name: String,
    pub bytes: Cow<'static, [u8]>,
    /// Whether it is rendered (`.hbs`) or taken byte for byte.
    pub rendered: bool,
}

/// One layer, read.
#[derive(Debug)]
pub(in crate::starter) struct Layer {
    /// Its path from the library's root: `frameworks/axum`.
    pub path: String,
    pub facts: LayerFacts,
    pub files: Vec<Source>,
    pub slots: Vec<Source>,
}

/// A file of a layer as it lies in the library: its path from the layer, and its bytes.
pub(super) type Entry = (String, Cow<'static, [u8]>);

/// Whether a file of this name is what a file manager leaves wherever somebody looks.
pub(super) fn is_system_file(name: &str) -> bool {
    [".DS_Store", "Thumbs.db", "desktop.ini"]
        .iter()
        .any(|dropping| dropping.eq_ignore_ascii_case(name))
}

/// The layers that a starter may have, in their order: the neutral before the special.
#[must_use]
pub fn layers_of(project: &str, language: &str, framework: &str) -> [String; 6] {
    [
        "base".to_owned(),
        format!("projects/{project}"),
        format!("languages/{language}"),
        format!("languages/{language}/projects/{project}"),
        format!("frameworks/{framework}"),
        format!("frameworks/{framework}/projects/{project}"),
    ]
}

impl Layer {
    /// Sorts a layer's entries into facts, files and slots.
    ///
    /// # Errors
    /// Broken facts, an entry in none of the three places, a path that no starter may have.
    pub(in crate::starter) fn read(path: &str, entries: Vec<Entry>) -> Result<Self, LayerError> {
        let mut layer = Self {
            path: path.to_owned(),
            facts: LayerFacts::default(),
            files: Vec::new(),
            slots: Vec::new(),
        };
        for (name, bytes) in entries {
            let origin = format!("{path}/{name}");
            if name == FACTS {
                let text = std::str::from_utf8(&bytes)
                    .map_err(|_| LayerError::NotText { origin: origin.clone() })?;
                layer.facts = yaml::parse(&origin, text).map_err(LayerError::Facts)?;
            } else if let Some(file) = name.strip_prefix("files/") {
                let (name, rendered) = target::starter_path(file);
                target::check(&name)
                    .map_err(|why| LayerError::Target { origin: origin.clone(), why })?;
                layer.files.push(Source { origin, name, bytes, rendered });
            } else if let Some(slot) = name.strip_prefix("slots/") {
                let (name, rendered) = target::slot_of(slot);
                layer.slots.push(Source { origin, name, bytes, rendered });
            } else if name == CONTRACT && path.starts_with("projects/") {
                let name = CONTRACT_IN_STARTER.to_owned();
                layer.files.push(Source { origin, name, bytes, rendered: false });
            } else {
                return Err(LayerError::Stray { origin });
            }
        }
        Ok(layer)
    }
}
