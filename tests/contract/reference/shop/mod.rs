//! The shop: the given milestones, and those of the learner.

mod accounts;
mod admin;
pub mod api;
pub mod caching;
pub mod cart;
pub mod checkout;
pub mod coupons;
pub mod events;
pub mod metrics;
pub mod payments;
pub mod related;
pub mod reservations;
