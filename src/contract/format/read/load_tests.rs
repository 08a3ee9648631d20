//! Every kind of mistake in a contract, with its place and its message.

use super::parse;
use crate::yaml::Mistake;

const SOUND: &str = include_str!("../../../../tests/fixtures/contract.yaml");

#[test]
fn a_sound_contract_is_read() {
    let contract = parse("contract.yaml", SOUND).expect("sound");
    assert_eq!(contract.milestones.len(), 2);
}

/// A part of the sound contract, the text that replaces it, and the message about it.
const MISTAKES: &[(&str, &str, &str)] = &[
    ("schema: 1", "schema: 2", "this version of roadmap reads `schema: 1`"),
    ("project: notes", "project: My Notes", "`My Notes` is no id"),
    ("  - id: accounts", "  - id: write", "another milestone has the id `write`"),
    ("- id: talk", "- id: created", "another check has the id `created`"),
    ("title: A socket answers", "title: ''", "a text belongs here"),
    ("given: true", "given: no", ""),
    ("use: note", "use: nots", "unknown fragment `nots`; did you mean `note`?"),
    (
        "    - request: POST",
        "    - use: note\n    - request: POST",
        "fragments use each other in a circle: note -> note",
    ),
    ("- use: note", "- use: note\n            wait: 1s", "`wait` and `use` are two actions"),
    ("- use: note", "- why: Nothing.", "a step has one action"),
    (
        "as: ada\n          - send_raw",
        "within: 2s\n          - send_raw",
        "`connect` says whose socket",
    ),
    (
        "- use: note",
        "- use: note\n            json: {}",
        "`json` belongs to `request`, `stall`, not to `use`",
    ),
    ("GET /api/notes/${id}", "get /api/notes/1", "`get` is no method"),
    ("GET /api/notes/${id}", "GTE /api/notes/1", "unknown method `GTE`; did you mean `GET`?"),
    ("GET /api/notes/${id}", "GET api/notes", "`api/notes` is no path"),
    ("GET /api/notes/${id}", "GET /api/notes/${ids}", "unknown value `ids`; did you mean `id`?"),
    ("ff 00", "fg", "bytes are pairs of hexadecimal digits"),
    ("status: 200", "status: 2000", "`2000` is no status"),
    ("status: 200", "status: 6xx", "`6xx` is no status"),
    ("status: 200", "problem: true", "a problem has a status"),
    ("$contains: json", "$contain: json", "unknown matcher `$contain`; did you mean `$contains`?"),
    ("$contains: json", "$matches: '('", "this is no regular expression"),
    ("select: h1", "select: 'h1['", "`h1[` is no CSS selector"),
    ("text: /text", "text: text", "`text` is no JSON Pointer"),
    ("text: /text", "text: { header: etag, attribute: x }", "`attribute` belongs to `html`"),
    ("text: /text", "text: { header: etag, count: true }", "`labels` and `count` belong to"),
    ("text: /text", "text: { where: 5 }", "a value comes from one of"),
    ("text: /text", "text: { xml: feed }", "`feed` is no JSON Pointer"),
    (
        "[{ type: welcome }]",
        "[{ type: welcome }]\n            capture: { tag: { header: etag } }",
        "of messages a JSON Pointer into their list",
    ),
    (
        "times: 5",
        "times: 5\n            within: 5s",
        "a request that is repeated is not waited for",
    ),
    ("connect: /live", "events: live", "`live` is no path"),
    ("connect: /live", "events: /live\n            json: {}", "not to `events`"),
    ("[{ type: welcome }]", "[]", "at least one message belongs here"),
    (
        "connect: /live",
        "subscriber: [500, drop, 2s]\n            headers: {}\n            among: true",
        "`among` belongs to `receive`",
    ),
    ("connect: /live", "subscriber: [600]", "`600` is no answer of a subscriber"),
    ("connect: /live", "subscriber: [late]", "write a status, `drop`, or a time such as `2s`"),
    ("connect: /live", "subscriber: [20m]", "`20m` is no answer of a subscriber"),
    ("connect: /live", "subscriber: [601s]", "a subscriber answers after 600 seconds at most"),
    (
        "as: ada\n          - send_raw",
        "why: No name.\n          - subscriber: []\n          - send_raw",
        "`subscriber` says whose socket",
    ),
    (
        "as: ada\n          - send_raw",
        "why: No name.\n          - server: start\n          - send_raw",
        "`server` has one name",
    ),
    ("connect: /live", "redis: pause", "`redis` takes one of start, stop, not `pause`"),
    ("connect: /live", "redis: stop\n            at: second", "`at` belongs to `request`"),
    (
        "connect: /live",
        "connect: /live\n            at: second",
        "no earlier step starts the server `second`",
    ),
    ("{ by: kill }", "{ by: kill, during: { request: GET / } }", "`during` is of `by: term`"),
    (
        "{ by: kill }",
        "{ by: kill, amid: { request: GET / } }",
        "`amid` is a request that is repeated `at_once`",
    ),
    (
        "[Look up hashes., Use scrypt., Call scrypt.]",
        "[Look.]",
        "the learner's work has three hints",
    ),
    ("times: 5", "times: 500", "at most 200 iterations begin at once"),
    ("            times: 5\n", "", "`at_once` is of a step that is repeated"),
    ("\"200\": 5", "\"ok\": 5", "`ok` is no status"),
    (
        "json: { text:",
        "size: 5\n      json: { text:",
        "a JSON text of a size has at least 11 bytes",
    ),
    (
        "json: { text:",
        "hex: ff\n      json: { text:",
        "a request has one body, and `json` is it already",
    ),
    (
        "json: { text:",
        "multipart: []\n      json: { text:",
        "a request has one body, and `json` is it already",
    ),
    (
        "json: { text: \"Milk ${unique}\" }",
        "multipart: [{ name: file, hex: fg }]",
        "bytes are pairs of hexadecimal digits",
    ),
    (
        "json: { text: \"Milk ${unique}\" }",
        "multipart: [{ name: file, size: 5 }]",
        "a part has a content: `hex`, `text` or both",
    ),
    (
        "json: { text: \"Milk ${unique}\" }",
        "multipart: [{ name: file, text: a, size: 9000000 }]",
        "a part has 8 MiB at most",
    ),
    (
        "json: { text: \"Milk ${unique}\" }",
        "multipart: [{ name: file, file: \"${nam}\", text: a }]",
        "unknown value `nam`",
    ),
    ("json: { text: \"Milk ${unique}\" }", "multipart: [{ name: file, txt: a }]", "`txt`"),
    (
        "steps:\n          - connect",
        "steps: []\n      - id: more\n        title: More\n        steps:\n          - connect",
        "at least one step belongs here",
    ),
    ("expect:\n", "expcet:\n", ""),
    ("times: 5", "rows: 5", ""),
];

#[test]
fn every_mistake_has_its_line() {
    let mut wrong = Vec::new();
    for (old, new, message) in MISTAKES {
        let at = SOUND.find(old).unwrap_or_else(|| panic!("{old} is there"));
        let line = SOUND[..at].matches('\n').count() as u64 + 1;
        let text = SOUND.replacen(old, new, 1);
        let mistakes = parse("contract.yaml", &text).err().unwrap_or_default();
        let near = |mistake: &Mistake| {
            mistake.line.abs_diff(line) <= 4 && mistake.message.contains(message)
        };
        if !mistakes.iter().any(near) {
            let printed: Vec<String> = mistakes.iter().map(ToString::to_string).collect();
            wrong.push(format!("{new} (line {line}): {message}\n  {}", printed.join("\n  ")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Steps with a part that a run would ignore, the place of that part, and the message about it.
const IGNORED: &[(&str, &str, &str)] = &[
    ("request: POST /\njson: {a: 1}\nbroken: {a: [2]}\nrows: [1]", "rows", "without `rows`"),
    ("request: POST /\njson: {a: 1}\nbroken: {a: [2]}\ntimes: 5", "times", "without `times`"),
    ("request: POST /\njson: {a: 1}\nbroken: {a: [2]}\ncapture: {b: /b}", "capture", "without"),
    ("request: POST /\njson: {a: 1}\nbroken: {a: [2]}\ntimes: 2\ncounts: {'422': 2}", "counts", ""),
    ("request: POST /\njson: {a: 1}\nbroken: {a: [2]}\ntimes: 2\nsame: [/b]", "same", "without"),
    ("request: POST /\njson: {a: 1}\nbroken: {a: [2]}\nexpect: {status: 400}", "status", "422"),
    ("request: POST /\njson: [1]\nbroken: {a: [2]}", "broken", "as an object"),
    ("request: GET /\ntimes: 2\ncounts: {'200': 2}\nexpect: {status: 201}", "status", "`counts`"),
    ("request: GET /\ntimes: 2\ncounts: {'200': 2}\nexpect: {or: {}}", "or", "`counts`"),
    ("request: GET /\ntimes: 2\nat_once: true\nmemory: 5", "memory", "one request after the other"),
    ("request: GET /\nas: [ada, ben]", "as", "one client"),
    ("connect: /w\nas: ada\ncapture: {s: /s}", "capture", "no response"),
    (
        "connect: /w\nas: [ada, ben]\nexpect: {status: 403}\ncapture: {s: /s}",
        "capture",
        "one socket",
    ),
    ("restart: {by: term, during: {request: GET /, set: {a: 1}}}", "set", "`during`"),
    ("restart: {by: term, during: {request: GET /, memory: 1}}", "memory", "`during`"),
    ("restart: {by: term, during: {request: GET /, times: 2}}", "during", "one request"),
    (
        "restart: {by: kill, amid: {request: GET /, times: 2, at_once: true, same: [/a]}}",
        "same",
        "`amid`",
    ),
    (
        "restart: {by: kill, amid: {request: GET /, times: 2, at_once: true, counts: {'200': 2}}}",
        "counts",
        "`amid`",
    ),
    (
        "crowd: {connect: /, clients: 2, messages: 2, send: {}, news: {}, by: '${a}'}",
        "by",
        "variable",
    ),
    ("request: GET /\ncapture: {a: {first: /b, take: '${a}'}}", "take", "variable"),
    ("request: GET /\ntimes: 5000000", "times", "at most 10000 times"),
    ("request: GET /\ntimes: 201\nat_once: true", "times", "at most 200"),
    (
        "crowd: {connect: /, clients: 100000, messages: 1, send: {}, news: {}, by: /a}",
        "clients",
        "at most 500 clients",
    ),
    (
        "crowd: {connect: /, clients: 400, messages: 100, send: {}, news: {}, by: /a}",
        "messages",
        "at most 20000 messages",
    ),
    ("wait: 3600s", "wait", "at most 600 seconds"),
    ("log: x\nwithin: 3600s", "within", "at most 600 seconds"),
];

#[test]
fn what_a_run_would_not_look_at_is_refused_at_its_place() {
    let mut wrong = Vec::new();
    for (step, place, message) in IGNORED {
        let lines = step.replace('\n', "\n            ");
        let new = format!("- {lines}\n          - use: note");
        let text = SOUND.replacen("- use: note", &new, 1);
        let mistakes = parse("contract.yaml", &text).err().unwrap_or_default();
        let is_reported = |mistake: &Mistake| {
            let line = text.lines().nth(mistake.line as usize - 1).unwrap_or_default();
            line.contains(place) && mistake.message.contains(message)
        };
        if !mistakes.iter().any(is_reported) {
            let printed: Vec<String> = mistakes.iter().map(ToString::to_string).collect();
            wrong.push(format!("{step}\n  {}", printed.join("\n  ")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A contract whose check uses the first of `count` fragments; each uses the next, `times` over.
fn chain(count: usize, times: usize) -> String {
    let mut text = "schema: 1\nproject: p\nversion: 1\nfragments:\n".to_owned();
    for number in 1..count {
        let uses = vec![format!("{{use: f{}}}", number + 1); times];
        text.push_str(&format!("  f{number}: [{}]\n", uses.join(", ")));
    }
    text.push_str(&format!("  f{count}: [{{wait: 1s}}]\nmilestones:\n"));
    text.push_str("  - {id: m, title: M, stage: web, about: A, given: true, checks: [");
    text.push_str("{id: c, title: C, steps: [{use: f1}]}]}\n");
    text
}

#[test]
fn fragments_multiply_and_nest_within_limits() {
    let message = |text: &str| match parse("chain.yaml", text) {
        Ok(_) => String::new(),
        Err(mistakes) => mistakes.iter().map(|mistake| mistake.message.as_str()).collect(),
    };
    assert_eq!(message(&chain(20, 1)), "");
    assert_eq!(message(&chain(10, 2)), "");
    let many = "a check has at most 2000 steps; with those of its fragments it has 1572863";
    assert_eq!(message(&chain(20, 2)), many);
    for (count, times) in [(21, 1), (60, 2), (5_000, 2)] {
        let deep = "fragments are nested 20 deep at most, and this is deeper";
        assert_eq!(message(&chain(count, times)), deep, "{count}");
    }
}
