//! Reads what a client sent: every field is checked, and all that is wrong is told at once.

mod checker;
mod field;
mod paging;
pub mod text;

pub use checker::{Checker, FieldErrors};
pub use field::Field;
pub use paging::{Page, PageQuery, Paging};
