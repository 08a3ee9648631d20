//! The contract as a file: its model, read and validated.

pub mod choose;
pub mod limits;
pub mod load;
pub mod model;
pub mod parts;
pub mod raw;
mod read_parts;
mod read_request;
mod read_restart;
mod read_step;
pub mod step;
pub mod validate;
mod validate_expect;
mod validate_values;
