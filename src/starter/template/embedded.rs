//! The template library that the binary carries. The only user of `include_dir`.

use super::layer::{Entry, is_dropping};
use include_dir::{Dir, DirEntry, include_dir};
use std::borrow::Cow;

static TEMPLATES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/templates");

/// The files of the layer at `path`, without those of layers below it (`projects/`).
pub(super) fn entries(path: &str) -> Option<Vec<Entry>> {
    let folder = folder(path)?;
    let mut entries = Vec::new();
    for entry in folder.entries() {
        match entry {
            DirEntry::Dir(inner) if inner.path().ends_with("projects") => {}
            DirEntry::Dir(inner) => collect(inner, path, &mut entries),
            DirEntry::File(file) => push(file, path, &mut entries),
        }
    }
    Some(entries)
}

/// One file of the layer at `path`.
pub(super) fn entry(path: &str, name: &str) -> Option<Entry> {
    let (inner, name_alone) = name.rsplit_once('/').unwrap_or(("", name));
    let folder = folder(&format!("{path}/{inner}"))?;
    let file = folder.files().find(|file| file.path().ends_with(name_alone))?;
    Some((name.to_owned(), Cow::Borrowed(file.contents())))
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

fn collect(folder: &'static Dir<'static>, root: &str, entries: &mut Vec<Entry>) {
    for entry in folder.entries() {
        match entry {
            DirEntry::Dir(inner) => collect(inner, root, entries),
            DirEntry::File(file) => push(file, root, entries),
        }
    }
}

fn push(file: &'static include_dir::File<'static>, root: &str, entries: &mut Vec<Entry>) {
    let path = file.path().strip_prefix(root).unwrap_or(file.path());
    let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
    if parts.last().is_some_and(|name| is_dropping(name)) {
        return;
    }
    entries.push((parts.join("/"), Cow::Borrowed(file.contents())));
}
