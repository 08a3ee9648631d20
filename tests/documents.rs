//! The documents lead where they say: links to files and headings, names to files, the table of crates to `Cargo.toml`.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The Markdown files at the top and in `docs/`.
fn documents() -> Vec<PathBuf> {
    let mut files = Vec::new();
    for folder in [root().to_owned(), root().join("docs")] {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.extension().is_some_and(|ending| ending == "md") {
                files.push(path);
            }
        }
    }
    files.sort();
    assert!(files.len() > 5, "the documents are there");
    files
}

/// The text without its code, in which brackets mean something else.
fn prose(text: &str) -> String {
    let mut is_code = false;
    let mut prose = String::new();
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            is_code = !is_code;
        } else if !is_code {
            let plain = line.split('`').step_by(2);
            prose.push_str(&plain.collect::<Vec<_>>().join("x"));
            prose.push('\n');
        }
    }
    prose
}

/// Where the links of a text lead.
fn links(text: &str) -> Vec<String> {
    let prose = prose(text);
    let ends = prose.split("](").skip(1);
    ends.filter_map(|rest| rest.split_once(')')).map(|(link, _)| link.to_owned()).collect()
}

/// The headings of a text as the anchors that GitHub makes of them.
fn anchors(text: &str) -> Vec<String> {
    let mut is_code = false;
    let mut anchors = Vec::new();
    for line in text.lines() {
        is_code ^= line.starts_with("```");
        let title = line.trim_start_matches('#');
        if !is_code && title.starts_with(' ') && title.len() < line.len() {
            let is_anchor_character = |c: char| c.is_alphanumeric() || " -_".contains(c);
            let title: String =
                title.trim().to_lowercase().chars().filter(|c| is_anchor_character(*c)).collect();
            anchors.push(title.replace(' ', "-"));
        }
    }
    anchors
}

#[test]
fn each_relative_link_leads_to_a_file_and_to_a_heading_in_it() {
    let mut broken = Vec::new();
    let mut followed = 0;
    for document in documents() {
        let text = fs::read_to_string(&document).expect("UTF-8");
        for link in links(&text).into_iter().filter(|link| !link.contains("://")) {
            let (path, anchor) = link.split_once('#').unwrap_or((&link, ""));
            let target = match path {
                "" => document.clone(),
                path => document.parent().expect("a folder").join(path),
            };
            let is_there = target.exists()
                && (anchor.is_empty()
                    || anchors(&fs::read_to_string(&target).unwrap_or_default())
                        .contains(&anchor.to_owned()));
            if !is_there {
                broken.push(format!("{}: {link}", document.display()));
            }
            followed += 1;
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
    assert!(followed > 10, "links are found: {followed}");
}

/// What stands between the marks of code in a text.
fn code(text: &str) -> Vec<&str> {
    text.lines().flat_map(|line| line.split('`').skip(1).step_by(2)).collect()
}

#[test]
fn each_source_file_that_is_named_is_there() {
    let mut named = 0;
    for document in documents() {
        let text = fs::read_to_string(&document).expect("UTF-8");
        // What a page about starters names lies in a starter.
        if document.ends_with("docs/starters.md") {
            continue;
        }
        for path in code(&text).into_iter().filter(|path| path.ends_with(".rs")) {
            let is_plain = path.chars().all(|c| c.is_ascii_alphanumeric() || "_/.-".contains(c));
            if !path.contains('/') || !is_plain {
                continue;
            }
            let is_there = ["", "src", "src/contract"]
                .iter()
                .any(|folder| root().join(folder).join(path).is_file());
            assert!(is_there, "{}: no {path}", document.display());
            named += 1;
        }
    }
    assert!(named > 20, "files are named: {named}");
}

#[test]
fn the_table_of_crates_has_those_of_the_manifest_and_no_others() {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).expect("UTF-8");
    let manifest: toml::Table = manifest.parse().expect("TOML");
    let unix = &manifest["target"]["cfg(unix)"]["dependencies"];
    let tables = [
        &manifest["dependencies"],
        &manifest["build-dependencies"],
        &manifest["dev-dependencies"],
        unix,
    ];
    let crates = tables.iter().filter_map(|table| table.as_table());
    let crates: BTreeSet<&str> =
        crates.flat_map(|table| table.keys().map(String::as_str)).collect();
    let page = fs::read_to_string(root().join("ARCHITECTURE.md")).expect("UTF-8");
    let (_, table) = page.split_once("## Dependencies").expect("the table of crates");
    let cells = table.lines().filter_map(|line| line.strip_prefix("| ")?.split(" | ").next());
    let cells = cells.filter(|cell| *cell != "crate").flat_map(|cell| cell.split(", "));
    let named: BTreeSet<&str> = cells.filter_map(|name| name.split(' ').next()).collect();
    assert_eq!(named, crates);
}

/// The files of the package, as `cargo package` lists them.
fn packaged() -> BTreeSet<String> {
    let listed = Command::new(env!("CARGO"))
        .args(["package", "--list", "--allow-dirty", "--offline"])
        .current_dir(root())
        .output()
        .expect("cargo runs");
    assert!(listed.status.success(), "{}", String::from_utf8_lossy(&listed.stderr));
    String::from_utf8_lossy(&listed.stdout).lines().map(str::to_owned).collect()
}

/// The source files below `folder`.
fn sources(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, files);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            files.push(path);
        }
    }
}

#[test]
fn the_package_holds_what_its_sources_and_documents_name() {
    let packaged = packaged();
    let mut all = documents();
    sources(&root().join("src"), &mut all);
    let mut followed = 0;
    for file in all {
        let text = fs::read_to_string(&file).expect("UTF-8");
        let included =
            text.split("include_str!(\"").skip(1).filter_map(|rest| rest.split('"').next());
        let named: Vec<String> = match file.extension().is_some_and(|ending| ending == "md") {
            true => links(&text).into_iter().filter(|link| !link.contains("://")).collect(),
            false => included.map(str::to_owned).collect(),
        };
        let paths = named.iter().filter_map(|path| path.split('#').next());
        for path in paths.filter(|path| !path.is_empty()) {
            let target =
                file.parent().expect("a folder").join(path).canonicalize().expect("a file");
            let target =
                target.strip_prefix(root().canonicalize().expect("a folder")).expect("ours");
            let target = target.to_string_lossy().replace('\\', "/");
            assert!(
                packaged.contains(&target),
                "{} names {path}, which is not packaged",
                file.display()
            );
            followed += 1;
        }
    }
    assert!(followed > 30, "names are followed: {followed}");
    let tests: Vec<&String> = packaged.iter().filter(|path| path.starts_with("tests/")).collect();
    assert_eq!(tests, ["tests/fixtures/contract.yaml", "tests/fixtures/roadmap.yaml"]);
}

#[test]
fn each_type_that_the_picture_names_is_there() {
    let mut files = Vec::new();
    sources(&root().join("src"), &mut files);
    let files: Vec<String> =
        files.iter().map(|file| fs::read_to_string(file).expect("UTF-8")).collect();
    let is_type = |word: &str| {
        ["struct", "enum", "trait", "type"].iter().any(|kind| {
            let declared = format!("{kind} {word}");
            let ends = |rest: &str| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_');
            files.iter().any(|text| text.split(&declared).skip(1).any(ends))
        })
    };
    let page = fs::read_to_string(root().join("ARCHITECTURE.md")).expect("UTF-8");
    let is_name = |word: &&str| {
        word.starts_with(|c: char| c.is_ascii_uppercase())
            && word.chars().all(char::is_alphanumeric)
    };
    let named: BTreeSet<&str> = code(&page).into_iter().filter(is_name).collect();
    assert!(named.len() > 5, "types are named: {named:?}");
    for name in named {
        assert!(is_type(name), "ARCHITECTURE.md names `{name}`, which is no type");
    }
}
