//! A roadmap whose parts name what is not there: the place, the word, and what was meant.

use crate::content::mistakes::refused;

#[test]
fn a_need() {
    let old = "needs: [http]\n        resources:\n          - {title: A course";
    let new = "needs: [htpp]\n        resources:\n          - {title: A course";
    refused(old, new, "htpp", &["unknown topic `htpp`", "did you mean `http`?"]);
}

#[test]
fn a_tag_of_a_language_or_framework() {
    refused(
        "languages: [rust]",
        "languages: [rsut]",
        "rsut",
        &["unknown language `rsut`", "`rust`"],
    );
    refused(
        "frameworks: [rocket]",
        "frameworks: [rokcet]",
        "rokcet",
        &["unknown framework `rokcet`", "`rocket`"],
    );
}

#[test]
fn a_frameworks_language() {
    refused(
        "title: Rocket\n    language: rust",
        "title: Rocket\n    language: ruts",
        "ruts",
        &["unknown language `ruts`", "`rust`"],
    );
}

#[test]
fn a_languages_default_framework() {
    refused("default: axum", "default: axmu", "axmu", &["framework of rust `axmu`", "`axum`"]);
    // A framework that is there, but of another language.
    refused("default: axum", "default: flask", "flask", &["framework of rust `flask`"]);
}

#[test]
fn a_projects_stage() {
    refused(
        "stages: [basics, data]",
        "stages: [basics, dtaa]",
        "dtaa",
        &["unknown stage `dtaa`", "`data`"],
    );
}

#[test]
fn a_choices_project() {
    refused("project: chat", "project: chta", "chta", &["unknown project `chta`", "`chat`"]);
}

#[test]
fn a_rules_trait_language_or_framework() {
    refused("{trait: fast,", "{trait: fsat,", "fsat", &["unknown trait `fsat`", "`fast`"]);
    refused(
        "{language: python,",
        "{language: pyhton,",
        "pyhton",
        &["unknown language `pyhton`", "`python`"],
    );
    refused(
        "{framework: axum,",
        "{framework: axmu,",
        "axmu",
        &["unknown framework `axmu`", "`axum`"],
    );
}

#[test]
fn a_rule_for_nothing_or_for_two_things() {
    refused("{trait: easy, points", "{points", "{points", &["exactly one"]);
    refused("{trait: easy,", "{trait: easy, language: rust,", "{trait", &["exactly one"]);
}

#[test]
fn a_question_with_a_single_choice() {
    let old = "- {id: five, text: Five, hours: 5}\n      - {id: ten,";
    refused(old, "- {id: ten,", "- {id", &["at least two choices"]);
}

#[test]
fn a_topic_without_a_link() {
    refused(
        "        resources:\n          - {title: sqlx, url: \"https://example.org/sqlx\", kind: documentation, cost: free}",
        "        resources: []",
        "[]",
        &["at least one link"],
    );
}
