//! `roadmap lint`: the mistakes and warnings in a file of the user's own.

use crate::cli::{Format, LintArgs};
use crate::commands::shared::session::{Session, read_content};
use crate::contract;
use crate::contract::format::Contract;
use crate::curriculum;
use crate::curriculum::model::Roadmap;
use crate::error::Error;
use crate::terminal::json;
use crate::terminal::views::lint::{self, Content, LintOutput, MistakePlace};
use crate::yaml::{self, Mistake};

/// The kind of a file, by its top keys.
enum LintedKind {
    Roadmap,
    Contract,
}

impl LintedKind {
    fn as_str(&self) -> &'static str {
        match self {
            Self::Roadmap => "roadmap",
            Self::Contract => "contract",
        }
    }
}

/// The kind of a file, with its content or its mistakes.
struct FileReport {
    kind: LintedKind,
    /// What is in it, and the warnings about it; else its mistakes.
    result: Result<(Content, Vec<Mistake>), Vec<Mistake>>,
}

pub(in crate::commands) fn run(args: &LintArgs, session: &Session<'_>) -> Result<(), Error> {
    let file = args.file.display().to_string();
    let text = read_content(&args.file, "the file")
        .map_err(|error| error.hint("name a roadmap or a contract that you wrote, as YAML"))?;
    let FileReport { kind, result } = report(&file, &text, &|| session.roadmap())?;
    match args.format {
        Format::Json => {
            let (mistakes, warnings) = match &result {
                Ok((_, warnings)) => (Vec::new(), places(warnings)),
                Err(mistakes) => (places(mistakes), Vec::new()),
            };
            let kind = kind.as_str();
            let answer = LintOutput { file: &file, kind, mistakes: &mistakes, warnings: &warnings };
            session.screen.print(&json::text(&answer)?)?;
            result.map_or_else(|mistakes| Err(mistakes.into()), |_| Ok(()))
        }
        Format::Text => {
            let (content, warnings) = result?;
            let layout = session.screen.layout();
            session.screen.print(&lint::text(&file, content, &places(&warnings), layout))
        }
    }
}

fn places(mistakes: &[Mistake]) -> Vec<MistakePlace> {
    let place = |mistake: &Mistake| MistakePlace {
        line: mistake.line,
        column: mistake.column,
        message: mistake.message.clone(),
    };
    mistakes.iter().map(place).collect()
}

/// `ours` is the roadmap whose stages and topics a contract may name.
fn report(
    file: &str,
    text: &str,
    ours: &dyn Fn() -> Result<Roadmap, Error>,
) -> Result<FileReport, Error> {
    let keys = yaml::keys(file, text).map_err(|mistake| Error::from(vec![mistake]))?;
    let kind = kind(&keys).ok_or_else(|| {
        Error::user(format!("{file} is neither a roadmap nor a contract"))
            .with_cause("a roadmap has the keys `schema`, `id`, `title` and `stages` at its top")
            .with_cause("a contract has the keys `schema`, `project`, `version` and `milestones`")
            .hint("docs/contract.md in roadmap's sources has the format of a contract; roadmap.yaml there is a roadmap")
    })?;
    let result = match kind {
        LintedKind::Roadmap => curriculum::parse(file, text).map(|roadmap| {
            let topics = roadmap.topics().count();
            let content = Content::Roadmap { stages: roadmap.stages.len(), topics };
            let warnings = curriculum::warnings::warnings(&roadmap);
            (content, yaml::locate(file, text, warnings))
        }),
        LintedKind::Contract => match contract::format::parse(file, text) {
            Ok(contract) => refer(file, text, &contract, &ours()?),
            Err(mistakes) => Err(mistakes),
        },
    };
    Ok(FileReport { kind, result })
}

/// A sound contract, and whether the roadmap knows what it names.
fn refer(
    file: &str,
    text: &str,
    contract: &Contract,
    roadmap: &Roadmap,
) -> Result<(Content, Vec<Mistake>), Vec<Mistake>> {
    let stages: Vec<&str> = roadmap.stages.iter().map(|stage| stage.id.as_str()).collect();
    let topics: Vec<&str> = roadmap.topics().map(|(_, topic)| topic.id.as_str()).collect();
    let unknown = contract::format::references(contract, &stages, &topics);
    if !unknown.is_empty() {
        return Err(yaml::locate(file, text, unknown));
    }
    let checks = contract.milestones.iter().map(|milestone| milestone.checks.len()).sum();
    Ok((Content::Contract { milestones: contract.milestones.len(), checks }, Vec::new()))
}

fn kind(keys: &[String]) -> Option<LintedKind> {
    let has = |key: &str| keys.iter().any(|existing| existing == key);
    // Only a roadmap has `stages`; by the other keys a roadmap without them is known.
    if has("stages") || (has("languages") && has("frameworks")) {
        Some(LintedKind::Roadmap)
    } else {
        has("milestones").then_some(LintedKind::Contract)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(file: &str, text: &str) -> Result<FileReport, Error> {
        super::report(file, text, &|| Ok(curriculum::builtin()))
    }

    #[test]
    fn our_own_roadmap_has_neither_mistakes_nor_warnings() {
        let report = report("roadmap.yaml", include_str!("../../../roadmap.yaml")).expect("read");
        let (_, warnings) = report.result.unwrap_or_else(|mistakes| panic!("{mistakes:?}"));
        assert_eq!(warnings, []);
    }

    #[test]
    fn a_mistake_has_its_place() {
        let text = include_str!("../../../tests/fixtures/roadmap.yaml");
        let text = text.replacen("needs: [http]", "needs: [htpt]", 1);
        let report = report("my.yaml", &text).expect("read");
        let mistakes = report.result.map(|_| ()).expect_err("refused");
        let line = text.lines().position(|line| line.contains("htpt")).unwrap_or_default() + 1;
        assert_eq!(mistakes.len(), 1, "{mistakes:?}");
        assert_eq!(
            mistakes[0].to_string(),
            format!("my.yaml:{line}:17: unknown topic `htpt`; did you mean `http`?")
        );
    }

    #[test]
    fn another_file_is_refused() {
        let refused = report("x.yaml", "words: []\n").err().expect("refused");
        assert_eq!(refused.message, "x.yaml is neither a roadmap nor a contract");
        let broken = report("x.yaml", "stages: [\n").err().expect("refused");
        assert!(broken.message.starts_with("x.yaml:"), "{}", broken.message);
        assert!(report("x.yaml", "- a list\n").is_err());
    }
}
