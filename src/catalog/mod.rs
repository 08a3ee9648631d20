//! Projects, languages and frameworks by the words that people use for them, and which
//! starters there are.

mod lookup;
mod starters;

pub use lookup::{Catalog, NameKind, UnknownName};
pub use starters::Starter;
