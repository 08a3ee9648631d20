//! From the file to the contract that is run: every mistake of it has its line and column.

mod expansion;
mod expect;
mod load;
mod parts;
mod request;
mod restart;
mod step;
mod validate;
mod values;

pub use load::parse;
#[cfg(test)]
pub(in crate::contract) use load::step;
pub use validate::references;
