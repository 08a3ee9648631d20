//! Files that people write, and names.

use roadmap::contract::format;
use roadmap::curriculum;
use roadmap::curriculum::outline::RoadmapOutline;
use roadmap::starter::ProjectName;
use roadmap::yaml::Mistake;
use std::hint::black_box;
use std::path::{Component, Path};

/// A contract: read, or refused with places that are in the file.
pub fn contract(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    match format::parse("contract.yaml", text) {
        Err(mistakes) => are_in(text, &mistakes),
        Ok(contract) => {
            let outline = contract.outline();
            assert_eq!(outline.milestones.len(), contract.milestones.len());
            black_box(format::references(&contract, &["web"], &["http"]));
            let checks = contract.milestones.iter().flat_map(|milestone| &milestone.checks);
            for step in checks.flat_map(|check| &check.steps) {
                assert!(!step.action.label().is_empty(), "each step has a label");
            }
        }
    }
}

/// A roadmap: read, or refused with places that are in the file.
pub fn roadmap(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    match curriculum::parse("roadmap.yaml", text) {
        Err(mistakes) => are_in(text, &mistakes),
        Ok(roadmap) => {
            are_in(
                text,
                &roadmap::yaml::locate(
                    "roadmap.yaml",
                    text,
                    curriculum::warnings::warnings(&roadmap),
                ),
            );
            let topics: usize = roadmap.stages.iter().map(|stage| stage.topics.len()).sum();
            assert_eq!(RoadmapOutline::from_roadmap(&roadmap).topics().count(), topics);
            black_box(curriculum::search::search(&roadmap, "web"));
        }
    }
}

/// A name of a project: refused, or one part of a path.
pub fn name(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    match ProjectName::new(text) {
        Err(error) => assert!(!error.to_string().is_empty()),
        Ok(name) => {
            let name = name.as_str();
            let parts: Vec<_> = Path::new(name).components().collect();
            assert!(matches!(parts.as_slice(), [Component::Normal(part)] if *part == name));
            assert!(!name.contains(['\\', '/', ':']) && !name.chars().any(char::is_control));
            assert!(!name.starts_with('-') && !name.ends_with(['.', ' ']));
            assert!(name.chars().count() <= 64);
        }
    }
}

fn are_in(text: &str, mistakes: &[Mistake]) {
    let lines = text.split(['\n', '\r']).count() as u64;
    for mistake in mistakes {
        assert!((1..=lines).contains(&mistake.line), "{mistake} is outside of {lines} lines");
        assert!(mistake.column >= 1 && !mistake.message.is_empty(), "{mistake}");
    }
}
