//! People with their answers, and what an adviser would say to them.

use roadmap::catalog::Starter;
use roadmap::curriculum::builtin;
use roadmap::curriculum::model::Roadmap;
use roadmap::quiz::{Answers, recommend};
use roadmap::starter::Library;

const QUESTIONS: [&str; 9] =
    ["goal", "build", "know", "compiled", "matters", "types", "size", "place", "hours"];

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
        "axum net-http gin",
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

/// Who, their answers, the frameworks that an adviser would name first, and those that would
/// do as well.
const ADVISED: &[(&str, &str, &str, &str)] = &[
    (
        "career changer, retail, new",
        "job unsure none new jobs,easy any any any ten",
        "django fastapi express",
        "",
    ),
    (
        "PHP/WooCommerce agency employee",
        "job shop php,javascript none jobs optional large agency five",
        "laravel",
        "symfony",
    ),
    (
        "data scientist, model behind API",
        "data api python none help optional medium any five",
        "fastapi",
        "",
    ),
    (
        "Unity game developer, multiplayer server",
        "systems live - csharp,c speed static any startup ten",
        "aspnet-core",
        "net-http gin axum actix-web",
    ),
    (
        "Java student, enterprise job",
        "job shop - java jobs static large enterprise ten",
        "spring-boot",
        "aspnet-core",
    ),
    (
        "indie hacker, knows front-end JS, earn quickly",
        "product shop javascript none easy,help dynamic large alone twenty",
        "laravel rails django",
        "express nestjs",
    ),
    (
        "Android/Kotlin developer, API for own app",
        "product api - java easy static medium startup five",
        "spring-boot",
        "gin fastapi nestjs",
    ),
    (
        "embedded C developer, cloud services",
        "systems api - c speed,safety static small cloud ten",
        "axum net-http",
        "gin actix-web",
    ),
    (
        "14-year-old, chat/game",
        "understand live none new easy any any alone three",
        "express flask fastapi",
        "",
    ),
    (
        "enterprise .NET developer",
        "job shop - csharp lasting,jobs static large enterprise five",
        "aspnet-core",
        "",
    ),
    (
        "sysadmin with some Python, to platform team",
        "systems api python none jobs,speed any small cloud five",
        "net-http gin",
        "fastapi",
    ),
    (
        "React/TypeScript developer, start-up job",
        "job api javascript,typescript none jobs,safety static medium startup ten",
        "nestjs",
        "fastify",
    ),
    (
        "Ruby hobbyist, product",
        "product content ruby none easy dynamic large startup ten",
        "rails",
        "",
    ),
    (
        "Go infra engineer",
        "systems api - go speed,lasting static small cloud ten",
        "net-http",
        "gin",
    ),
    (
        "a clerk, new, job in a public office",
        "job shop none new jobs,lasting any large enterprise ten",
        "spring-boot aspnet-core",
        "django symfony",
    ),
    (
        "WordPress blogger, new, own site, 3 hours",
        "product content none new easy any large alone three",
        "laravel django",
        "rails",
    ),
    (
        "freelancer with HTML/CSS, client sites",
        "product content none new easy,help any large agency ten",
        "laravel",
        "django",
    ),
    (
        "Rust hobbyist, live",
        "systems live - rust safety,speed static small any five",
        "axum",
        "actix-web",
    ),
    (
        "researcher in R, data behind API",
        "data api - none easy any any alone three",
        "fastapi",
        "flask",
    ),
    (
        "CS student, Python and C, understand",
        "understand unsure python c speed static small any ten",
        "net-http",
        "axum flask gin",
    ),
    (
        "C++ finance developer, low latency",
        "systems live - c speed static any enterprise twenty",
        "axum actix-web net-http",
        "spring-boot aspnet-core gin",
    ),
    (
        "JS tinkerer, chat, understand",
        "understand live javascript none easy dynamic small alone five",
        "express",
        "fastify",
    ),
    (
        "QA tester, Python and Java, enterprise",
        "job api python java jobs any any enterprise ten",
        "spring-boot",
        "fastapi django",
    ),
    (
        "ML founder, Python and TypeScript",
        "product api python,typescript none easy,help optional medium startup full",
        "fastapi",
        "nestjs fastify django",
    ),
    (
        "retired engineer (Fortran), small lasting site",
        "understand content - none lasting,easy static small alone ten",
        "net-http",
        "flask django",
    ),
    (
        "PHP developer in a large company",
        "job shop php none lasting optional large enterprise five",
        "symfony",
        "laravel",
    ),
    (
        "bootcamp full time, new, start-up job",
        "job api none new jobs,help any any startup full",
        "express fastapi django",
        "nestjs",
    ),
    (
        "iOS/Swift developer, API for own app",
        "product api - none easy,safety static medium alone five",
        "gin fastapi nestjs",
        "aspnet-core django laravel fastify",
    ),
    (
        "somebody new who does not know what to answer",
        "job unsure none new help any any any five",
        "django express fastapi",
        "",
    ),
    (
        "somebody new who wants a cloud job",
        "job api none new jobs static any cloud ten",
        "gin net-http",
        "fastapi aspnet-core spring-boot",
    ),
    (
        "shop owner, new, 3 hours",
        "product shop none new easy any large alone three",
        "django laravel",
        "rails",
    ),
    (
        "C developer whose language the third question does not offer",
        "systems api none c speed,safety static small cloud ten",
        "axum net-http",
        "gin actix-web",
    ),
    (
        "Java student whose language the third question does not offer",
        "job api none java jobs any any any five",
        "spring-boot",
        "",
    ),
    (
        "Java developer (5 y) who wants a fast start-up stack",
        "job api javascript java jobs static medium startup ten",
        "nestjs spring-boot",
        "gin",
    ),
    (
        "somebody new who wants the language for AI products, product of own",
        "data unsure none new easy,jobs any any startup ten",
        "fastapi",
        "django",
    ),
    (
        "Laravel freelancer wants live chat",
        "product live php none easy dynamic large agency five",
        "laravel",
        "",
    ),
    (
        "C# hobbyist alone, product",
        "product shop - csharp easy static large alone ten",
        "aspnet-core",
        "django rails laravel",
    ),
    (
        "Python developer, classic web job in a newspaper",
        "job content python none lasting dynamic large any ten",
        "django",
        "",
    ),
    (
        "somebody new who wants lots of junior jobs, likes strict checking",
        "job shop none new jobs,safety static large enterprise twenty",
        "spring-boot aspnet-core",
        "",
    ),
    (
        "JS developer, blog as product, alone",
        "product content javascript none lasting any any alone five",
        "django laravel express rails",
        "fastify",
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
        let found = ranked(&roadmap, &starters, choices)[..3].join(" ");
        if found != *expected {
            wrong.push(format!("{who}: {found}, not {expected}"));
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
        let found = ranked(&roadmap, &starters, choices).swap_remove(0);
        if !best.split(' ').chain(well.split(' ')).any(|one| one == found) {
            wrong.push(format!("{who}: {found}, not {best} or {well}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn who_is_new_and_does_not_know_gets_a_framework_with_starters() {
    let (roadmap, starters) = (builtin(), starters());
    for goal in ["job", "unsure"] {
        for hours in ["three", "five", "ten", "twenty", "full"] {
            let choices = format!("{goal} unsure none new - any any any {hours}");
            let first = ranked(&roadmap, &starters, &choices).swap_remove(0);
            assert!(starters.iter().any(|one| one.framework == first), "{choices}: {first}");
        }
    }
}

#[test]
fn nobody_new_is_sent_to_rust() {
    let (roadmap, starters) = (builtin(), starters());
    for goal in ["job", "product", "systems", "data", "understand", "unsure"] {
        for build in ["api", "content", "shop", "live", "unsure"] {
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
