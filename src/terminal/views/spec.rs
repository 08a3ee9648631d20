//! What a contract asks for, written out for people.

use crate::contract::format::{ContractOutline, Effort, Milestone};
use crate::terminal::{Layout, rendered};
use serde_json::{Value, json};

/// A contract, or one milestone of it.
#[derive(Debug, Clone, Copy)]
pub struct Specification<'a> {
    pub contract: &'a ContractOutline,
    /// The title of its project.
    pub title: &'a str,
    /// Nothing: all of them.
    pub milestone: Option<&'a Milestone<()>>,
    /// Whether it is that of the repository in which the person stands.
    pub is_here: bool,
}

impl<'a> Specification<'a> {
    fn milestones(&self) -> Vec<&'a Milestone<()>> {
        match self.milestone {
            Some(milestone) => vec![milestone],
            None => self.contract.milestones.iter().collect(),
        }
    }
}

/// The specification for a terminal.
#[must_use]
pub fn text(specification: &Specification<'_>, layout: Layout) -> String {
    let text = rendered(&markdown(specification), layout, 0);
    let project = &specification.contract.project;
    let lines = match (specification.milestone, specification.is_here) {
        (Some(milestone), true) => {
            vec![(format!("roadmap check {}", milestone.id), "what your server does of it")]
        }
        (Some(_), false) => vec![
            (format!("roadmap new {project}"), "a starter that passes what is given"),
            (
                format!("roadmap adopt {project} --run COMMAND"),
                "check a server of your own, in any language",
            ),
        ],
        (None, true) => vec![
            (format!("roadmap spec {project}/MILESTONE"), "one milestone"),
            ("roadmap check".to_owned(), "what your server does of it"),
        ],
        (None, false) => vec![
            (format!("roadmap spec {project}/MILESTONE"), "one milestone"),
            (format!("roadmap adopt {project} --run COMMAND"), "checks a server that you write"),
            (format!("roadmap new {project}"), "a starter that passes what is given"),
        ],
    };
    format!("{text}\n{}", super::lines::table(&lines, layout))
}

/// The specification as a Markdown document.
#[must_use]
pub fn markdown(specification: &Specification<'_>) -> String {
    let contract = specification.contract;
    let mut text = String::new();
    if specification.milestone.is_none() {
        text.push_str(&format!("# {}\n\n", specification.title));
        text.push_str(&format!(
            "Project `{}`, contract version {}.\n\n",
            contract.project, contract.version
        ));
        text.push_str(contract.rules.trim());
        text.push_str("\n\n");
    }
    let all = specification.milestones().into_iter();
    text + &all.map(|milestone| section(contract, milestone)).collect::<Vec<_>>().join("\n")
}

fn section(contract: &ContractOutline, milestone: &Milestone<()>) -> String {
    let Milestone { id, title, about, stage, .. } = milestone;
    let mut text = format!("## {}/{id}: {title}\n\n{about}\n\n", contract.project);
    let mut facts = vec![
        if milestone.given { "given".to_owned() } else { "yours to build".to_owned() },
        format!("stage `{stage}`"),
    ];
    if let Some(size) = milestone.size {
        facts.push(format!("size {}", size.letter()));
    }
    if let Some(hours) = milestone.hours {
        facts.push(format!("about {hours} h"));
    }
    let names = |label: &str, ids: &[String]| {
        let ids: Vec<String> = ids.iter().map(|id| format!("`{id}`")).collect();
        format!("{label} {}", ids.join(", "))
    };
    if !milestone.needs.is_empty() {
        facts.push(names("after", &milestone.needs));
    }
    if !milestone.topics.is_empty() {
        facts.push(names("topics", &milestone.topics));
    }
    text.push_str(&format!("{}.\n", facts.join("; ")));
    if !milestone.rules.trim().is_empty() {
        text.push_str(&format!("\n{}\n", milestone.rules.trim()));
    }
    if milestone.checks.is_empty() {
        text.push_str("\nNo checks yet: what is asked is this sentence, and yours to decide.\n");
        return text;
    }
    text.push_str("\n**Checks**\n\n");
    for check in &milestone.checks {
        for part in ["- `", &check.id, "`: ", &check.title.replace('<', "&lt;"), "\n"] {
            text.push_str(part);
        }
    }
    text
}

/// `{"project","rules","milestones":[...]}`; of one milestone that one alone.
#[must_use]
pub fn to_json(specification: &Specification<'_>) -> Value {
    let milestones = specification.milestones().into_iter().map(|milestone| {
        let checks =
            milestone.checks.iter().map(|check| json!({"id": check.id, "title": check.title}));
        json!({
            "id": milestone.id,
            "title": milestone.title,
            "stage": milestone.stage,
            "given": milestone.given,
            "size": milestone.size.map(Effort::letter),
            "hours": milestone.hours,
            "needs": milestone.needs,
            "rules": milestone.rules,
            "topics": milestone.topics,
            "checks": checks.collect::<Vec<_>>(),
        })
    });
    json!({
        "project": specification.contract.project,
        "rules": specification.contract.rules,
        "milestones": milestones.collect::<Vec<_>>(),
    })
}
