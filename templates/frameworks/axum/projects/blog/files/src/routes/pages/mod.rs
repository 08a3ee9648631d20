//! The pages: HTML made on the server from the files in `templates/`.

pub(super) mod article;
pub(super) mod error;
pub(super) mod list;
