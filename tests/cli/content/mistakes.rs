//! Mistakes in a roadmap: each is reported with file, line and column.

use crate::harness::fixture::{Edited, edited};
use crate::harness::outcome::Outcome;
use crate::harness::sandbox::Sandbox;

/// What `roadmap show` says of a text.
#[track_caller]
pub fn message_of(text: &str) -> Outcome {
    let sandbox = Sandbox::new();
    sandbox.write("work/mine.yaml", text);
    sandbox.small("show").env("ROADMAP_FILE", "mine.yaml").go().refused()
}

/// Changes `old` to `new`, which must be refused at `at` in the new text, with these words.
#[track_caller]
pub fn refused(old: &str, new: &str, at: &str, words: &[&str]) {
    let Edited { text, line, column } = edited(old, new);
    let skipped = &new[..new.find(at).expect("the place is in the new text")];
    let breaks = skipped.matches('\n').count();
    let last = skipped.rsplit('\n').next().unwrap_or_default().chars().count();
    let (line, column) = (line + breaks, if breaks == 0 { column + last } else { last + 1 });
    message_of(&text).says(&[&format!("mine.yaml:{line}:{column}: ")]).says(words);
}

#[test]
fn broken_yaml() {
    // The place where it makes no sense any more: the colon of the next key.
    let old = "aliases: [hypertext]\n        resources:";
    let Edited { text, line, .. } = edited(old, "aliases: [hypertext\n        resources:");
    message_of(&text).says(&[&format!("mine.yaml:{}:18: ", line + 1)]);
    message_of("").says(&["mine.yaml:1:1: "]);
    message_of("schema: [").says(&["mine.yaml:1:"]);
    message_of("just a text").says(&["mine.yaml:1:1: "]);
}

#[test]
fn a_key_that_is_unknown_missing_or_there_twice() {
    refused("why: Disks die.", "wyh: Disks die.", "wyh", &["`wyh`"]);
    let Edited { text, line, .. } = edited("        why: Disks die.\n", "");
    let outcome = message_of(&text).says(&["missing field `why`"]);
    let at =
        (line - 5..line + 5).any(|near| outcome.stderr.contains(&format!("mine.yaml:{near}:")));
    assert!(at, "a place in the topic\n{outcome}");
    refused("why: Disks die.", "why: a\n        why: b", "why: b", &["why"]);
}

#[test]
fn a_value_of_the_wrong_type() {
    refused("hours: 10\n", "hours: ten\n", "ten", &[]);
    refused("hours: 10\n", "hours: -1\n", "-1", &[]);
    refused("level: optional", "level: vital", "vital", &["vital", "essential"]);
    refused("needs: [sql]\n        languages", "needs: sql\n        languages", "sql", &[]);
    refused("kind: course", "kind: film", "film", &["film"]);
    refused("multiple: true", "multiple: yes", "yes", &[]);
}

#[test]
fn a_later_form() {
    refused("schema: 1", "schema: 2", "2", &["schema"]);
}

#[test]
fn an_id_that_is_there_twice_or_is_none() {
    refused("- id: sqlx", "- id: http", "http", &["topic `http`", "twice"]);
    refused(
        "needs: [sql]\n        languages",
        "aliases: [http]\n        languages",
        "http",
        &["topic `http`"],
    );
    refused("- id: database-care", "- id: data", "data", &["stage `data`"]);
    refused("- id: python\n    title", "- id: rust\n    title", "rust", &["language `rust`"]);
    refused("aliases: [py]", "aliases: [rs]", "rs]", &["language `rs`"]);
    refused("- id: rocket\n", "- id: axum\n", "axum", &["framework `axum`"]);
    refused("{id: chat,", "{id: blog,", "blog", &["project `blog`"]);
    refused("- id: know", "- id: goal", "goal", &["question `goal`"]);
    refused("- {id: ten,", "- {id: five,", "five", &["choice `five`"]);
    refused("- id: sqlx", "- id: SQL x", "SQL x", &["`SQL x` is no id"]);
}

#[test]
fn a_circle_in_needs_names_every_topic_on_its_way() {
    let words = ["circle", "http -> html -> http"];
    refused("aliases: [hypertext]", "needs: [html]", "[html]", &words);
    refused(
        "needs: [http]\n        resources:\n          - {title: A course",
        "needs: [html]\n        resources:\n          - {title: A course",
        "[html]",
        &["html -> html"],
    );
}

#[test]
fn an_essential_topic_that_needs_an_optional_topic() {
    refused(
        "        why: Most data are in tables.\n        practice: Ask a table three questions.\n        needs: [http]",
        "        why: Most data are in tables.\n        practice: Ask a table three questions.\n        needs: [html]",
        "html",
        &["`sql`", "`html`", "essential"],
    );
}

#[test]
fn texts_that_are_empty_and_numbers_that_are_nothing() {
    refused("why: Disks die.", "why: \"\"", "\"\"", &["empty"]);
    refused("title: The basics", "title: \" \"", "\" \"", &["empty"]);
    refused("hours: 10\n", "hours: 0\n", "0", &["at least 1"]);
    refused("text: Ten, hours: 10", "text: Ten, hours: 0", "0", &["at least 1"]);
    refused("because: it makes pages by itself", "because: ''", "''", &["empty"]);
    refused("points: 2, because", "points: 0, because", "0", &["must not be 0"]);
}

#[test]
fn addresses_that_are_not_safe() {
    refused(
        "\"https://example.org/tables",
        "\"http://example.org/tables",
        "\"http:",
        &["https://"],
    );
    refused("\"https://example.org/copies", "\"javascript:alert(1)", "\"java", &["https://"]);
}

#[test]
fn all_mistakes_are_listed_in_the_order_of_their_lines() {
    let edited_once = edited("hours: 10\n", "hours: 0\n");
    let both = crate::harness::fixture::edit(
        &edited_once.text,
        "needs: [http]\n        resources:\n          - {title: A course",
        "needs: [htpp]\n        resources:\n          - {title: A course",
    );
    message_of(&both.text).matches("content_two_mistakes");
}

#[test]
fn a_roadmap_that_is_not_there_or_too_large() {
    let sandbox = Sandbox::new();
    sandbox.small("show --roadmap nowhere.yaml").go().refused().matches("content_no_file");
    sandbox.small("show --roadmap .").go().refused();
    sandbox.write("work/large.yaml", &"#".repeat((8 << 20) + 1));
    sandbox.small("show --roadmap large.yaml").go().refused().says(&["8 MiB"]);
    std::fs::write(sandbox.path("work/bytes.yaml"), b"\xff\xfe").expect("written");
    sandbox.small("show --roadmap bytes.yaml").go().refused();
}

#[test]
fn build_rs_checks_our_own_content_with_the_same_code() {
    let build = include_str!("../../../build.rs");
    for used in [
        "#[path = \"src/curriculum\"]",
        "pub mod validate;",
        "#[path = \"src/yaml.rs\"]",
        "yaml::parse(CONTENT, &text)",
        "curriculum::validate::findings(&roadmap)",
        "yaml::locate(CONTENT, &text, findings)",
        "cargo:error={mistake}",
    ] {
        assert!(build.contains(used), "build.rs has no `{used}`");
    }
}
