//! Commands of a project: made, checked, explained.

pub(super) mod adopt;
pub(super) mod check;
pub(super) mod doctor;
pub(super) mod hint;
pub(super) mod new;
pub(super) mod spec;
