//! What is in the files of a starter that programs read.

use crate::{STARTERS, generated};
use roadmap::starter::Tree;

fn text<'a>(tree: &'a Tree, path: &str) -> &'a str {
    let file = tree.files.get(path).unwrap_or_else(|| panic!("no {path}"));
    std::str::from_utf8(&file.bytes).expect("UTF-8")
}

#[test]
fn every_starter_has_the_files_that_all_have() {
    for (project, language, framework) in STARTERS {
        let tree = generated(project, language, framework).tree;
        for path in [
            "README.md",
            ".gitignore",
            ".editorconfig",
            ".env.example",
            "Dockerfile",
            ".dockerignore",
            "compose.yaml",
            ".github/workflows/ci.yml",
            "openapi.json",
            "requests.http",
            ".roadmap/starter.toml",
        ] {
            assert!(tree.files.contains_key(path), "{project} in {framework} has no {path}");
        }
    }
}

#[test]
fn every_manifest_is_of_its_form() {
    for (project, language, framework) in STARTERS {
        let tree = generated(project, language, framework).tree;
        for path in tree.files.keys() {
            let at = format!("{path} of {project} in {framework}");
            if path.ends_with(".json") {
                serde_json::from_str::<serde_json::Value>(text(&tree, path))
                    .unwrap_or_else(|e| panic!("{at}: {e}"));
            } else if path.ends_with(".toml") {
                text(&tree, path).parse::<toml::Table>().unwrap_or_else(|e| panic!("{at}: {e}"));
            } else if path.ends_with(".yaml") || path.ends_with(".yml") {
                let read = roadmap::yaml::parse::<serde_json::Value>(path, text(&tree, path));
                read.unwrap_or_else(|e| panic!("{at}: {e}"));
            }
        }
    }
}

#[test]
fn starter_toml_says_what_the_checker_needs() {
    for (project, language, framework) in STARTERS {
        let tree = generated(project, language, framework).tree;
        let facts: toml::Table = text(&tree, ".roadmap/starter.toml").parse().expect("TOML");
        assert_eq!(facts["schema"].as_integer(), Some(1));
        let starter = &facts["starter"];
        assert_eq!(starter["project"].as_str(), Some(*project));
        assert_eq!(starter["language"].as_str(), Some(*language));
        assert_eq!(starter["framework"].as_str(), Some(*framework));
        let commands = &facts["commands"];
        assert!(commands["run"].as_array().is_some_and(|words| !words.is_empty()));
        for several in ["install", "build", "test", "lint"] {
            let lines = commands[several].as_array().expect("a list");
            assert!(lines.iter().all(toml::Value::is_array), "{several}");
        }
        assert!(facts["database"]["url"].as_str().is_some_and(|url| url.contains("{path}")));
        assert!(facts["tools"].as_array().is_some_and(|tools| !tools.is_empty()));
    }
}

#[test]
fn no_text_of_a_starter_holds_an_unfilled_place() {
    for (project, language, framework) in STARTERS {
        let tree = generated(project, language, framework).tree;
        for (path, file) in &tree.files {
            let Ok(text) = std::str::from_utf8(&file.bytes) else { continue };
            assert!(text.is_empty() || text.ends_with('\n'), "{path} does not end with a newline");
            for word in ["TODO", "FIXME", "{{#", "{{>", "{{/"] {
                // A page's own template may use such signs; those are not rendered by us.
                let rendered = file.origin.ends_with(".hbs");
                assert!(!rendered || !text.contains(word), "{path} holds {word}");
            }
        }
    }
}
