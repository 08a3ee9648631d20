//! What all routes share.

mod layers;
mod path;
pub(crate) mod problem;
mod service;

pub(crate) use self::{layers::around, path::Path, service::routes};
