//! That contracts, READMEs and the roadmap name the same milestones, stages and topics.

use roadmap::contract::format::{Contract, EmbeddedContract, parse, references};
use roadmap::curriculum;
use std::fs;
use std::path::{Path, PathBuf};

const PROJECTS: &[&str] = &["blog", "chat", "shop", "tasks"];

fn folder(project: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/projects").join(project)
}

fn contract(project: &str) -> Contract {
    let text = fs::read_to_string(folder(project).join("contract.yaml")).expect("a contract");
    parse("contract.yaml", &text).unwrap_or_else(|mistakes| panic!("{project}: {}", mistakes[0]))
}

/// The milestones of a README's table, as id, stage and whether it is checked: `| `serve` | what it is | `web` |`; one
/// that is not checked yet has a star.
fn rows(text: &str) -> Vec<(&str, &str, bool)> {
    let cells = text.lines().map(|line| line.split('|').map(str::trim).collect::<Vec<_>>());
    cells
        .filter_map(|cells| {
            let code = |cell: &'_ str| cell.strip_prefix('`')?.strip_suffix('`').map(str::len);
            let (name, stage) = (*cells.get(1)?, *cells.get(3)?);
            let (name, checked) = match name.strip_suffix(" *") {
                Some(name) => (name, false),
                None => (name, true),
            };
            Some((name.get(1..=code(name)?)?, stage.get(1..=code(stage)?)?, checked))
        })
        .collect()
}

#[test]
fn the_outlines_that_the_binary_carries_are_those_of_the_contracts() {
    for project in PROJECTS {
        let embedded = EmbeddedContract::for_project(project).expect("one for each project");
        assert_eq!(embedded.outline(), contract(project).outline(), "{project}");
    }
    assert!(EmbeddedContract::for_project("no-project").is_none());
}

#[test]
fn a_readme_lists_the_milestones_of_the_contract() {
    for project in PROJECTS {
        let text = fs::read_to_string(folder(project).join("slots/milestones.md")).expect("a slot");
        let (given, yours) = text.split_once("What is yours").expect("two tables");
        let contract = contract(project);
        for (listed, is_given) in [(given, true), (yours, false)] {
            let of_contract: Vec<(&str, &str, bool)> = contract
                .milestones
                .iter()
                .filter(|milestone| milestone.given == is_given)
                .map(|milestone| {
                    (milestone.id.as_str(), milestone.stage.as_str(), !milestone.checks.is_empty())
                })
                .collect();
            assert_eq!(rows(listed), of_contract, "{project}, given: {is_given}");
        }
    }
}

#[test]
fn contracts_name_stages_and_topics_of_the_roadmap() {
    let roadmap = curriculum::builtin();
    let stages: Vec<&str> = roadmap.stages.iter().map(|stage| stage.id.as_str()).collect();
    let topics: Vec<&str> = roadmap.topics().map(|(_, topic)| topic.id.as_str()).collect();
    for project in PROJECTS {
        let contract = contract(project);
        let unknown = references(&contract, &stages, &topics);
        let messages: Vec<String> = unknown
            .iter()
            .map(|finding| format!("{}: {}", finding.pointer, finding.message))
            .collect();
        assert!(messages.is_empty(), "{project}: {}", messages.join("\n"));
    }
}
