//! The page about the contract format tells of every key and matcher, and its examples are sound.

use roadmap::contract::format::parse;
use std::fs;
use std::path::Path;

fn read(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).expect("UTF-8")
}

/// The examples in YAML of a document.
fn examples(text: &str) -> Vec<String> {
    let blocks = text.split("\n```yaml\n").skip(1);
    blocks.filter_map(|rest| rest.split_once("\n```")).map(|(block, _)| block.to_owned()).collect()
}

/// Steps as a whole contract, in which the values that the examples take for granted are set.
fn contract_of(steps: &str) -> String {
    let steps: String = steps.lines().map(|line| format!("          {line}\n")).collect();
    format!(
        "schema: 1
project: notes
version: 1
milestones:
  - id: write
    title: Notes are written
    stage: apis
    given: true
    about: Notes are written.
    checks:
      - id: example
        title: An example is sound
        steps:
          - wait: 1ms
            set: {{ id: 1 }}
{steps}"
    )
}

#[test]
fn each_example_of_the_documents_is_a_sound_contract() {
    let mut contracts = 0;
    for document in ["docs/contract.md", "docs/teachers.md"] {
        for example in examples(&read(document)) {
            let text = match &example {
                steps if steps.starts_with("- ") => contract_of(steps),
                whole if whole.starts_with("schema: 1\nproject:") => whole.clone(),
                _ => continue,
            };
            let findings = parse(document, &text).err().unwrap_or_default();
            let findings: Vec<String> = findings
                .iter()
                .map(|finding| format!("{}: {}", finding.line, finding.message))
                .collect();
            assert!(findings.is_empty(), "{document}: {findings:#?}\n{text}");
            contracts += 1;
        }
    }
    assert!(contracts > 11, "the examples are found: {contracts}");
}

/// The keys that a file of the model takes: the fields of its types that refuse any other.
fn keys(source: &str) -> Vec<String> {
    let mut keys = Vec::new();
    for part in source.split("deny_unknown_fields").skip(1) {
        let body = part.split("\n}").next().unwrap_or_default();
        let is_camel = body.starts_with(", rename_all = \"camelCase\"");
        let mut renamed = None;
        for line in body.lines().map(str::trim) {
            if let Some((_, name)) = line.split_once("rename = \"") {
                renamed = name.split('"').next().map(str::to_owned);
            } else if let Some(name) =
                line.strip_prefix("pub ").and_then(|it| it.split(": ").next())
                && !name.contains(' ')
            {
                keys.push(renamed.take().unwrap_or_else(|| match is_camel {
                    true => camel(name),
                    false => name.to_owned(),
                }));
            }
        }
    }
    keys
}

fn camel(name: &str) -> String {
    let mut words = name.split('_');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |name, word| name + &word[..1].to_uppercase() + &word[1..])
}

#[test]
fn every_key_and_matcher_stands_on_the_page() {
    let page = read("docs/contract.md");
    // What stands as code, and in examples: a key is a word of its own there.
    let words: Vec<&str> =
        page.split(|c: char| !c.is_alphanumeric() && !"_$".contains(c)).collect();
    let mut all = Vec::new();
    for file in ["contract", "expect", "parts", "raw"] {
        all.extend(keys(&read(&format!("src/contract/format/model/{file}.rs"))));
    }
    assert!(all.len() > 70, "the keys are found: {}", all.len());
    let matchers = read("src/contract/value/matcher.rs");
    let (_, names) = matchers.split_once("pub const NAMES").expect("the names of the matchers");
    let names = names.split("];").next().unwrap_or_default();
    let matchers: Vec<String> =
        names.split('"').filter(|name| name.starts_with('$')).map(str::to_owned).collect();
    assert!(matchers.len() > 15, "the matchers are found: {}", matchers.len());
    all.extend(matchers);
    let lacking: Vec<&String> = all.iter().filter(|key| !words.contains(&key.as_str())).collect();
    assert!(lacking.is_empty(), "docs/contract.md does not tell of {lacking:?}");
}
