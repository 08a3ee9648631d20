//! Twenty people, and the three paths that an adviser would name to them.

use roadmap::curriculum::builtin;
use roadmap::quiz::{Answers, recommend};

const QUESTIONS: [&str; 9] =
    ["goal", "build", "know", "compiled", "matters", "types", "size", "place", "hours"];

/// Who, their answers in the order of the questions, and the first three.
const PEOPLE: &[(&str, &str, &str)] = &[
    (
        "a front-end developer who wants a job soon",
        "job api javascript none jobs,easy any any startup twenty",
        "express nestjs fastapi",
    ),
    (
        "a front-end developer at home in TypeScript",
        "job api javascript,typescript none jobs,safety static medium startup ten",
        "nestjs fastify express",
    ),
    (
        "a student in a country of enterprises",
        "job shop none java jobs static large enterprise full",
        "spring-boot aspnet-core django",
    ),
    (
        "a C# developer of desktop programs",
        "job api none csharp jobs static large enterprise ten",
        "aspnet-core spring-boot nestjs",
    ),
    (
        "a C programmer after speed",
        "systems live none c speed,safety static small cloud ten",
        "axum net-http actix-web",
    ),
    (
        "an administrator who writes Go tools",
        "systems api none go speed static small cloud five",
        "net-http gin axum",
    ),
    (
        "a designer with a shop idea",
        "product shop none none easy any large alone five",
        "django rails laravel",
    ),
    (
        "a complete beginner with short evenings",
        "understand content none none easy any any any three",
        "flask fastapi django",
    ),
    (
        "a data scientist with a model to serve",
        "data api python none easy,safety optional medium startup five",
        "fastapi django flask",
    ),
    (
        "an analyst who wants dashboards with an admin site",
        "product shop python none help any large alone five",
        "django rails laravel",
    ),
    (
        "a PHP freelancer with clients",
        "job content php none easy dynamic large agency ten",
        "laravel symfony django",
    ),
    (
        "a PHP developer in a ministry",
        "job shop php none lasting optional large enterprise twenty",
        "symfony aspnet-core spring-boot",
    ),
    (
        "a founder who knows Ruby",
        "product content ruby none easy dynamic large startup full",
        "rails laravel django",
    ),
    (
        "a Java developer who builds services",
        "systems api none java jobs,speed static large enterprise ten",
        "spring-boot aspnet-core gin",
    ),
    (
        "a game developer from C++ who wants live servers",
        "systems live none c speed static medium cloud ten",
        "gin actix-web axum",
    ),
    (
        "a Rust hobbyist",
        "systems api none rust safety static small alone five",
        "axum actix-web gin",
    ),
    (
        "a curious Python scripter",
        "understand content python none easy dynamic small any five",
        "flask django express",
    ),
    (
        "a JavaScript hobbyist with a chat idea",
        "product live javascript none easy dynamic small alone five",
        "express rails django",
    ),
    (
        "a career changer without any language",
        "job content none none jobs,easy any large any ten",
        "django flask fastapi",
    ),
    (
        "a team lead who wants code to last",
        "understand api none go lasting static small cloud ten",
        "net-http axum gin",
    ),
];

#[test]
fn an_adviser_would_agree_on_the_first_three() {
    let roadmap = builtin();
    assert_eq!(PEOPLE.len(), 20);
    let mut wrong = Vec::new();
    for (who, choices, expected) in PEOPLE {
        let texts: Vec<String> = QUESTIONS
            .iter()
            .zip(choices.split(' '))
            .map(|(question, choice)| format!("{question}={choice}"))
            .collect();
        let answers = Answers::read(&roadmap, &texts).expect("answers of the real quiz");
        let paths = recommend(&roadmap, &answers).paths;
        let told: Vec<&str> = paths.iter().take(3).map(|path| path.framework.as_str()).collect();
        let told = told.join(" ");
        if told != *expected {
            wrong.push(format!("{who}: {told}, not {expected}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
