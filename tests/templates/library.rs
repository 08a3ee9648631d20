//! The template library as a whole: nothing unused, nothing twice, nothing lost in packaging.

use crate::STARTERS;
use roadmap::starter::layers_of;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Every file below `templates/`, as a path from there.
fn files() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
    let mut files = Vec::new();
    walk(&root, &root, &mut files);
    files
}

fn walk(root: &Path, folder: &Path, files: &mut Vec<String>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path: PathBuf = entry.expect("an entry").path();
        if path.is_dir() {
            walk(root, &path, files);
        } else {
            let path = path.strip_prefix(root).expect("below the root");
            files.push(path.to_str().expect("a text").to_owned());
        }
    }
}

fn read(path: &str) -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("templates").join(path)).expect("readable")
}

#[test]
fn every_template_file_belongs_to_a_layer_of_some_starter() {
    let layers: BTreeSet<String> = STARTERS
        .iter()
        .flat_map(|(project, language, framework)| layers_of(project, language, framework))
        .collect();
    for file in files() {
        let place = ["/files/", "/slots/", "/layer.yaml", "/contract.yaml"]
            .iter()
            .find_map(|part| file.find(part));
        let layer = place.map(|end| &file[..end]);
        assert!(layer.is_some_and(|layer| layers.contains(layer)), "{file} is used by no starter");
    }
}

#[test]
fn no_template_file_is_a_copy_of_another() {
    let mut seen: BTreeMap<Vec<u8>, String> = BTreeMap::new();
    for file in files() {
        if let Some(first) = seen.insert(read(&file), file.clone()) {
            panic!("{file} is a copy of {first}: what repeats belongs one layer higher");
        }
    }
}

#[test]
fn no_template_branches() {
    for file in files().into_iter().filter(|file| file.ends_with(".hbs")) {
        let text = String::from_utf8(read(&file)).expect("UTF-8");
        assert!(
            !text.contains("{{#if") && !text.contains("{{#unless"),
            "{file}: a slot or a fact instead"
        );
    }
}

#[test]
fn the_package_holds_every_template_file() {
    let listed = Command::new(env!("CARGO"))
        .args(["package", "--list", "--allow-dirty", "--offline"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo runs");
    assert!(listed.status.success(), "{}", String::from_utf8_lossy(&listed.stderr));
    let listed = String::from_utf8(listed.stdout).expect("UTF-8");
    let listed: BTreeSet<&str> = listed.lines().collect();
    for file in files() {
        assert!(listed.contains(format!("templates/{file}").as_str()), "{file} is not packaged");
    }
}
