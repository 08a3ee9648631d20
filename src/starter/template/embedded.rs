//! The template library that the binary carries: each layer compressed by itself, as the build script packed it.

use super::layer::{Entry, is_dropping};
use flate2::bufread::DeflateDecoder;
use std::borrow::Cow;
use std::io::Read;

static PACKED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/templates.postcard"));

/// A layer: its path, the size of its files as a list, and the list compressed.
type Packed = (&'static str, usize, &'static [u8]);

/// The files of the layer at `path`, without those of layers below it (`projects/`).
pub(super) fn entries(path: &str) -> Option<Vec<Entry>> {
    let (_, size, compressed) = layers().into_iter().find(|(layer, ..)| *layer == path)?;
    let mut list = Vec::with_capacity(size);
    DeflateDecoder::new(compressed).read_to_end(&mut list).expect("the build script wrote it");
    let mut files: Vec<(&str, &[u8])> =
        postcard::from_bytes(&list).expect("the build script wrote it");
    files.retain(|(name, _)| !name.rsplit('/').next().is_some_and(is_dropping));
    let owned = |(name, bytes): (&str, &[u8])| (name.to_owned(), Cow::Owned(bytes.to_vec()));
    Some(files.into_iter().map(owned).collect())
}

/// One file of the layer at `path`.
pub(super) fn entry(path: &str, name: &str) -> Option<Entry> {
    entries(path)?.into_iter().find(|(file, _)| file == name)
}

/// The names of the folders in `path`, each a layer.
pub(super) fn folders(path: &str) -> Vec<String> {
    let names = layers().into_iter().filter_map(|(layer, ..)| layer.rsplit_once('/'));
    names.filter(|(parent, _)| *parent == path).map(|(_, name)| name.to_owned()).collect()
}

fn layers() -> Vec<Packed> {
    postcard::from_bytes(PACKED).expect("the build script wrote it")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::starter::template::folder;
    use std::path::Path;

    #[test]
    fn each_layer_has_the_files_of_its_folder() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
        assert!(layers().len() > 20, "{}", layers().len());
        for (path, ..) in layers() {
            let expected = folder::entries(&root, path).expect("readable").expect("a layer");
            assert_eq!(entries(path), Some(expected), "{path}");
        }
    }

    #[test]
    fn the_folders_are_those_of_the_library() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
        for path in ["frameworks", "languages", "projects", "frameworks/axum/projects", "nowhere"] {
            let expected = folder::folders(&root, path).expect("readable");
            assert_eq!(folders(path), expected, "{path}");
        }
    }

    #[test]
    fn a_file_is_one_of_its_layer() {
        let (name, bytes) = entry("projects/tasks", "contract.yaml").expect("a contract");
        assert_eq!(name, "contract.yaml");
        assert!(bytes.starts_with(b"schema:") || bytes.starts_with(b"#"), "YAML");
        assert_eq!(entry("projects/tasks", "nothing.yaml"), None);
        assert_eq!(entry("projects/nothing", "contract.yaml"), None);
    }
}
