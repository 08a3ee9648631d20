//! A template library: the one in the binary, or a folder of the user's.

use super::layer::{CONTRACT, Entry, FACTS, Layer, layers_of};
use super::render::Renderer;
use super::{embedded, folder};
use crate::catalog::Starter;
use crate::starter::error::{Error, LayerError};
use crate::starter::facts::Tool;
use serde_json::json;
use std::path::PathBuf;

/// Where the layers come from.
#[derive(Debug, Clone)]
pub enum Library {
    /// The one that the binary carries.
    Embedded,
    /// A folder of the same form.
    Folder(PathBuf),
}

impl Library {
    /// Opens a library in a folder. Its layers are read and checked when a starter needs them:
    /// all of them at once would make a run the slower, the larger the library is.
    ///
    /// # Errors
    /// No such folder, or none with the layer `base`.
    pub fn open(root: PathBuf) -> Result<Self, Error> {
        if !root.join("base").is_dir() {
            return Err(Error::NoLibrary { path: root });
        }
        Ok(Self::Folder(root))
    }

    /// Every starter: a framework's folder for a project makes one. `language_of` may know a
    /// framework's language; else its facts say so.
    ///
    /// # Errors
    /// Folders or facts that cannot be read.
    pub fn starters(
        &self,
        language_of: impl Fn(&str) -> Option<String>,
    ) -> Result<Vec<Starter>, Error> {
        let mut starters = Vec::new();
        for framework in self.folders("frameworks")? {
            let path = format!("frameworks/{framework}");
            let projects = self.folders(&format!("{path}/projects"))?;
            if projects.is_empty() {
                continue;
            }
            let language = match language_of(&framework) {
                Some(language) => language,
                None => self.language_in_facts(&path)?,
            };
            starters.extend(projects.into_iter().map(|project| Starter {
                project,
                language: language.clone(),
                framework: framework.clone(),
            }));
        }
        Ok(starters)
    }

    /// The contract of `project`: where it lies in the library, and its text.
    ///
    /// # Errors
    /// It cannot be read, or is no text.
    pub fn contract(&self, project: &str) -> Result<Option<(String, String)>, Error> {
        let path = format!("projects/{project}");
        let entry = match self {
            Self::Embedded => embedded::entry(&path, CONTRACT),
            Self::Folder(root) => folder::entry(root, &path, CONTRACT)?,
        };
        let Some((_, bytes)) = entry else { return Ok(None) };
        let origin = format!("{path}/{CONTRACT}");
        match String::from_utf8(bytes.into_owned()) {
            Ok(text) => Ok(Some((origin, text))),
            Err(_) => Err(LayerError::NotText { origin }.into()),
        }
    }

    /// The files of `project` that serve a server in any language, by their path in its repository:
    /// the description of the API, the data that it starts with, and the page with what it shares with
    /// other projects. Sorted by path.
    ///
    /// # Errors
    /// A layer cannot be read, or a page needs more than the path of the description.
    pub fn project_files(&self, project: &str) -> Result<Vec<(String, Vec<u8>)>, Error> {
        let layers = [self.layer("base")?, self.layer(&format!("projects/{project}"))?];
        let without: Vec<&String> =
            layers.iter().flatten().flat_map(|layer| &layer.facts.without).collect();
        let files = layers.iter().flatten().flat_map(|layer| &layer.files);
        let shared = files.filter(|file| {
            let is_page = file.name.starts_with("static/") && !without.contains(&&file.name);
            let is_data = file.name.ends_with(".json") && !file.name.contains('/');
            is_page || (is_data && !file.rendered)
        });
        // The only fact about a server in any language.
        let mut renderer = Renderer::new(json!({ "facts": { "api_page": "/openapi.json" } }))?;
        let mut files = Vec::new();
        for file in shared {
            let bytes = if file.rendered {
                renderer.read(file)?;
                renderer.render(&file.origin)?.into_bytes()
            } else {
                file.bytes.to_vec()
            };
            files.push((file.name.clone(), bytes));
        }
        files.sort();
        Ok(files)
    }

    /// The layers of one starter that exist, in their order.
    pub(in crate::starter) fn layers(
        &self,
        project: &str,
        language: &str,
        framework: &str,
    ) -> Result<Vec<Layer>, Error> {
        let mut layers = Vec::new();
        for path in layers_of(project, language, framework) {
            if let Some(layer) = self.layer(&path)? {
                layers.push(layer);
            }
        }
        Ok(layers)
    }

    /// The programs that the layer at `path` needs.
    pub(in crate::starter) fn tools(&self, path: &str) -> Result<Vec<Tool>, LayerError> {
        let facts = self.facts_file(path)?;
        // Most layers name none, and parsing their facts would take longer than all else that is done here.
        let key = b"tools";
        match facts.filter(|(_, text)| text.windows(key.len()).any(|part| part == key)) {
            Some(facts) => Ok(Layer::read(path, vec![facts])?.facts.tools),
            None => Ok(Vec::new()),
        }
    }

    fn facts_file(&self, path: &str) -> Result<Option<Entry>, LayerError> {
        match self {
            Self::Embedded => Ok(embedded::entry(path, FACTS)),
            Self::Folder(root) => folder::entry(root, path, FACTS),
        }
    }

    fn language_in_facts(&self, path: &str) -> Result<String, Error> {
        // The file of facts alone: every framework is asked, and one of them is used.
        let facts = self.facts_file(path)?.into_iter().collect();
        let language = Layer::read(path, facts)?.facts.language;
        language.ok_or_else(|| Error::NoLanguage { layer: path.to_owned() })
    }

    fn layer(&self, path: &str) -> Result<Option<Layer>, LayerError> {
        let entries = match self {
            Self::Embedded => embedded::entries(path),
            Self::Folder(root) => folder::entries(root, path)?,
        };
        entries.map(|entries| Layer::read(path, entries)).transpose()
    }

    fn folders(&self, path: &str) -> Result<Vec<String>, LayerError> {
        match self {
            Self::Embedded => Ok(embedded::folders(path)),
            Self::Folder(root) => folder::folders(root, path),
        }
    }
}
