//! The chat: rooms, their hub of members, the socket, and the milestones of the learner.

pub mod accounts;
pub mod api;
pub mod broker;
pub mod hub;
pub mod limits;
pub mod ping;
pub mod private;
pub mod receipts;
pub mod resume;
pub mod socket;
pub mod together;
pub mod topic;
