//! The quiz of the real roadmap: everybody can come out first, and every question counts.

use roadmap::catalog::Starter;
use roadmap::curriculum::builtin;
use roadmap::curriculum::model::Roadmap;
use roadmap::quiz::{Answers, hours_a_week, recommend};
use roadmap::starter::Library;

/// The questions, in the order of the columns below.
const QUESTIONS: [&str; 9] =
    ["goal", "build", "know", "compiled", "matters", "types", "size", "place", "hours"];

/// Somebody for whom the framework is the first choice.
const FIRST: &[(&str, [&str; 9])] = &[
    (
        "express",
        ["job", "api", "javascript", "none", "jobs,easy", "dynamic", "small", "startup", "ten"],
    ),
    (
        "nestjs",
        [
            "job",
            "api",
            "javascript,typescript",
            "none",
            "jobs,safety",
            "static",
            "medium",
            "startup",
            "ten",
        ],
    ),
    ("fastify", ["job", "api", "javascript", "none", "speed", "optional", "medium", "any", "ten"]),
    ("django", ["product", "shop", "none", "new", "easy", "any", "large", "alone", "five"]),
    ("flask", ["understand", "content", "none", "new", "easy", "dynamic", "small", "any", "five"]),
    ("fastapi", ["data", "api", "python", "none", "easy", "optional", "medium", "startup", "five"]),
    ("rails", ["product", "content", "ruby", "none", "easy", "dynamic", "large", "startup", "ten"]),
    (
        "spring-boot",
        ["job", "api", "none", "java", "jobs", "static", "large", "enterprise", "twenty"],
    ),
    ("laravel", ["job", "content", "php", "none", "easy", "any", "large", "agency", "ten"]),
    (
        "symfony",
        ["job", "shop", "php", "none", "lasting", "optional", "large", "enterprise", "twenty"],
    ),
    (
        "aspnet-core",
        ["job", "api", "none", "csharp", "jobs", "static", "large", "enterprise", "twenty"],
    ),
    (
        "net-http",
        ["understand", "live", "", "c", "speed,lasting", "static", "small", "cloud", "five"],
    ),
    ("gin", ["systems", "api", "none", "go", "easy", "static", "medium", "startup", "ten"]),
    ("axum", ["systems", "api", "none", "c", "speed,safety", "static", "small", "any", "ten"]),
    (
        "actix-web",
        ["systems", "live", "none", "rust", "speed,lasting", "static", "medium", "cloud", "ten"],
    ),
];

fn answers(roadmap: &Roadmap, choices: &[&str; 9]) -> Answers {
    let texts =
        QUESTIONS.iter().zip(choices).map(|(question, choice)| format!("{question}={choice}"));
    Answers::read(roadmap, &texts.collect::<Vec<_>>()).expect("answers of the real quiz")
}

fn starters() -> Vec<Starter> {
    Library::Embedded.starters(|_| None).expect("starters")
}

fn first(roadmap: &Roadmap, answers: &Answers) -> String {
    recommend(roadmap, &starters(), answers).paths[0].framework.clone()
}

#[test]
fn every_framework_is_the_first_choice_for_somebody() {
    let roadmap = builtin();
    for (framework, choices) in FIRST {
        let ranked = recommend(&roadmap, &starters(), &answers(&roadmap, choices)).paths;
        let firsts: Vec<_> = ranked
            .iter()
            .take(3)
            .map(|path| format!("{} {}", path.framework, path.score))
            .collect();
        assert_eq!(&ranked[0].framework, framework, "{}", firsts.join(", "));
    }
}

#[test]
fn the_table_has_every_framework_and_question() {
    let roadmap = builtin();
    let frameworks: Vec<_> =
        roadmap.frameworks.iter().map(|framework| framework.id.as_str()).collect();
    assert_eq!(frameworks, FIRST.iter().map(|(framework, _)| *framework).collect::<Vec<_>>());
    let questions: Vec<_> = roadmap.quiz.iter().map(|question| question.id.as_str()).collect();
    assert_eq!(questions, QUESTIONS);
}

#[test]
fn every_question_changes_the_first_choice_for_somebody() {
    let roadmap = builtin();
    // The hours change the weeks, not the path.
    for question in
        roadmap.quiz.iter().filter(|question| question.choices.iter().all(|c| c.hours.is_none()))
    {
        let changes = FIRST.iter().any(|(framework, choices)| {
            (0..question.choices.len()).any(|choice| {
                let mut answers = answers(&roadmap, choices);
                answers.set(question, &[choice]);
                first(&roadmap, &answers) != *framework
            })
        });
        assert!(changes, "{} changes nothing", question.id);
    }
}

#[test]
fn every_project_is_first_for_somebody_and_every_choice_of_hours_counts() {
    let roadmap = builtin();
    let mut projects = Vec::new();
    for question in &roadmap.quiz {
        for choice in 0..question.choices.len() {
            let mut answers = answers(&roadmap, &FIRST[0].1);
            answers.set(question, &[choice]);
            let firsts = recommend(&roadmap, &starters(), &answers);
            projects.extend(firsts.project);
            if let Some(hours) = question.choices[choice].hours {
                assert_eq!(hours_a_week(&roadmap, &answers), Some(hours));
            }
        }
    }
    for project in &roadmap.projects {
        assert!(projects.contains(&project.id), "{} is never first", project.id);
    }
}

#[test]
fn the_score_is_the_sum_of_the_reasons_and_nobody_is_left_out() {
    let roadmap = builtin();
    for (_, choices) in FIRST {
        let paths = recommend(&roadmap, &starters(), &answers(&roadmap, choices)).paths;
        assert_eq!(paths.len(), roadmap.frameworks.len());
        assert!(paths.is_sorted_by(|path, next| path.score >= next.score));
        for path in paths {
            let sum: i32 = path.reasons.iter().map(|reason| i32::from(reason.points)).sum();
            assert_eq!(path.score, sum, "{}", path.framework);
            assert!(path.reasons.iter().all(|reason| reason.points != 0));
        }
    }
}
