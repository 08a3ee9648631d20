//! What a roadmap must be beyond its form: ids unique, references known, no circles.
//!
//! `build.rs` compiles this file too, so that broken content does not compile.

use super::circle::circle;
use super::model::{Choice, Facts, Level, Question, Resource, Roadmap, Rule, Topic};
use crate::suggest::nearest;
use crate::yaml::Finding;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Everything that is wrong with `roadmap`; empty if nothing is.
pub fn findings(roadmap: &Roadmap) -> Vec<Finding> {
    let mut report = RoadmapReport::new(roadmap);
    if roadmap.schema != 1 {
        report.add("/schema", "this version of roadmap reads `schema: 1`");
    }
    report.ids();
    let are_unique = report.findings.is_empty();
    for (s, stage) in roadmap.stages.iter().enumerate() {
        let at = format!("/stages/{s}");
        report.text(&format!("{at}/title"), &stage.title);
        report.text(&format!("{at}/summary"), &stage.summary);
        for (t, topic) in stage.topics.iter().enumerate() {
            report.topic(&format!("{at}/topics/{t}"), topic);
        }
    }
    // With an id twice, who needs whom is anybody's guess.
    if let Some(way) = circle(roadmap).filter(|_| are_unique) {
        let at = pointer_of(roadmap, way[0]).unwrap_or_default();
        report
            .add(&format!("{at}/needs"), format!("`needs` run in a circle: {}", way.join(" -> ")));
    }
    report.paths();
    report.all_facts();
    for (q, question) in roadmap.quiz.iter().enumerate() {
        report.question(&format!("/quiz/{q}"), question);
    }
    for (r, resource) in roadmap.resources.iter().enumerate() {
        report.resource(&format!("/resources/{r}"), resource);
    }
    report.findings
}

fn pointer_of(roadmap: &Roadmap, id: &str) -> Option<String> {
    roadmap.stages.iter().enumerate().find_map(|(s, stage)| {
        let t = stage.topics.iter().position(|topic| topic.id == id)?;
        Some(format!("/stages/{s}/topics/{t}"))
    })
}

struct RoadmapReport<'a> {
    roadmap: &'a Roadmap,
    topics: HashMap<&'a str, Level>,
    languages: BTreeSet<&'a str>,
    frameworks: BTreeSet<&'a str>,
    traits: BTreeSet<&'a str>,
    findings: Vec<Finding>,
}

impl<'a> RoadmapReport<'a> {
    fn new(roadmap: &'a Roadmap) -> Self {
        let languages = roadmap.languages.iter();
        let frameworks = roadmap.frameworks.iter();
        let traits = languages.clone().flat_map(|l| &l.traits);
        let traits = traits.chain(frameworks.clone().flat_map(|f| &f.traits));
        Self {
            roadmap,
            topics: roadmap.topics().map(|(_, topic)| (topic.id.as_str(), topic.level)).collect(),
            languages: languages.map(|l| l.id.as_str()).collect(),
            frameworks: frameworks.map(|f| f.id.as_str()).collect(),
            traits: traits.map(String::as_str).collect(),
            findings: Vec::new(),
        }
    }

    fn add(&mut self, pointer: &str, message: impl Into<String>) {
        self.findings.push(Finding::new(pointer, message));
    }

    fn text(&mut self, pointer: &str, text: &str) {
        if text.trim().is_empty() {
            self.add(pointer, "must not be empty");
        }
    }

    /// A reference to `word` must be one of `known`.
    fn require_known<'k>(
        &mut self,
        pointer: &str,
        what: &str,
        word: &str,
        known: impl Iterator<Item = &'k str> + Clone,
    ) {
        if known.clone().any(|id| id == word) {
            return;
        }
        let suggestion = nearest(word, known)
            .map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
        self.add(pointer, format!("unknown {what} `{word}`{suggestion}"));
    }

    /// Ids and aliases: their form, and each only once among its kind.
    fn ids(&mut self) {
        let roadmap = self.roadmap;
        UniqueNames::new("roadmap").claim_id(&mut self.findings, "/id".to_owned(), &roadmap.id);
        let mut stages = UniqueNames::new("stage");
        let mut topics = UniqueNames::new("topic");
        for (s, stage) in roadmap.stages.iter().enumerate() {
            stages.claim_id(&mut self.findings, format!("/stages/{s}/id"), &stage.id);
            for (t, topic) in stage.topics.iter().enumerate() {
                let at = format!("/stages/{s}/topics/{t}");
                topics.claim_id(&mut self.findings, format!("{at}/id"), &topic.id);
                for (a, alias) in topic.aliases.iter().enumerate() {
                    topics.claim_id(&mut self.findings, format!("{at}/aliases/{a}"), alias);
                }
            }
        }
        let mut languages = UniqueNames::new("language");
        for (l, language) in roadmap.languages.iter().enumerate() {
            languages.claim_id(&mut self.findings, format!("/languages/{l}/id"), &language.id);
            for (a, alias) in language.aliases.iter().enumerate() {
                languages.claim(&mut self.findings, format!("/languages/{l}/aliases/{a}"), alias);
            }
        }
        let mut frameworks = UniqueNames::new("framework");
        for (f, framework) in roadmap.frameworks.iter().enumerate() {
            frameworks.claim_id(&mut self.findings, format!("/frameworks/{f}/id"), &framework.id);
            for (a, alias) in framework.aliases.iter().enumerate() {
                frameworks.claim(&mut self.findings, format!("/frameworks/{f}/aliases/{a}"), alias);
            }
        }
        let mut projects = UniqueNames::new("project");
        for (p, project) in roadmap.projects.iter().enumerate() {
            projects.claim_id(&mut self.findings, format!("/projects/{p}/id"), &project.id);
        }
        let mut questions = UniqueNames::new("question");
        for (q, question) in roadmap.quiz.iter().enumerate() {
            questions.claim_id(&mut self.findings, format!("/quiz/{q}/id"), &question.id);
            let mut choices = UniqueNames::new("choice");
            for (c, choice) in question.choices.iter().enumerate() {
                choices.claim_id(
                    &mut self.findings,
                    format!("/quiz/{q}/choices/{c}/id"),
                    &choice.id,
                );
            }
        }
    }

    fn topic(&mut self, at: &str, topic: &Topic) {
        for (key, text) in [
            ("title", &topic.title),
            ("what", &topic.what),
            ("why", &topic.why),
            ("practice", &topic.practice),
        ] {
            self.text(&format!("{at}/{key}"), text);
        }
        if topic.hours == 0 {
            self.add(&format!("{at}/hours"), "must be at least 1");
        }
        let topics: Vec<&str> = self.topics.keys().copied().collect();
        for (n, need) in topic.needs.iter().enumerate() {
            let at = format!("{at}/needs/{n}");
            self.require_known(&at, "topic", need, topics.iter().copied());
            let optional = self.topics.get(need.as_str()).is_some_and(|l| *l > Level::Essential);
            if topic.level == Level::Essential && optional {
                self.add(
                    &at,
                    format!("`{}` is essential but needs `{need}`, which is not", topic.id),
                );
            }
        }
        let (languages, frameworks) = (self.languages.clone(), self.frameworks.clone());
        for (l, tag) in topic.languages.iter().enumerate() {
            self.require_known(
                &format!("{at}/languages/{l}"),
                "language",
                tag,
                languages.iter().copied(),
            );
        }
        for (f, tag) in topic.frameworks.iter().enumerate() {
            self.require_known(
                &format!("{at}/frameworks/{f}"),
                "framework",
                tag,
                frameworks.iter().copied(),
            );
        }
        if topic.resources.is_empty() {
            self.add(&format!("{at}/resources"), "needs at least one link");
        }
        for (r, resource) in topic.resources.iter().enumerate() {
            self.resource(&format!("{at}/resources/{r}"), resource);
        }
    }

    fn resource(&mut self, at: &str, resource: &Resource) {
        self.text(&format!("{at}/title"), &resource.title);
        if !resource.url.starts_with("https://") || resource.url.contains(char::is_whitespace) {
            self.add(&format!("{at}/url"), "must be an address that starts with https://");
        }
    }

    /// Languages, frameworks and projects refer to each other and to stages.
    fn paths(&mut self) {
        let roadmap = self.roadmap;
        for (l, language) in roadmap.languages.iter().enumerate() {
            let own = roadmap.frameworks.iter();
            let own = own.filter(|f| f.language == language.id).map(|f| f.id.as_str());
            let what = format!("framework of {}", language.id);
            self.require_known(&format!("/languages/{l}/default"), &what, &language.default, own);
        }
        let languages = self.languages.clone();
        for (f, framework) in roadmap.frameworks.iter().enumerate() {
            let at = format!("/frameworks/{f}/language");
            self.require_known(&at, "language", &framework.language, languages.iter().copied());
        }
        let stages = roadmap.stages.iter().map(|stage| stage.id.as_str());
        for (p, project) in roadmap.projects.iter().enumerate() {
            for (s, stage) in project.stages.iter().enumerate() {
                self.require_known(
                    &format!("/projects/{p}/stages/{s}"),
                    "stage",
                    stage,
                    stages.clone(),
                );
            }
        }
    }

    /// Facts, and the day on which they were true.
    fn all_facts(&mut self) {
        let roadmap = self.roadmap;
        if let Some(checked) = &roadmap.checked
            && !is_date(checked, &[4, 2, 2])
        {
            self.add("/checked", "must be a day, as `2026-11-22`");
            return;
        }
        let languages = roadmap.languages.iter().map(|language| &language.facts).enumerate();
        let frameworks = roadmap.frameworks.iter().map(|framework| &framework.facts).enumerate();
        let languages = languages.map(|(l, facts)| (format!("/languages/{l}/facts"), facts));
        let frameworks = frameworks.map(|(f, facts)| (format!("/frameworks/{f}/facts"), facts));
        for (at, facts) in languages.chain(frameworks) {
            if let Some(facts) = facts {
                self.facts(&at, facts);
            }
        }
    }

    fn facts(&mut self, at: &str, facts: &Facts) {
        for (key, text) in [
            ("version", Some(&facts.version)),
            ("support", Some(&facts.support)),
            ("ecosystem", Some(&facts.ecosystem)),
            ("jobs", Some(&facts.jobs)),
            ("starter", facts.starter.as_ref()),
        ] {
            if let Some(text) = text {
                self.text(&format!("{at}/{key}"), text);
            }
        }
        let Some(checked) = &self.roadmap.checked else {
            return self.add(at, "facts need the day on which they were true: add `checked`");
        };
        let at = format!("{at}/until");
        let Some(until) = &facts.until else {
            if facts.ended {
                self.add(&at, "`ended` needs the date in `until`");
            }
            return;
        };
        if !is_date(until, &[4, 2]) && !is_date(until, &[4, 2, 2]) {
            self.add(&at, "must be a month or a day, as `2028-11` or `2028-11-14`");
            return;
        }
        // A month lasts to its end.
        let past = until.as_str() < &checked[..until.len()];
        if past && !facts.ended {
            self.add(&at, format!("lies before {checked}: mend it, or add `ended: true`"));
        } else if !past && facts.ended {
            self.add(&at, format!("does not lie before {checked}: it has not ended"));
        }
    }

    fn question(&mut self, at: &str, question: &Question) {
        self.text(&format!("{at}/text"), &question.text);
        if question.choices.len() < 2 {
            self.add(&format!("{at}/choices"), "a question needs at least two choices");
        }
        for (c, choice) in question.choices.iter().enumerate() {
            self.choice(&format!("{at}/choices/{c}"), choice);
        }
    }

    fn choice(&mut self, at: &str, choice: &Choice) {
        self.text(&format!("{at}/text"), &choice.text);
        if choice.language_factor == Some(0) {
            self.add(&format!("{at}/language_factor"), "must be at least 1");
        }
        if choice.hours == Some(0) {
            self.add(&format!("{at}/hours"), "must be at least 1");
        }
        if let Some(project) = &choice.project {
            let known = self.roadmap.projects.iter().map(|project| project.id.as_str());
            self.require_known(&format!("{at}/project"), "project", project, known);
        }
        let topics: Vec<&str> = self.topics.keys().copied().collect();
        for (k, id) in choice.knows.iter().enumerate() {
            self.require_known(&format!("{at}/knows/{k}"), "topic", id, topics.iter().copied());
        }
        for (p, rule) in choice.points.iter().enumerate() {
            self.rule(&format!("{at}/points/{p}"), rule);
        }
    }

    fn rule(&mut self, at: &str, rule: &Rule) {
        self.text(&format!("{at}/because"), &rule.because);
        if rule.points == 0 {
            self.add(&format!("{at}/points"), "must not be 0");
        }
        let targets = [
            ("trait", &rule.trait_, self.traits.clone()),
            ("language", &rule.language, self.languages.clone()),
            ("framework", &rule.framework, self.frameworks.clone()),
        ];
        if targets.iter().filter(|(_, word, _)| word.is_some()).count() != 1 {
            self.add(at, "needs exactly one of `trait`, `language` and `framework`");
        }
        for (key, word, known) in targets {
            if let Some(word) = word {
                self.require_known(&format!("{at}/{key}"), key, word, known.iter().copied());
            }
        }
    }
}

/// Whether `text` is digits in groups of these lengths, with a month from 1 to 12 and a day
/// that the month can have.
fn is_date(text: &str, groups: &[usize]) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let fits = |(part, length): (&&str, &usize)| {
        part.len() == *length && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    if parts.len() != groups.len() || !parts.iter().zip(groups).all(fits) {
        return false;
    }
    let number = |index: usize| parts.get(index).and_then(|part| part.parse::<u32>().ok());
    let (year, month) = (number(0).unwrap_or(0), number(1).unwrap_or(0));
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => return false,
    };
    number(2).is_none_or(|day| (1..=days).contains(&day))
}

/// The names of one kind that are taken already.
struct UniqueNames<'a> {
    kind: &'static str,
    /// With the pointer of each.
    owners: BTreeMap<&'a str, String>,
}

impl<'a> UniqueNames<'a> {
    fn new(kind: &'static str) -> Self {
        Self { kind, owners: BTreeMap::new() }
    }

    /// An id: of the form of an id, and the only one.
    fn claim_id(&mut self, findings: &mut Vec<Finding>, pointer: String, id: &'a str) {
        let letters = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if id.is_empty() || id.starts_with('-') || !id.chars().all(letters) {
            let message = format!("`{id}` is no id: lower-case letters, digits and hyphens");
            findings.push(Finding::new(pointer.clone(), message));
        }
        self.claim(findings, pointer, id);
    }

    fn claim(&mut self, findings: &mut Vec<Finding>, pointer: String, id: &'a str) {
        if let Some(first) = self.owners.get(id) {
            let message = format!(
                "the {} `{id}` is there twice; the first is in line {{{first}}}",
                self.kind
            );
            findings.push(Finding::new(pointer, message));
        } else {
            self.owners.insert(id, pointer);
        }
    }
}
