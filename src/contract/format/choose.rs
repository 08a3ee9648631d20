//! Which milestones are meant: by word, by what has passed, and which one is next. Pure.

use super::model::{Contract, Milestone};
use crate::suggest::nearest;
use std::collections::BTreeSet;

/// The word for the next milestone.
const NEXT: &str = "next";

/// A word that names no milestones.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UnknownMilestone {
    #[error("the contract of `{project}` has no milestone `{word}`")]
    Milestone { project: String, word: String, meant: Option<String>, known: Vec<String> },
    #[error("`{word}` could be several: {}", .candidates.join(", "))]
    Ambiguous { word: String, candidates: Vec<String> },
    #[error("the contract of `{project}` does not check `{milestone}` yet")]
    Unchecked { project: String, milestone: String },
    #[error("every milestone of `{project}` has passed")]
    AllPassed { project: String },
}

/// What is known of milestones before a run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Known {
    /// Those that passed here before.
    pub passed: BTreeSet<String>,
    /// Those that the framework brings with it.
    pub already: BTreeSet<String>,
    /// Those that failed when they were last checked.
    pub failing: BTreeSet<String>,
}

impl Known {
    fn is_open<S>(&self, milestone: &Milestone<S>) -> bool {
        !milestone.checks.is_empty()
            && !self.passed.contains(&milestone.id)
            && !self.already.contains(&milestone.id)
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
        let regression = contract.milestones.iter().find(|one| self.is_regression(&one.id));
        regression.or_else(|| contract.milestones.iter().find(|one| self.is_open(one)))
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
    known: &Known,
) -> Result<Vec<&'c Milestone<S>>, UnknownMilestone> {
    let mut wanted = BTreeSet::new();
    for word in words {
        wanted.extend(named(contract, word, known)?.into_iter().map(|one| one.id.as_str()));
    }
    let is_wanted = |one: &&Milestone<S>| {
        if words.is_empty() {
            one.given || known.passed.contains(&one.id)
        } else {
            wanted.contains(one.id.as_str())
        }
    };
    Ok(contract.milestones.iter().filter(is_wanted).collect())
}

/// One milestone by its id or an unambiguous start of it.
///
/// # Errors
/// A word that names none or several.
pub fn milestone<'c, S>(
    contract: &'c Contract<S>,
    word: &str,
) -> Result<&'c Milestone<S>, UnknownMilestone> {
    let lower = word.to_lowercase();
    if let Some(exact) = contract.milestone(&lower) {
        return Ok(exact);
    }
    let starts = |one: &&Milestone<S>| !lower.is_empty() && one.id.starts_with(&lower);
    match contract.milestones.iter().filter(starts).collect::<Vec<_>>().as_slice() {
        [one] => Ok(one),
        [] => Err(unknown(contract, word)),
        several => Err(UnknownMilestone::Ambiguous {
            word: word.to_owned(),
            candidates: several.iter().map(|one| one.id.clone()).collect(),
        }),
    }
}

/// A milestone's id wins over a stage's, and a whole id over the start of one.
fn named<'c, S>(
    contract: &'c Contract<S>,
    word: &str,
    known: &Known,
) -> Result<Vec<&'c Milestone<S>>, UnknownMilestone> {
    let lower = word.to_lowercase();
    let project = || contract.project.clone();
    if lower == NEXT {
        let next = known
            .next(contract)
            .ok_or_else(|| UnknownMilestone::AllPassed { project: project() })?;
        // Regressions are checked together; so is what is given, for nobody builds it piece by piece.
        let along = |one: &&Milestone<S>| match known.is_regression(&next.id) {
            true => known.is_regression(&one.id),
            false => one.id == next.id || (next.given && one.given && known.is_open(one)),
        };
        return Ok(contract.milestones.iter().filter(along).collect());
    }
    let with_checks = |one: &'c Milestone<S>| {
        if one.checks.is_empty() {
            return Err(UnknownMilestone::Unchecked {
                project: project(),
                milestone: one.id.clone(),
            });
        }
        Ok(vec![one])
    };
    if let Some(exact) = contract.milestone(&lower) {
        return with_checks(exact);
    }
    let of_stage = |stage: &str| -> Result<Vec<&'c Milestone<S>>, UnknownMilestone> {
        let all = contract.milestones.iter().filter(|one| one.stage == stage);
        let checked: Vec<_> = all.clone().filter(|one| !one.checks.is_empty()).collect();
        match all.clone().next() {
            Some(first) if checked.is_empty() => {
                Err(UnknownMilestone::Unchecked { project: project(), milestone: first.id.clone() })
            }
            _ => Ok(checked),
        }
    };
    if contract.milestones.iter().any(|one| one.stage == lower) {
        return of_stage(&lower);
    }
    let ids = contract.milestones.iter().map(|one| one.id.as_str());
    let stages = contract.milestones.iter().map(|one| one.stage.as_str());
    let mut starts: Vec<&str> =
        ids.chain(stages).filter(|id| !lower.is_empty() && id.starts_with(&lower)).collect();
    starts.sort_unstable();
    starts.dedup();
    match starts.as_slice() {
        [one] => contract.milestone(one).map_or_else(|| of_stage(one), with_checks),
        [] => Err(unknown(contract, word)),
        several => Err(UnknownMilestone::Ambiguous {
            word: word.to_owned(),
            candidates: several.iter().map(|one| (*one).to_owned()).collect(),
        }),
    }
}

fn unknown<S>(contract: &Contract<S>, word: &str) -> UnknownMilestone {
    let known = contract.milestones.iter().map(|one| one.id.as_str());
    UnknownMilestone::Milestone {
        project: contract.project.clone(),
        word: word.to_owned(),
        meant: nearest(word, known.clone()).map(str::to_owned),
        known: known.map(str::to_owned).collect(),
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
        crate::contract::format::load::parse("c.yaml", &text.concat()).expect("sound")
    }

    fn chosen(words: &[&str], passed: &[&str]) -> Result<Vec<String>, UnknownMilestone> {
        let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        let known = Known {
            passed: passed.iter().map(|id| (*id).to_owned()).collect(),
            ..Known::default()
        };
        choose(&contract(), &words, &known)
            .map(|all| all.iter().map(|one| one.id.clone()).collect())
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
        let most = ["serve", "search", "accounts"];
        assert_eq!(chosen(&["next"], &most).expect("one"), ["caching"]);
        let all = ["serve", "search", "accounts", "caching"];
        assert!(matches!(chosen(&["next"], &all), Err(UnknownMilestone::AllPassed { .. })));
    }

    #[test]
    fn what_fails_again_comes_first() {
        let ids = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect();
        let known = Known {
            passed: ids(&["serve", "search", "accounts"]),
            failing: ids(&["accounts", "search", "caching"]),
            ..Known::default()
        };
        let contract = contract();
        assert_eq!(known.next(&contract).map(|one| one.id.as_str()), Some("search"));
        let chosen = choose(&contract, &["next".to_owned()], &known).expect("two");
        let chosen: Vec<&str> = chosen.iter().map(|one| one.id.as_str()).collect();
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
    fn what_names_nothing_is_told() {
        let Err(UnknownMilestone::Milestone { meant, known, .. }) = chosen(&["acounts"], &[])
        else {
            unreachable!("an unknown word");
        };
        assert_eq!(meant.as_deref(), Some("accounts"));
        assert_eq!(known.len(), 5);
        assert!(matches!(chosen(&["s"], &[]), Err(UnknownMilestone::Ambiguous { .. })));
        assert!(matches!(chosen(&["feed"], &[]), Err(UnknownMilestone::Unchecked { .. })));
        assert!(matches!(chosen(&["apis"], &[]), Err(UnknownMilestone::Unchecked { .. })));
        assert!(matches!(chosen(&[""], &[]), Err(UnknownMilestone::Milestone { .. })));
    }
}
