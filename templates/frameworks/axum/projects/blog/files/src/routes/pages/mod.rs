//! The pages: HTML made on the server from the files in `templates/`.

pub mod article;
pub mod error;
pub mod list;
