//! `roadmap list`: what there is.

use crate::catalog::Catalog;
use crate::cli::{Format, ListArgs, Listed};
use crate::commands::shared::contracts;
use crate::commands::shared::session::Session;
use crate::contract::format::{ContractOutline, Milestone};
use crate::curriculum::model::Roadmap;
use crate::error::Error;
use crate::terminal::json;
use crate::terminal::views::list::{answers, groups, table};
use serde_json::{Value, json as object};

/// Items for JSON, and rows under headings for text.
struct Listing {
    headings: Vec<&'static str>,
    rows: Vec<Vec<String>>,
    items: Vec<Value>,
}

pub(in crate::commands) fn run(list: &ListArgs, session: &Session<'_>) -> Result<(), Error> {
    let roadmap = session.roadmap()?;
    let library = session.library()?;
    let catalog = session.catalog(&roadmap, &library)?;
    let project = list.project.as_deref().map(|word| catalog.project(word)).transpose()?;
    let listing = match list.what {
        None => counts(&roadmap, &catalog, &contracts::outlines_of(&roadmap, &library)?),
        Some(Listed::Milestones) => {
            let contracts = contracts::outlines_of(&roadmap, &library)?;
            let contracts = contracts.into_iter();
            let contracts = contracts
                .filter(|contract| project.is_none_or(|project| contract.project == project));
            milestones(&contracts.collect::<Vec<_>>())
        }
        Some(_) if project.is_some() => {
            return Err(Error::user("a project has a list of milestones alone").with_command_hint(
                "these:",
                format!("roadmap list milestones {}", project.unwrap_or_default()),
            ));
        }
        Some(Listed::Starters) => starters(&catalog),
        Some(Listed::Projects) => projects(&roadmap),
        Some(Listed::Languages) => languages(&roadmap),
        Some(Listed::Frameworks) => frameworks(&roadmap, &catalog),
        Some(Listed::Questions) => questions(&roadmap),
    };
    let text = match list.format {
        Format::Json => json::text(&object!({ "items": listing.items }))?,
        Format::Text if matches!(list.what, Some(Listed::Milestones)) => {
            let groups = groups(&listing.rows, session.screen.layout());
            let open = listing.rows.iter().flatten().any(|cell| cell.ends_with('*'));
            if open { format!("{groups}\n* has no checks yet\n") } else { groups }
        }
        Format::Text if matches!(list.what, Some(Listed::Questions)) => {
            answers(&listing.rows, session.screen.layout())
        }
        Format::Text => table(&listing.headings, &listing.rows, session.screen.layout()),
    };
    session.screen.print(&text)
}

fn counts(roadmap: &Roadmap, catalog: &Catalog<'_>, contracts: &[ContractOutline]) -> Listing {
    let kinds = [
        ("starters", catalog.starters().len()),
        ("projects", roadmap.projects.len()),
        ("languages", roadmap.languages.len()),
        ("frameworks", roadmap.frameworks.len()),
        ("milestones", contracts.iter().map(|contract| contract.milestones.len()).sum()),
        ("questions", roadmap.quiz.len()),
    ];
    let command = |kind: &str| format!("roadmap list {kind}");
    let row =
        |(kind, count): &(&str, usize)| vec![(*kind).to_owned(), count.to_string(), command(kind)];
    let item = |(kind, count): &(&str, usize)| object!({ "id": kind, "count": count, "command": command(kind) });
    Listing {
        headings: vec!["what", "count", "list them"],
        rows: kinds.iter().map(row).collect(),
        items: kinds.iter().map(item).collect(),
    }
}

fn starters(catalog: &Catalog<'_>) -> Listing {
    let mut rows = Vec::new();
    let mut items = Vec::new();
    for starter in catalog.starters() {
        let default = catalog.is_default(&starter.language, &starter.framework);
        rows.push(vec![
            starter.project.clone(),
            catalog.language_title(&starter.language).to_owned(),
            catalog.framework_title(&starter.framework).to_owned(),
            format!("roadmap new {} --framework {}", starter.project, starter.framework),
        ]);
        items.push(object!({
            "project": starter.project,
            "language": starter.language,
            "framework": starter.framework,
            "default": default,
        }));
    }
    Listing { headings: vec!["project", "language", "framework", "make it"], rows, items }
}

fn projects(roadmap: &Roadmap) -> Listing {
    let row = |project: &crate::curriculum::model::Project| {
        vec![project.id.clone(), project.title.clone(), project.stages.join(", ")]
    };
    Listing {
        headings: vec!["project", "title", "stages"],
        rows: roadmap.projects.iter().map(row).collect(),
        items: roadmap.projects.iter().map(|project| object!(project)).collect(),
    }
}

fn languages(roadmap: &Roadmap) -> Listing {
    let mut rows = Vec::new();
    let mut items = Vec::new();
    for language in &roadmap.languages {
        rows.push(vec![
            language.id.clone(),
            language.title.clone(),
            language.default.clone(),
            language.aliases.join(", "),
        ]);
        items.push(object!(language));
    }
    Listing { headings: vec!["language", "title", "framework", "also"], rows, items }
}

fn frameworks(roadmap: &Roadmap, catalog: &Catalog<'_>) -> Listing {
    let mut rows = Vec::new();
    let mut items = Vec::new();
    for framework in &roadmap.frameworks {
        let starters =
            catalog.starters().iter().filter(|starter| starter.framework == framework.id);
        let starters: Vec<&str> = starters.map(|starter| starter.project.as_str()).collect();
        let title = catalog.language_title(&framework.language).to_owned();
        rows.push(vec![framework.id.clone(), framework.title.clone(), title, starters.join(", ")]);
        items.push(object!(framework));
    }
    Listing { headings: vec!["framework", "title", "language", "starters"], rows, items }
}

fn milestones(contracts: &[ContractOutline]) -> Listing {
    let all = || {
        contracts.iter().flat_map(|contract| contract.milestones.iter().map(move |m| (contract, m)))
    };
    let row = |(contract, milestone): (&ContractOutline, &Milestone<()>)| {
        let whose = match (milestone.given, milestone.checks.is_empty()) {
            (true, _) => "given",
            (false, false) => "yours",
            (false, true) => "yours *",
        };
        [&contract.project, &milestone.id, &milestone.title, &milestone.stage]
            .map(Clone::clone)
            .into_iter()
            .chain([whose.to_owned()])
            .collect()
    };
    let item = |(contract, milestone): (&ContractOutline, &Milestone<()>)| {
        object!({
            "project": contract.project,
            "id": milestone.id,
            "title": milestone.title,
            "stage": milestone.stage,
            "given": milestone.given,
            "about": milestone.about,
            "topics": milestone.topics,
            "checks": milestone.checks.len(),
        })
    };
    Listing {
        headings: vec!["project", "milestone", "title", "stage", "whose"],
        rows: all().map(row).collect(),
        items: all().map(item).collect(),
    }
}

fn questions(roadmap: &Roadmap) -> Listing {
    let mut rows = Vec::new();
    let mut items = Vec::new();
    for question in &roadmap.quiz {
        let choices: Vec<Value> = question
            .choices
            .iter()
            .map(|choice| object!({ "id": choice.id, "text": choice.text }))
            .collect();
        let several = if question.multiple { " (several)" } else { "" };
        for choice in &question.choices {
            rows.push(vec![
                format!("{}{several}", question.text),
                format!("{}={}", question.id, choice.id),
                choice.text.clone(),
            ]);
        }
        items.push(object!({
            "id": question.id,
            "text": question.text,
            "multiple": question.multiple,
            "choices": choices,
        }));
    }
    Listing { headings: vec!["question", "answer", "choice"], rows, items }
}
