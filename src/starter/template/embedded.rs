//! The template library that the binary carries: each layer compressed by itself, as the build script packed it. The only user of
//! `include_dir`.

use super::layer::{Entry, FACTS, is_system_file};
use flate2::bufread::DeflateDecoder;
use include_dir::{Dir, File, include_dir};
use std::borrow::Cow;
use std::io::Read;

/// A folder for each layer, with those of the layers below it. Its file of facts is as it was; all others are compressed in
/// the one named `layer`.
static TEMPLATES: Dir<'static> = include_dir!("$OUT_DIR/templates");

/// The files of the layer at `path`, without those of layers below it (`projects/`).
pub(super) fn entries(path: &str) -> Option<Vec<Entry>> {
    let folder = folder(path)?;
    let compressed = file(folder, "layer")?;
    let mut list = Vec::new();
    DeflateDecoder::new(compressed).read_to_end(&mut list).expect("the build script wrote it");
    let mut files: Vec<(&str, &[u8])> =
        postcard::from_bytes(&list).expect("the build script wrote it");
    files.retain(|(name, _)| !name.rsplit('/').next().is_some_and(is_system_file));
    let owned = |(name, bytes): (&str, &[u8])| (name.to_owned(), Cow::Owned(bytes.to_vec()));
    let mut entries: Vec<Entry> = files.into_iter().map(owned).collect();
    entries.extend(facts(folder));
    entries.sort();
    Some(entries)
}

fn facts(folder: &Dir<'static>) -> Option<Entry> {
    file(folder, FACTS).map(|bytes| (FACTS.to_owned(), Cow::Borrowed(bytes)))
}

fn file(folder: &Dir<'static>, name: &str) -> Option<&'static [u8]> {
    folder.files().find(|file| file.path().ends_with(name)).map(File::contents)
}

/// One file of the layer at `path`.
pub(super) fn entry(path: &str, name: &str) -> Option<Entry> {
    match name {
        FACTS => facts(folder(path)?),
        _ => entries(path)?.into_iter().find(|(file, _)| file == name),
    }
}

/// The names of the folders in `path`.
pub(super) fn folders(path: &str) -> Vec<String> {
    let names =
        folder(path).into_iter().flat_map(Dir::dirs).filter_map(|inner| inner.path().file_name());
    names.map(|name| name.to_string_lossy().into_owned()).collect()
}

/// The folder at `path`, one name at a time: `Dir::get_dir` compares the path with every
/// folder and file of the tree.
fn folder(path: &str) -> Option<&'static Dir<'static>> {
    let mut names = path.split('/').filter(|name| !name.is_empty());
    names.try_fold(&TEMPLATES, |folder, name| {
        folder.dirs().find(|inner| inner.path().ends_with(name))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::starter::template::folder;
    use std::path::Path;

    #[test]
    fn each_layer_has_the_files_of_its_folder() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
        let mut layers = 0;
        let mut open = vec![&TEMPLATES];
        while let Some(folder) = open.pop() {
            open.extend(folder.dirs());
            if folder.files().next().is_some() {
                let path = folder.path().to_str().expect("UTF-8");
                let expected = folder::entries(&root, path).expect("readable").expect("a layer");
                assert_eq!(entries(path), Some(expected), "{path}");
                layers += 1;
            }
        }
        assert!(layers > 20, "{layers}");
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
