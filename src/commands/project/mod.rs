//! Commands of a project: they create it, check it and explain it.

pub(super) mod adopt;
pub(super) mod check;
pub(super) mod doctor;
pub(super) mod hint;
pub(super) mod new;
pub(super) mod spec;
