//! Every starter, generated in memory: its paths with their layers, its manifests, its rules.

#![expect(clippy::panic, reason = "the way in which a test fails")]

mod library;
mod manifests;
mod milestones;
mod starters;

use roadmap::starter::{Generated, Library, ProjectName, StarterRequest, generate};

/// The starters that there must be. Adding a framework adds its lines here.
const STARTERS: &[(&str, &str, &str)] = &[
    ("blog", "rust", "axum"),
    ("chat", "rust", "axum"),
    ("shop", "rust", "axum"),
    ("tasks", "rust", "axum"),
    ("blog", "javascript", "express"),
    ("chat", "javascript", "express"),
    ("shop", "javascript", "express"),
    ("tasks", "javascript", "express"),
    ("blog", "python", "fastapi"),
    ("chat", "python", "fastapi"),
    ("shop", "python", "fastapi"),
    ("tasks", "python", "fastapi"),
    ("blog", "python", "django"),
    ("chat", "python", "django"),
    ("shop", "python", "django"),
    ("tasks", "python", "django"),
    ("blog", "go", "net-http"),
    ("chat", "go", "net-http"),
    ("shop", "go", "net-http"),
    ("tasks", "go", "net-http"),
    ("blog", "java", "spring-boot"),
    ("chat", "java", "spring-boot"),
    ("shop", "java", "spring-boot"),
    ("tasks", "java", "spring-boot"),
];

/// Makes a starter under a name that is unlike any other word in it.
fn generated(project: &str, language: &str, framework: &str) -> Generated {
    named("zebra-crossing", project, language, framework)
}

fn named(name: &str, project: &str, language: &str, framework: &str) -> Generated {
    let request = StarterRequest {
        project: project.to_owned(),
        project_title: format!("Title of {project}"),
        language: language.to_owned(),
        language_title: format!("Title of {language}"),
        framework: framework.to_owned(),
        framework_title: format!("Title of {framework}"),
        name: ProjectName::new(name).expect("a good name"),
    };
    generate(&Library::Embedded, &request)
        .unwrap_or_else(|error| panic!("{project} in {framework}: {error}"))
}
