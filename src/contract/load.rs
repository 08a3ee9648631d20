//! Reads a contract: typed, and sound.

use super::model::Contract;
use crate::yaml::{self, Mistake};

/// The contract in `text`; `file` is its name as the user would say it.
///
/// # Errors
/// Every mistake, each with its line and column; of syntax and type the first alone.
pub fn parse(file: &str, text: &str) -> Result<Contract, Vec<Mistake>> {
    let contract: Contract = yaml::parse(file, text).map_err(|mistake| vec![mistake])?;
    Ok(contract)
}
