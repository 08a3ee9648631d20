//! Reads a contract: typed, and sound.

use super::model::Contract;
use super::validate;
use crate::yaml::{self, Mistake};

/// The contract in `text`; `file` is its name as the user would say it.
///
/// # Errors
/// Every mistake, each with its line and column; of syntax and type the first alone.
pub fn parse(file: &str, text: &str) -> Result<Contract, Vec<Mistake>> {
    let contract: Contract = yaml::parse(file, text).map_err(|mistake| vec![mistake])?;
    let findings = validate::findings(&contract);
    if findings.is_empty() { Ok(contract) } else { Err(yaml::locate(file, text, findings)) }
}

#[cfg(test)]
#[path = "load_tests.rs"]
mod tests;
