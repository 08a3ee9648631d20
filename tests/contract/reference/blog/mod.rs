//! The blog: the given milestones, and those of the learner.

pub mod accounts;
pub mod api;
pub mod archive;
pub mod caching;
pub mod comments;
pub mod csrf;
pub mod excerpt;
pub mod feed;
pub mod fields;
pub mod markdown;
pub mod multipart;
pub mod pages;
pub mod roles;
pub mod search;
pub mod slug;
pub mod uploads;
pub mod words;
