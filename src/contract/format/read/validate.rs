//! What a contract must be beyond its form: ids unique, fragments known, no circles, limited and sound steps.

use super::expansion::Fragments;
use super::step::StepReader;
use super::values::Scope;
use crate::contract::format::model::{Check, Contract, Milestone, RawStep, SCHEMA, Step};
use crate::suggest::nearest;
use crate::yaml::Finding;
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// The contract as it is run.
///
/// # Errors
/// Everything that is wrong with `contract`.
pub fn read(contract: &Contract<RawStep>) -> Result<Contract, Vec<Finding>> {
    let mut report = ContractReader { contract, fragments: None, findings: Vec::new() };
    if contract.schema != SCHEMA {
        report.add("/schema", format!("this version of roadmap reads `schema: {SCHEMA}`"));
    }
    report.id("/project", &contract.project);
    if contract.milestones.is_empty() {
        report.add("/milestones", "a contract has at least one milestone");
    }
    let fragments = report.read_fragments();
    let mut milestones = Vec::new();
    let mut ids = BTreeSet::new();
    for (place, milestone) in contract.milestones.iter().enumerate() {
        let at = format!("/milestones/{place}");
        if !ids.insert(&milestone.id) {
            report.add(
                format!("{at}/id"),
                format!("another milestone has the id `{}`", milestone.id),
            );
        }
        for (number, need) in milestone.needs.iter().enumerate() {
            // A milestone that needs itself is not earlier either.
            if !ids.contains(need) || *need == milestone.id {
                let earlier =
                    contract.milestones[..place].iter().map(|milestone| milestone.id.as_str());
                let message = unknown_name("earlier milestone", need, earlier);
                report.add(format!("{at}/needs/{number}"), message);
            }
        }
        milestones.push(report.milestone(&at, milestone));
    }
    if !report.findings.is_empty() {
        // A fragment's mistake is reported once, however often it is used.
        let mut seen = HashSet::new();
        report.findings.retain(|finding| seen.insert(finding.clone()));
        return Err(report.findings);
    }
    let Contract { schema, project, version, .. } = contract;
    let (schema, project, version) = (*schema, project.clone(), *version);
    let rules = contract.rules.clone();
    Ok(Contract { schema, project, version, rules, fragments, milestones })
}

/// What names a stage or topic that the roadmap does not know.
#[must_use]
pub fn references(contract: &Contract, stages: &[&str], topics: &[&str]) -> Vec<Finding> {
    let mut references = Vec::new();
    let mut look = |at: String, kind: &str, id: &str, known: &[&str]| {
        if !known.contains(&id) {
            references.push(Finding::new(at, unknown_name(kind, id, known.iter().copied())));
        }
    };
    for (place, milestone) in contract.milestones.iter().enumerate() {
        let at = format!("/milestones/{place}");
        look(format!("{at}/stage"), "stage", &milestone.stage, stages);
        for (number, topic) in milestone.topics.iter().enumerate() {
            look(format!("{at}/topics/{number}"), "topic", topic, topics);
        }
    }
    references
}

/// That a name is not known, and which one was meant.
pub(super) fn unknown_name<'a>(
    kind: &str,
    name: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> String {
    let near =
        nearest(name, known).map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
    format!("unknown {kind} `{name}`{near}")
}

struct ContractReader<'a> {
    contract: &'a Contract<RawStep>,
    /// None where they use each other in a circle, or too deep.
    fragments: Option<Fragments<'a>>,
    findings: Vec<Finding>,
}

impl<'a> ContractReader<'a> {
    fn add(&mut self, at: impl Into<String>, message: impl Into<String>) {
        self.findings.push(Finding::new(at, message));
    }

    fn id(&mut self, at: &str, id: &str) {
        let good = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if id.is_empty() || !id.chars().all(good) || id.starts_with('-') || id.ends_with('-') {
            self.add(
                at,
                format!("`{id}` is no id; an id has lower-case letters, digits and hyphens"),
            );
        }
    }

    fn text(&mut self, at: String, text: &str) {
        if text.trim().is_empty() {
            self.add(at, "a text belongs here");
        }
    }

    fn read_fragments(&mut self) -> BTreeMap<String, Vec<Step>> {
        let mut fragments = BTreeMap::new();
        for (name, steps) in &self.contract.fragments {
            let at = format!("/fragments/{name}");
            let read = StepReader::read(self.contract, steps, &at, &mut self.findings);
            fragments.insert(name.clone(), read);
        }
        match Fragments::measure(&self.contract.fragments) {
            Ok(measured) => self.fragments = Some(measured),
            Err(finding) => self.findings.push(finding),
        }
        fragments
    }

    fn milestone(&mut self, at: &str, milestone: &'a Milestone<RawStep>) -> Milestone {
        self.id(&format!("{at}/id"), &milestone.id);
        self.text(format!("{at}/title"), &milestone.title);
        self.text(format!("{at}/stage"), &milestone.stage);
        self.text(format!("{at}/about"), &milestone.about);
        for (number, topic) in milestone.topics.iter().enumerate() {
            self.text(format!("{at}/topics/{number}"), topic);
        }
        for (number, hint) in milestone.hints.iter().enumerate() {
            self.text(format!("{at}/hints/{number}"), hint);
        }
        let checked = !milestone.checks.is_empty();
        if milestone.given && !checked {
            self.add(
                format!("{at}/given"),
                "a given milestone has checks, else nothing says that it holds",
            );
        }
        if !milestone.given && checked {
            if milestone.hints.len() != 3 {
                let message =
                    "the learner's work has three hints: a nudge, the approach, the pieces to use";
                self.add(format!("{at}/hints"), message);
            }
            self.text(format!("{at}/rules"), &milestone.rules);
        }
        let mut ids = BTreeSet::new();
        let mut checks = Vec::new();
        for (number, check) in milestone.checks.iter().enumerate() {
            let at = format!("{at}/checks/{number}");
            if !ids.insert(&check.id) {
                self.add(format!("{at}/id"), format!("another check has the id `{}`", check.id));
            }
            checks.push(self.check(&at, check));
        }
        Milestone {
            id: milestone.id.clone(),
            title: milestone.title.clone(),
            stage: milestone.stage.clone(),
            topics: milestone.topics.clone(),
            given: milestone.given,
            about: milestone.about.clone(),
            size: milestone.size,
            hours: milestone.hours,
            needs: milestone.needs.clone(),
            rules: milestone.rules.clone(),
            hints: milestone.hints.clone(),
            checks,
        }
    }

    fn check(&mut self, at: &str, check: &'a Check<RawStep>) -> Check {
        self.id(&format!("{at}/id"), &check.id);
        self.text(format!("{at}/title"), &check.title);
        if check.own_server.as_ref().is_some_and(|reason| reason.trim().is_empty()) {
            self.add(format!("{at}/own_server"), "a reason belongs here, as a sentence");
        }
        let here = format!("{at}/steps");
        let steps = StepReader::read(self.contract, &check.steps, &here, &mut self.findings);
        match self.fragments.as_mut().map(|fragments| fragments.count(&check.steps)) {
            Some(Ok(())) => {
                let unknown = Scope::findings(self.contract, &check.steps, &here);
                self.findings.extend(unknown);
            }
            Some(Err(message)) => self.add(&here, message),
            // Whatever walks through the steps would find no end.
            None => {}
        }
        Check {
            id: check.id.clone(),
            title: check.title.clone(),
            own_server: check.own_server.clone(),
            steps,
        }
    }
}
