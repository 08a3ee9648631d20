//! What all routes share.

mod extract;
mod layers;
pub(crate) mod problem;
mod service;

pub(crate) use self::{
    extract::{Json, Path, Query},
    layers::around,
    service::routes,
};
