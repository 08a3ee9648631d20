//! Reads a contract: typed, and sound.

use super::validate;
use crate::contract::format::model::{Contract, RawStep};
use crate::yaml::{self, Mistake};

/// The contract in `text`; `file` is its name as the user would say it.
///
/// # Errors
/// Every mistake, each with its line and column; of syntax and type the first alone.
pub fn parse(file: &str, text: &str) -> Result<Contract, Vec<Mistake>> {
    let raw: Contract<RawStep> = yaml::parse(file, text).map_err(|mistake| vec![mistake])?;
    validate::read(&raw).map_err(|findings| yaml::locate(file, text, findings))
}

/// A step by itself, for tests.
#[cfg(test)]
pub(in crate::contract) fn step(text: &str) -> crate::contract::format::model::Step {
    let indented = text.replace('\n', "\n      ");
    let contract = format!(
        "schema: 1\nproject: p\nversion: 1\nfragments:\n  f:\n    - {indented}\nmilestones:\n  \
         - {{id: m, title: M, stage: web, about: A}}\n"
    );
    let read = parse("step.yaml", &contract);
    let mut contract = read.unwrap_or_else(|mistakes| panic!("{}", mistakes[0]));
    contract.fragments.remove("f").and_then(|mut steps| steps.pop()).expect("a step")
}

#[cfg(test)]
#[path = "load_tests.rs"]
mod tests;
