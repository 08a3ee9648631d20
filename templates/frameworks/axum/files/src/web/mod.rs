//! What all routes share.

mod extract;
mod layers;
pub mod problem;
mod service;

pub use self::{
    extract::{Json, Path, Query},
    layers::around,
    service::routes,
};
