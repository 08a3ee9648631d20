//! The contract as a file: its model, read and validated.

pub mod choose;
pub mod load;
pub mod model;
pub mod parts;
pub mod validate;
mod validate_answer;
mod validate_step;
mod validate_values;
