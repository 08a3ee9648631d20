//! A repository of one's own: `new`, `adopt`, `check`, `doctor`, and mistakes in a template library.

mod adopt;
mod check;
mod doctor;
mod git;
mod git_identity;
pub mod layers;
mod layers_slots;
mod layers_templates;
mod new;
#[cfg(unix)]
mod new_install;
mod new_places;
mod new_refusals;
