//! People with their answers, and what an adviser would say to them.

#[path = "people/advised.rs"]
mod advised;

use advised::ADVISED;
use roadmap::catalog::Starter;
use roadmap::curriculum::builtin;
use roadmap::curriculum::model::Roadmap;
use roadmap::quiz::{Answers, recommend};
use roadmap::starter::Library;

const QUESTIONS: [&str; 9] =
    ["goal", "build", "know", "compiled", "matters", "types", "size", "place", "hours"];

const GOALS: [&str; 6] = ["job", "product", "systems", "data", "understand", "unsure"];
const BUILDS: [&str; 5] = ["api", "content", "shop", "live", "unsure"];

/// Who, their answers in the order of the questions (`-` where none is marked), and the first
/// three.
const PEOPLE: &[(&str, &str, &str)] = &[
    (
        "a front-end developer who wants a job soon",
        "job api javascript none jobs,easy any any startup twenty",
        "express nestjs fastapi",
    ),
    (
        "a front-end developer at home in TypeScript",
        "job api javascript,typescript none jobs,safety static medium startup ten",
        "nestjs express fastify",
    ),
    (
        "a student in a country of enterprises",
        "job shop none java jobs static large enterprise full",
        "spring-boot aspnet-core nestjs",
    ),
    (
        "a C# developer of desktop programs",
        "job api none csharp jobs static large enterprise ten",
        "aspnet-core spring-boot nestjs",
    ),
    (
        "a C programmer after speed",
        "systems live none c speed,safety static small cloud ten",
        "net-http axum gin",
    ),
    (
        "an administrator who writes Go tools",
        "systems api none go speed static small cloud five",
        "net-http gin axum",
    ),
    (
        "a designer with a shop idea",
        "product shop none new easy any large alone five",
        "django rails laravel",
    ),
    (
        "a complete beginner with short evenings",
        "understand content none new easy any any any three",
        "flask express django",
    ),
    (
        "a data scientist with a model to serve",
        "data api python none easy,safety optional medium startup five",
        "fastapi django flask",
    ),
    (
        "an analyst who wants dashboards with an admin site",
        "product shop python none help any large alone five",
        "django fastapi flask",
    ),
    (
        "a PHP freelancer with clients",
        "job content php none easy dynamic large agency ten",
        "laravel symfony django",
    ),
    (
        "a PHP developer in a ministry",
        "job shop php none lasting optional large enterprise twenty",
        "symfony laravel spring-boot",
    ),
    (
        "a founder who knows Ruby",
        "product content ruby none easy dynamic large startup full",
        "rails django laravel",
    ),
    (
        "a Java developer who builds services",
        "systems api none java jobs,speed static large enterprise ten",
        "spring-boot aspnet-core nestjs",
    ),
    (
        "a game developer from C++ who wants live servers",
        "systems live none c speed static medium cloud ten",
        "gin net-http actix-web",
    ),
    (
        "a Rust hobbyist",
        "systems api none rust safety static small alone five",
        "axum actix-web net-http",
    ),
    (
        "a curious Python scripter",
        "understand content python none easy dynamic small any five",
        "flask django fastapi",
    ),
    (
        "a JavaScript hobbyist with a chat idea",
        "product live javascript none easy dynamic small alone five",
        "express fastify nestjs",
    ),
    (
        "a career changer without any language",
        "job content none new jobs,easy any large any ten",
        "django fastapi laravel",
    ),
    (
        "a team lead who wants code to last",
        "understand api none go lasting static small cloud ten",
        "net-http gin axum",
    ),
];

fn starters() -> Vec<Starter> {
    Library::Embedded.starters(|_| None).expect("starters")
}

/// The frameworks for `choices`, best first.
fn ranked(roadmap: &Roadmap, starters: &[Starter], choices: &str) -> Vec<String> {
    let choices = choices.split(' ').map(|choice| choice.trim_matches('-'));
    let texts: Vec<String> = QUESTIONS
        .iter()
        .zip(choices)
        .map(|(question, choice)| format!("{question}={choice}"))
        .collect();
    let answers = Answers::read(roadmap, &texts).expect("answers of the real quiz");
    let paths = recommend(roadmap, starters, &answers).paths;
    paths.into_iter().map(|path| path.framework).collect()
}

#[test]
fn an_adviser_would_agree_on_the_first_three() {
    let (roadmap, starters) = (builtin(), starters());
    assert_eq!(PEOPLE.len(), 20);
    let mut wrong = Vec::new();
    for (who, choices, expected) in PEOPLE {
        let ranking = ranked(&roadmap, &starters, choices)[..3].join(" ");
        if ranking != *expected {
            wrong.push(format!("{who}: {ranking}, not {expected}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn an_adviser_would_agree_on_the_first() {
    let (roadmap, starters) = (builtin(), starters());
    assert_eq!(ADVISED.len(), 40);
    let mut wrong = Vec::new();
    for (who, choices, best, well) in ADVISED {
        let ranking = ranked(&roadmap, &starters, choices).swap_remove(0);
        if !best.split(' ').chain(well.split(' ')).any(|accepted| accepted == ranking) {
            wrong.push(format!("{who}: {ranking}, not {best} or {well}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn who_is_new_and_does_not_know_gets_a_framework_with_starters() {
    let (roadmap, starters) = (builtin(), starters());
    for goal in GOALS {
        for matters in ["-", "help", "jobs", "easy"] {
            for hours in ["three", "five", "ten", "twenty", "full"] {
                let choices = format!("{goal} unsure none new {matters} any any any {hours}");
                let first = ranked(&roadmap, &starters, &choices).swap_remove(0);
                assert!(
                    starters.iter().any(|starter| starter.framework == first),
                    "{choices}: {first}"
                );
            }
        }
    }
}

#[test]
fn nobody_new_is_sent_to_rust() {
    let (roadmap, starters) = (builtin(), starters());
    for goal in GOALS {
        for build in BUILDS {
            for matters in ["-", "jobs", "easy", "speed", "safety", "speed,safety", "lasting"] {
                for (size, hours) in [("small", "three"), ("any", "full")] {
                    let choices =
                        format!("{goal} {build} none new {matters} static {size} cloud {hours}");
                    let first = ranked(&roadmap, &starters, &choices).swap_remove(0);
                    assert!(!["axum", "actix-web"].contains(&first.as_str()), "{choices}: {first}");
                }
            }
        }
    }
}
