//! Chooses milestones: by word, by the history of earlier runs, and the next one. Pure.

use super::model::{Contract, Milestone};
use crate::suggest::nearest;
use std::collections::BTreeSet;

/// The word for the next milestone.
const NEXT: &str = "next";

/// A word that names no milestones.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UnknownMilestone {
    #[error("the contract of `{project}` has no milestone `{word}`")]
    Milestone { project: String, word: String, suggestion: Option<String>, known: Vec<String> },
    #[error("`{word}` could be several: {}", .candidates.join(", "))]
    Ambiguous { word: String, candidates: Vec<String> },
    #[error("the contract of `{project}` does not check `{milestone}` yet")]
    Unchecked { project: String, milestone: String },
    #[error("every milestone of `{project}` has passed")]
    AllPassed { project: String },
}

/// The results of earlier runs, milestone by milestone.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct History {
    /// Those that passed here before.
    pub passed: BTreeSet<String>,
    /// Those that the framework brings with it.
    pub given_by_framework: BTreeSet<String>,
    /// Those that failed when they were last checked.
    pub failing: BTreeSet<String>,
}

impl History {
    fn is_open<S>(&self, milestone: &Milestone<S>) -> bool {
        !milestone.checks.is_empty()
            && !self.passed.contains(&milestone.id)
            && !self.given_by_framework.contains(&milestone.id)
    }

    /// Whether the milestone has passed before, and failed since.
    #[must_use]
    pub fn is_regression(&self, id: &str) -> bool {
        self.passed.contains(id) && self.failing.contains(id)
    }

    /// The milestone to work on: the first that passed before and fails now, else the first that
    /// has checks and has not passed.
    #[must_use]
    pub fn next<'c, S>(&self, contract: &'c Contract<S>) -> Option<&'c Milestone<S>> {
        let regression =
            contract.milestones.iter().find(|milestone| self.is_regression(&milestone.id));
        regression.or_else(|| contract.milestones.iter().find(|milestone| self.is_open(milestone)))
    }

    /// Another milestone to choose where the next is the learner's: the first open one behind it of which
    /// all that it needs has passed, or has no checks.
    #[must_use]
    pub fn other<'c, S>(
        &self,
        contract: &'c Contract<S>,
        next: &Milestone<S>,
    ) -> Option<&'c Milestone<S>> {
        if next.given || self.is_regression(&next.id) {
            return None;
        }
        let is_ready = |milestone: &&Milestone<S>| {
            let needs = milestone.needs.iter().filter_map(|id| contract.milestone(id));
            needs.clone().all(|needed| !self.is_open(needed))
        };
        let behind = contract.milestones.iter().skip_while(|milestone| milestone.id != next.id);
        behind.skip(1).filter(|milestone| self.is_open(milestone)).find(is_ready)
    }
}

/// The milestones to check, in the order of the contract: what `words` name; without words what
/// is given, and what passed before.
///
/// # Errors
/// A word that names nothing, or several things, or nothing that can be checked.
pub fn choose<'c, S>(
    contract: &'c Contract<S>,
    words: &[String],
    history: &History,
) -> Result<Vec<&'c Milestone<S>>, UnknownMilestone> {
    let mut named_ids = BTreeSet::new();
    for word in words {
        named_ids.extend(
            milestones_of_word(contract, word, history)?
                .into_iter()
                .map(|milestone| milestone.id.as_str()),
        );
    }
    let is_chosen = |milestone: &&Milestone<S>| {
        if words.is_empty() {
            milestone.given || history.passed.contains(&milestone.id)
        } else {
            named_ids.contains(milestone.id.as_str())
        }
    };
    Ok(contract.milestones.iter().filter(is_chosen).collect())
}

/// The milestone with this id, or with an id that starts so unambiguously.
///
/// # Errors
/// A word that names none or several.
pub fn milestone<'c, S>(
    contract: &'c Contract<S>,
    word: &str,
) -> Result<&'c Milestone<S>, UnknownMilestone> {
    let lower = milestone_word(contract, &word.to_lowercase());
    if let Some(exact) = contract.milestone(&lower) {
        return Ok(exact);
    }
    let has_prefix =
        |milestone: &&Milestone<S>| !lower.is_empty() && milestone.id.starts_with(&lower);
    match contract.milestones.iter().filter(has_prefix).collect::<Vec<_>>().as_slice() {
        [single] => Ok(single),
        [] => Err(unknown(contract, word)),
        several => Err(UnknownMilestone::Ambiguous {
            word: word.to_owned(),
            candidates: several.iter().map(|milestone| milestone.id.clone()).collect(),
        }),
    }
}

/// The word without what outputs print around it: the project before a milestone (`tasks/create`), or a check behind it
/// (`create/created`), which is run with its milestone.
fn milestone_word<S>(contract: &Contract<S>, word: &str) -> String {
    let word = word.strip_prefix(&format!("{}/", contract.project)).unwrap_or(word);
    let milestone = word.split_once('/').filter(|(id, check)| {
        let milestone = contract.milestone(id);
        milestone.is_some_and(|milestone| milestone.checks.iter().any(|known| known.id == *check))
    });
    milestone.map_or(word, |(id, _)| id).to_owned()
}

/// The milestone to work on, with those that are checked together with it: regressions, and what is
/// given, for nobody builds it piece by piece.
fn next_milestones<'c, S>(
    contract: &'c Contract<S>,
    history: &History,
) -> Result<Vec<&'c Milestone<S>>, UnknownMilestone> {
    let all_passed = || UnknownMilestone::AllPassed { project: contract.project.clone() };
    let next = history.next(contract).ok_or_else(all_passed)?;
    let belongs = |milestone: &&Milestone<S>| match history.is_regression(&next.id) {
        true => history.is_regression(&milestone.id),
        false => {
            milestone.id == next.id || (next.given && milestone.given && history.is_open(milestone))
        }
    };
    Ok(contract.milestones.iter().filter(belongs).collect())
}

/// A milestone's id wins over a stage's, and a whole id over the start of one.
fn milestones_of_word<'c, S>(
    contract: &'c Contract<S>,
    word: &str,
    history: &History,
) -> Result<Vec<&'c Milestone<S>>, UnknownMilestone> {
    let lower = milestone_word(contract, &word.to_lowercase());
    let project = || contract.project.clone();
    if lower == NEXT {
        return next_milestones(contract, history);
    }
    let with_checks = |milestone: &'c Milestone<S>| {
        if milestone.checks.is_empty() {
            return Err(UnknownMilestone::Unchecked {
                project: project(),
                milestone: milestone.id.clone(),
            });
        }
        Ok(vec![milestone])
    };
    if let Some(exact) = contract.milestone(&lower) {
        return with_checks(exact);
    }
    let of_stage = |stage: &str| -> Result<Vec<&'c Milestone<S>>, UnknownMilestone> {
        let all = contract.milestones.iter().filter(|milestone| milestone.stage == stage);
        let checked: Vec<_> =
            all.clone().filter(|milestone| !milestone.checks.is_empty()).collect();
        match all.clone().next() {
            Some(first) if checked.is_empty() => {
                Err(UnknownMilestone::Unchecked { project: project(), milestone: first.id.clone() })
            }
            _ => Ok(checked),
        }
    };
    if contract.milestones.iter().any(|milestone| milestone.stage == lower) {
        return of_stage(&lower);
    }
    let ids = contract.milestones.iter().map(|milestone| milestone.id.as_str());
    let stages = contract.milestones.iter().map(|milestone| milestone.stage.as_str());
    let mut starts: Vec<&str> =
        ids.chain(stages).filter(|id| !lower.is_empty() && id.starts_with(&lower)).collect();
    starts.sort_unstable();
    starts.dedup();
    match starts.as_slice() {
        [id] => contract.milestone(id).map_or_else(|| of_stage(id), with_checks),
        [] => Err(unknown(contract, word)),
        several => Err(UnknownMilestone::Ambiguous {
            word: word.to_owned(),
            candidates: several.iter().map(|id| (*id).to_owned()).collect(),
        }),
    }
}

fn unknown<S>(contract: &Contract<S>, word: &str) -> UnknownMilestone {
    let ids = contract.milestones.iter().map(|milestone| milestone.id.as_str());
    UnknownMilestone::Milestone {
        project: contract.project.clone(),
        word: word.to_owned(),
        suggestion: nearest(word, ids.clone()).map(str::to_owned),
        known: ids.map(str::to_owned).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn contract() -> Contract {
        let check = "{id: a, title: A, steps: [{request: GET /}]}";
        let milestone = |id: &str, stage: &str, given: bool, checks: &str| {
            format!(
                "  - {{id: {id}, title: T, stage: {stage}, given: {given}, about: A, rules: R, \
                 hints: [A, B, C], checks: [{checks}]}}\n"
            )
        };
        let text = [
            "schema: 1\nproject: blog\nversion: 1\nmilestones:\n".to_owned(),
            milestone("serve", "web", true, check),
            milestone("search", "databases", true, check),
            milestone("accounts", "auth", false, check),
            milestone("caching", "caching", false, check),
            milestone("feed", "apis", false, ""),
        ];
        crate::contract::format::read::parse("c.yaml", &text.concat()).expect("sound")
    }

    fn chosen(words: &[&str], passed: &[&str]) -> Result<Vec<String>, UnknownMilestone> {
        let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        let history = History {
            passed: passed.iter().map(|id| (*id).to_owned()).collect(),
            ..History::default()
        };
        choose(&contract(), &words, &history)
            .map(|all| all.iter().map(|milestone| milestone.id.clone()).collect())
    }

    #[test]
    fn without_words_what_is_given_and_what_has_passed() {
        assert_eq!(chosen(&[], &[]).expect("some"), ["serve", "search"]);
        assert_eq!(chosen(&[], &["caching"]).expect("some"), ["serve", "search", "caching"]);
    }

    #[test]
    fn next_is_the_first_that_has_not_passed() {
        assert_eq!(chosen(&["next"], &[]).expect("what is given"), ["serve", "search"]);
        assert_eq!(chosen(&["next"], &["serve"]).expect("one"), ["search"]);
        assert_eq!(chosen(&["next"], &["serve", "search"]).expect("one"), ["accounts"]);
        let three = ["serve", "search", "accounts"];
        assert_eq!(chosen(&["next"], &three).expect("one"), ["caching"]);
        let all = ["serve", "search", "accounts", "caching"];
        assert!(matches!(chosen(&["next"], &all), Err(UnknownMilestone::AllPassed { .. })));
    }

    #[test]
    fn another_is_offered_if_what_it_needs_has_passed() {
        let mut contract = contract();
        let history = |ids: &[&str]| History {
            passed: ids.iter().map(|id| (*id).to_owned()).collect(),
            ..History::default()
        };
        let other = |contract: &Contract, passed: &[&str]| {
            let history = history(passed);
            let next = history.next(contract).expect("one is open");
            history.other(contract, next).map(|milestone| milestone.id.clone())
        };
        let given = ["serve", "search"];
        assert_eq!(other(&contract, &[]), None, "what is given comes together");
        assert_eq!(other(&contract, &given).as_deref(), Some("caching"));
        assert_eq!(other(&contract, &["serve", "search", "accounts"]), None);
        contract.milestones[3].needs = vec!["accounts".to_owned()];
        assert_eq!(other(&contract, &given), None);
        contract.milestones[3].needs = vec!["search".to_owned()];
        assert_eq!(other(&contract, &given).as_deref(), Some("caching"));
    }

    #[test]
    fn what_fails_again_comes_first() {
        let ids = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect();
        let history = History {
            passed: ids(&["serve", "search", "accounts"]),
            failing: ids(&["accounts", "search", "caching"]),
            ..History::default()
        };
        let contract = contract();
        assert_eq!(history.next(&contract).map(|milestone| milestone.id.as_str()), Some("search"));
        let chosen = choose(&contract, &["next".to_owned()], &history).expect("two");
        let chosen: Vec<&str> = chosen.iter().map(|milestone| milestone.id.as_str()).collect();
        assert_eq!(chosen, ["search", "accounts"]);
    }

    #[test]
    fn words_name_milestones_and_stages_in_the_order_of_the_contract() {
        assert_eq!(chosen(&["acc", "serve"], &[]).expect("two"), ["serve", "accounts"]);
        assert_eq!(chosen(&["databases"], &[]).expect("one"), ["search"]);
        assert_eq!(chosen(&["AUTH"], &[]).expect("one"), ["accounts"]);
        assert_eq!(chosen(&["caching", "cach"], &[]).expect("one"), ["caching"]);
    }

    #[test]
    fn unknown_words_are_errors() {
        let Err(UnknownMilestone::Milestone { suggestion, known: ids, .. }) =
            chosen(&["acounts"], &[])
        else {
            unreachable!("an unknown word");
        };
        assert_eq!(suggestion.as_deref(), Some("accounts"));
        assert_eq!(ids.len(), 5);
        assert!(matches!(chosen(&["s"], &[]), Err(UnknownMilestone::Ambiguous { .. })));
        assert!(matches!(chosen(&["feed"], &[]), Err(UnknownMilestone::Unchecked { .. })));
        assert!(matches!(chosen(&["apis"], &[]), Err(UnknownMilestone::Unchecked { .. })));
        assert!(matches!(chosen(&[""], &[]), Err(UnknownMilestone::Milestone { .. })));
    }
}
