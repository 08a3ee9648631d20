//! The reference server: it meets the given milestones of every contract, and can be started with
//! one fault, so that it is known which check turns red by what.

mod accounts;
mod blog;
mod chat;
mod clock;
pub mod faults;
mod fields;
mod form;
mod ids;
pub mod learner;
mod list;
pub mod options;
mod pages;
mod protocol;
mod server;
mod shop;
mod store;
mod tasks;
mod token_accounts;
pub mod vacuous;
