//! Servers that say nothing, in sound form: lists that are empty, values that are null, the same object whatever is asked.
//! Each check is red against all three, or the table says why it may stay green: `tests/contract/vacuous/tasks.txt`.

use crate::hurry::hurried;
use crate::matrix::{checks, contract, is_red, root, serve_with};
use crate::reference::learner;
use crate::reference::vacuous::KINDS;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;

/// Which checks may stay green, by the kind of server: `KIND | why | milestone/check ...`.
fn table(project: &str) -> BTreeMap<String, BTreeSet<String>> {
    let file = root().join(format!("tests/contract/vacuous/{project}.txt"));
    let text = fs::read_to_string(file).expect("a table");
    let mut all: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for line in text.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        let parts: Vec<&str> = line.split(" | ").collect();
        let [kind, why, ids] = parts.as_slice() else { panic!("{project}: {line}") };
        assert!(why.len() > 10, "{project}: a reason belongs here: {line}");
        all.entry((*kind).to_owned()).or_default().extend(ids.split(' ').map(str::to_owned));
    }
    all
}

/// The table names kinds and checks that there are.
pub fn every_name_is_a_check(project: &str) {
    let contract = contract(project);
    let known: BTreeSet<String> = checks(&contract)
        .map(|(milestone, check)| format!("{}/{}", milestone.id, check.id))
        .collect();
    for (kind, ids) in table(project) {
        assert!(KINDS.iter().any(|(name, _)| *name == kind), "{project}: no kind {kind}");
        let unknown: Vec<_> = ids.difference(&known).collect();
        assert!(unknown.is_empty(), "{project}, {kind}: no such checks: {unknown:?}");
    }
}

/// Every check against each of these servers: green are those alone that the table names.
pub fn stay_red(project: &str) {
    let contract = hurried(contract(project));
    let table = table(project);
    let mut wrong = Vec::new();
    for (kind, _) in KINDS {
        let with = learner::of(project).iter().flat_map(|name| ["--with", name]);
        let options: Vec<&str> = with.chain(["--vacuous", kind]).collect();
        let mut server = serve_with(project, &options);
        let green: BTreeSet<String> = checks(&contract)
            .filter(|(milestone, check)| !is_red(&contract, milestone, check, &mut server))
            .map(|(milestone, check)| format!("{}/{}", milestone.id, check.id))
            .collect();
        let named = table.get(kind).cloned().unwrap_or_default();
        for id in green.difference(&named) {
            wrong.push(format!("{kind} is green: {id}"));
        }
        for id in named.difference(&green) {
            wrong.push(format!("{kind} is red: {id}"));
        }
    }
    assert!(wrong.is_empty(), "{project}:\n{}", wrong.join("\n"));
}
