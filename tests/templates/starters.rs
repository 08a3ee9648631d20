//! Which starters there are, and which layer each of their files comes from.

use crate::{STARTERS, generated, named};
use roadmap::curriculum;
use roadmap::manifest::Manifest;
use roadmap::starter::Library;
use std::collections::BTreeSet;
use std::fmt::Write;

#[test]
fn the_library_has_the_starters_of_the_table_and_no_others() {
    let starters = Library::Embedded.starters(|_| None).expect("the library can be read");
    let starters: BTreeSet<_> = starters
        .iter()
        .map(|starter| (&*starter.project, &*starter.language, &*starter.framework))
        .collect();
    assert_eq!(starters, STARTERS.iter().copied().collect());
}

#[test]
fn the_roadmap_knows_every_starter_and_agrees_on_its_language() {
    let roadmap = curriculum::builtin();
    for (project, language, framework) in STARTERS {
        assert!(roadmap.projects.iter().any(|known| known.id == *project), "{project}");
        let known = roadmap.frameworks.iter().find(|known| known.id == *framework);
        assert_eq!(known.map(|known| &*known.language), Some(*language), "{framework}");
    }
}

#[test]
fn every_file_of_a_starter_comes_from_the_layer_in_its_snapshot() {
    for (project, language, framework) in STARTERS {
        let starter = generated(project, language, framework);
        let mut listing = String::new();
        for (path, file) in &starter.tree.files {
            let layer = file.origin.split("/files/").next().expect("a layer");
            let mark = if file.executable { " (executable)" } else { "" };
            writeln!(listing, "{path:60} {layer}{mark}").expect("a string grows");
        }
        let snapshot = format!("snapshots/{project}-{framework}.txt");
        let snapshot =
            std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/templates").join(snapshot);
        snapbox::assert_data_eq!(listing, snapbox::Data::read_from(&snapshot, None));
    }
}

#[test]
fn the_name_of_the_user_varies_no_path_and_no_source() {
    for (project, language, framework) in STARTERS {
        let starter = generated(project, language, framework);
        let other = named("aardvark", project, language, framework);
        let paths: Vec<_> = starter.tree.files.keys().collect();
        assert_eq!(paths, other.tree.files.keys().collect::<Vec<_>>());
        for (path, file) in &starter.tree.files {
            let same = file.bytes == other.tree.files[path].bytes;
            let may_vary = [
                "README.md",
                "compose.yaml",
                "Cargo.toml",
                "Cargo.lock",
                "package.json",
                "package-lock.json",
                "pyproject.toml",
                "pom.xml",
            ];
            assert!(same || may_vary.contains(&path.as_str()), "{path} holds the user's name");
        }
    }
}

/// Without the lists that are empty, which may be left out.
fn without_empty(value: &toml::Value) -> toml::Value {
    let is_empty = |value: &toml::Value| value.as_array().is_some_and(Vec::is_empty);
    match value {
        toml::Value::Table(table) => {
            let filled = table.iter().filter(|(_, value)| !is_empty(value));
            toml::Value::Table(
                filled.map(|(key, value)| (key.clone(), without_empty(value))).collect(),
            )
        }
        other => other.clone(),
    }
}

#[test]
fn what_a_starter_says_of_itself_is_what_check_reads() {
    for (project, language, framework) in STARTERS {
        let starter = generated(project, language, framework);
        let bytes = &starter.tree.files[".roadmap/starter.toml"].bytes;
        let text = std::str::from_utf8(bytes).expect("UTF-8");
        let manifest = Manifest::parse(text).expect("check reads it");
        // No key is lost on the way, so there is none that check does not know.
        let again = manifest.text().expect("it can be written");
        let (written, read) = (toml::from_str(text), toml::from_str(&again));
        assert_eq!(
            without_empty(&written.expect("TOML")),
            without_empty(&read.expect("TOML")),
            "{framework}"
        );
        assert_eq!(manifest.commands.run, starter.commands.run);
        assert_eq!(manifest.starter.framework, *framework);
        for file in &manifest.installed.manifests {
            assert!(starter.tree.files.contains_key(file), "{framework} has no {file}");
        }
    }
}
