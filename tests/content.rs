//! The content that the roadmap must have: every name of the seed, and the stages.

use roadmap::contract::format::{Contract, parse};
use roadmap::curriculum::builtin;
use roadmap::curriculum::search::{search, search_resources};
use roadmap::starter::{Library, layers_of};
use std::fs;
use std::path::Path;

const STAGES: [&str; 14] = [
    "web",
    "language",
    "framework",
    "databases",
    "apis",
    "auth",
    "git",
    "deployment",
    "security",
    "caching",
    "advanced",
    "projects",
    "practice",
    "updated",
];

/// Everything that the seed sets in bold or lists.
const SEED: &[&str] = &[
    "How the Web Works",
    "HTTP",
    "HTTPS",
    "API",
    "REST",
    "client-server architecture",
    "Front-End",
    "HTML",
    "CSS",
    "JavaScript",
    "Node.js",
    "full-stack",
    "Python",
    "Java",
    "enterprise",
    "Ruby",
    "Ruby on Rails",
    "simplicity",
    "PHP",
    "Go",
    "Golang",
    "C#",
    ".NET",
    "Express",
    "NestJS",
    "Fastify",
    "Django",
    "Flask",
    "FastAPI",
    "Spring Boot",
    "Laravel",
    "Symfony",
    "ASP.NET Core",
    "Relational Databases",
    "SQL",
    "MySQL",
    "PostgreSQL",
    "SQLite",
    "NoSQL",
    "MongoDB",
    "Redis",
    "Cassandra",
    "ORM",
    "Object-Relational Mapping",
    "Sequelize",
    "SQLAlchemy",
    "Entity Framework",
    "RESTful",
    "GraphQL",
    "Postman",
    "Insomnia",
    "authentication",
    "authorization",
    "JWT",
    "JSON Web Token",
    "OAuth",
    "session",
    "roles",
    "permissions",
    "version control",
    "Git",
    "GitHub",
    "GitLab",
    "collaboration",
    "server",
    "web server",
    "Nginx",
    "Apache",
    "hosting",
    "AWS",
    "Heroku",
    "DigitalOcean",
    "Vercel",
    "container",
    "Docker",
    "CI/CD",
    "continuous integration",
    "deployment",
    "vulnerabilities",
    "SQL injection",
    "XSS",
    "CSRF",
    "SSL",
    "TLS",
    "hashing",
    "encryption",
    "caching",
    "Memcached",
    "microservices",
    "message broker",
    "RabbitMQ",
    "Kafka",
    "SQS",
    "WebSocket",
    "real-time",
    "serverless",
    "AWS Lambda",
    "Firebase",
    "Azure Functions",
    "blog",
    "e-commerce",
    "chat application",
    "task management",
    "open-source",
    "LeetCode",
    "HackerRank",
    "Codewars",
    "Stack Overflow",
    "Reddit",
    "Discord",
    "YouTube",
    "podcast",
    "best practices",
    "Designing Data-Intensive Applications",
    "Martin Kleppmann",
    "Clean Code",
    "Robert C. Martin",
    "FreeCodeCamp",
    "Udemy",
    "Coursera",
    "Pluralsight",
    "official doc",
];

/// Words of the field that somebody searches for after having met them elsewhere.
const TERMS: &[&str] = &[
    "connection pool",
    "eventual consistency",
    "time-series",
    "graph database",
    "column store",
    "vector search",
    "DynamoDB",
    "Protocol Buffers",
    "SOAP",
    "HATEOAS",
    "deprecation",
    "backward compatibility",
    "refresh token",
    "multi-factor",
    "API key",
    "HTTP Basic",
    "password reset",
    "session fixation",
    "IDOR",
    "SPF",
    "DKIM",
    "DMARC",
    "SSRF",
    "HSTS",
    "least privilege",
    "path traversal",
    "deserialisation",
    "mass assignment",
    "timing attack",
    "HMAC",
    "prompt injection",
    "firewall",
    "infrastructure as code",
    "Terraform",
    "IAM",
    "secrets store",
    "blue-green",
    "canary",
    "rollback",
    "feature flag",
    "graceful shutdown",
    "tracing",
    "SLO",
    "postmortem",
    "load test",
    "profiling",
    "percentile",
    "zero-downtime migration",
    "idempotency key",
    "dead-letter queue",
    "back-pressure",
    "load shedding",
    "outbox",
    "saga",
    "CQRS",
    "event sourcing",
    "cron",
    "backup",
    "restore",
    "RPO",
    "RTO",
    "time zone",
    "UTC",
    "Unicode",
    "cents",
    "GDPR",
    "personal data",
    "race condition",
    "event loop",
    "threads",
    "async",
    "IDE",
    "test double",
    "mock",
    "TDD",
    "contract test",
    "design patterns",
    "domain-driven design",
    "system design",
    "portfolio",
    "TypeORM",
    "Kotlin",
    "Hono",
    "Elixir",
    "QUERY",
    "UDP",
    "terminates TLS",
    "structured output",
];

#[test]
fn search_knows_every_term_of_the_field() {
    let roadmap = builtin();
    let missing = TERMS.iter().filter(|term| search(&roadmap, term).is_empty());
    assert_eq!(missing.collect::<Vec<_>>(), Vec::<&&str>::new());
}

fn contracts() -> Vec<Contract> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/projects");
    let projects = fs::read_dir(folder).expect("a folder");
    let files = projects.map(|project| project.expect("an entry").path().join("contract.yaml"));
    let texts = files.map(|file| fs::read_to_string(file).expect("a contract"));
    texts.map(|text| parse("contract.yaml", &text).expect("sound")).collect()
}

/// The milestones that `roadmap COMMAND` names in the text, as `roadmap check validate`.
fn milestones_after<'a>(text: &'a str, command: &str) -> Vec<&'a str> {
    let start = format!("`roadmap {command} ");
    let mut named = Vec::new();
    for (at, start_tag) in text.match_indices(&start) {
        let rest = &text[at + start_tag.len()..];
        let words = rest.split('`').next().unwrap_or_default();
        named.extend(words.split(' ').filter(|word| !word.starts_with('-')));
    }
    named
}

#[test]
fn a_milestone_that_a_practice_has_checked_or_hinted_at_can_be() {
    let roadmap = builtin();
    let contracts = contracts();
    for (_, topic) in roadmap.topics() {
        for command in ["check", "hint"] {
            for id in milestones_after(&topic.practice, command) {
                let known = contracts.iter().flat_map(|contract| &contract.milestones);
                let mut known = known.filter(|milestone| milestone.id == id);
                assert!(
                    known.any(|milestone| !milestone.checks.is_empty()),
                    "{}: `roadmap {command} {id}` has no checks",
                    topic.id
                );
            }
        }
    }
}

#[test]
fn search_knows_every_name_of_the_seed() {
    let roadmap = builtin();
    let missing = SEED.iter().filter(|name| {
        search(&roadmap, name).is_empty() && search_resources(&roadmap, name).is_empty()
    });
    assert_eq!(missing.collect::<Vec<_>>(), Vec::<&&str>::new());
}

#[test]
fn every_name_of_the_seed_is_in_the_json() {
    let all = serde_json::to_string(&builtin()).expect("JSON").to_lowercase();
    let missing = SEED.iter().filter(|name| !all.contains(&name.to_lowercase()));
    assert_eq!(missing.collect::<Vec<_>>(), Vec::<&&str>::new());
}

#[test]
fn the_stages_are_the_fourteen_of_the_seed_in_its_order() {
    let roadmap = builtin();
    assert_eq!(roadmap.stages.iter().map(|stage| stage.id.as_str()).collect::<Vec<_>>(), STAGES);
    assert!(roadmap.stages.iter().all(|stage| !stage.topics.is_empty()));
}

#[test]
fn needs_come_earlier_except_git_which_is_needed_before_the_first_project() {
    let roadmap = builtin();
    let place = |id: &str| roadmap.topics().position(|(_, topic)| topic.id == id);
    let mut later = Vec::new();
    for (_, topic) in roadmap.topics() {
        for need in topic.needs.iter().filter(|need| place(need) > place(&topic.id)) {
            later.push(format!("{} needs {need}", topic.id));
        }
    }
    assert_eq!(later, ["packages needs git-basics"]);
}

#[test]
fn every_framework_of_the_roadmap_agrees_with_its_templates() {
    let roadmap = builtin();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/frameworks");
    for framework in fs::read_dir(folder).expect("a folder") {
        let id = framework.expect("an entry").file_name().into_string().expect("a text");
        let known = roadmap.frameworks.iter().find(|framework| framework.id == id);
        let known = known.unwrap_or_else(|| panic!("the roadmap does not know {id}"));
        let facts = format!("templates/frameworks/{id}/layer.yaml");
        let facts = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(facts));
        let line = format!("language: {}", known.language);
        assert!(facts.expect("facts").lines().any(|fact| fact == line), "{id} has no `{line}`");
    }
}

#[test]
fn every_starter_is_of_a_project_and_a_language_that_the_roadmap_knows() {
    let roadmap = builtin();
    let starters = Library::Embedded.starters(|_| None).expect("starters");
    assert!(!starters.is_empty());
    for starter in starters {
        let layers = layers_of(&starter.project, &starter.language, &starter.framework);
        assert!(roadmap.projects.iter().any(|known| known.id == starter.project), "{layers:?}");
        assert!(roadmap.languages.iter().any(|known| known.id == starter.language), "{layers:?}");
    }
}
