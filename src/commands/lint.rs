//! `roadmap lint`: the mistakes and warnings in a file of the user's own.

use super::session::{Session, read_content};
use crate::cli::{Format, Lint};
use crate::contract;
use crate::contract::format::Contract;
use crate::curriculum;
use crate::curriculum::model::Roadmap;
use crate::error::Error;
use crate::terminal::json;
use crate::terminal::views::lint::{self, Answer, Content, Place};
use crate::yaml::{self, Mistake};

/// What a file can be, told by the keys at its top.
enum Kind {
    Roadmap,
    Contract,
}

impl Kind {
    fn word(&self) -> &'static str {
        match self {
            Self::Roadmap => "roadmap",
            Self::Contract => "contract",
        }
    }
}

/// What a file was found to hold.
struct Report {
    kind: Kind,
    /// What is in it, and the warnings about it; else its mistakes.
    found: Result<(Content, Vec<Mistake>), Vec<Mistake>>,
}

pub(super) fn run(args: &Lint, session: &Session<'_>) -> Result<(), Error> {
    let file = args.file.display().to_string();
    let text = read_content(&args.file, "the file")
        .map_err(|error| error.hint("name a roadmap or a contract that you wrote, as YAML"))?;
    let Report { kind, found } = report(&file, &text, &|| session.roadmap())?;
    match args.format {
        Format::Json => {
            let (mistakes, warnings) = match &found {
                Ok((_, warnings)) => (Vec::new(), places(warnings)),
                Err(mistakes) => (places(mistakes), Vec::new()),
            };
            let kind = kind.word();
            let answer = Answer { file: &file, kind, mistakes: &mistakes, warnings: &warnings };
            session.screen.answer(&json::text(&answer)?)?;
            found.map_or_else(|mistakes| Err(mistakes.into()), |_| Ok(()))
        }
        Format::Text => {
            let (content, warnings) = found?;
            let layout = session.screen.layout();
            session.screen.answer(&lint::text(&file, content, &places(&warnings), layout))
        }
    }
}

fn places(found: &[Mistake]) -> Vec<Place> {
    let place =
        |one: &Mistake| Place { line: one.line, column: one.column, message: one.message.clone() };
    found.iter().map(place).collect()
}

/// `ours` is the roadmap whose stages and topics a contract may name.
fn report(
    file: &str,
    text: &str,
    ours: &dyn Fn() -> Result<Roadmap, Error>,
) -> Result<Report, Error> {
    let keys = yaml::keys(file, text).map_err(|mistake| Error::from(vec![mistake]))?;
    let kind = kind(&keys).ok_or_else(|| {
        Error::user(format!("{file} is neither a roadmap nor a contract"))
            .because("a roadmap has the keys `schema`, `id`, `title` and `stages` at its top")
            .because("a contract has the keys `schema`, `project`, `version` and `milestones`")
            .hint("docs/contract.md in roadmap's sources has the format of a contract; roadmap.yaml there is a roadmap")
    })?;
    let found = match kind {
        Kind::Roadmap => curriculum::parse(file, text).map(|roadmap| {
            let topics = roadmap.topics().count();
            let content = Content::Roadmap { stages: roadmap.stages.len(), topics };
            let warnings = curriculum::warnings::warnings(&roadmap);
            (content, yaml::locate(file, text, warnings))
        }),
        Kind::Contract => match contract::format::parse(file, text) {
            Ok(contract) => refer(file, text, &contract, &ours()?),
            Err(mistakes) => Err(mistakes),
        },
    };
    Ok(Report { kind, found })
}

/// A sound contract, and whether the roadmap knows what it names.
fn refer(
    file: &str,
    text: &str,
    contract: &Contract,
    roadmap: &Roadmap,
) -> Result<(Content, Vec<Mistake>), Vec<Mistake>> {
    let stages: Vec<&str> = roadmap.stages.iter().map(|one| one.id.as_str()).collect();
    let topics: Vec<&str> = roadmap.topics().map(|(_, one)| one.id.as_str()).collect();
    let unknown = contract::format::references(contract, &stages, &topics);
    if !unknown.is_empty() {
        return Err(yaml::locate(file, text, unknown));
    }
    let checks = contract.milestones.iter().map(|one| one.checks.len()).sum();
    Ok((Content::Contract { milestones: contract.milestones.len(), checks }, Vec::new()))
}

fn kind(keys: &[String]) -> Option<Kind> {
    let has = |key: &str| keys.iter().any(|one| one == key);
    // `stages` is what only a roadmap has; the others let one be told without it.
    if has("stages") || (has("languages") && has("frameworks")) {
        Some(Kind::Roadmap)
    } else {
        has("milestones").then_some(Kind::Contract)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(file: &str, text: &str) -> Result<Report, Error> {
        super::report(file, text, &|| Ok(curriculum::builtin()))
    }

    #[test]
    fn our_own_roadmap_has_neither_mistakes_nor_warnings() {
        let report = report("roadmap.yaml", include_str!("../../roadmap.yaml")).expect("read");
        let (_, warnings) = report.found.unwrap_or_else(|mistakes| panic!("{mistakes:?}"));
        assert_eq!(warnings, []);
    }

    #[test]
    fn a_mistake_has_its_place() {
        let text = include_str!("../../tests/fixtures/roadmap.yaml");
        let text = text.replacen("needs: [http]", "needs: [htpt]", 1);
        let report = report("my.yaml", &text).expect("read");
        let mistakes = report.found.map(|_| ()).expect_err("refused");
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
