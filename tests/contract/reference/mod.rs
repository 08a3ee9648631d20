//! The reference server: it meets the given milestones of every contract, and can be started with
//! one fault, so that it is known which check turns red by what.

mod accounts;
mod blog;
mod blog_accounts;
mod blog_pages;
mod body;
mod cart;
mod chat;
mod checkout;
mod clock;
mod distort;
pub mod faults;
mod fields;
mod form;
mod hostile;
mod http;
mod hub;
mod ids;
pub mod learner;
mod list;
pub mod options;
mod pages;
mod problem;
mod server;
mod shop;
mod slug;
mod socket;
mod store;
mod tasks;
mod tasks_accounts;
mod tasks_estimate;
mod tasks_stats;
pub mod vacuous;
mod wire;
