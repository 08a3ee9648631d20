//! Reads what a client sent: every field is checked, and all that is wrong is told at once.

mod checker;
mod field;
mod id;
mod order;
mod paging;
pub mod text;

pub use checker::{Checker, FieldErrors};
pub use field::Field;
pub use id::Id;
pub use order::Order;
pub use paging::{Page, PageQuery, Paging, whole_number};
