//! What the blog is about: posts and comments, the rules for them, and how they are stored.

pub(crate) mod comment;
pub(crate) mod comment_store;
pub(crate) mod post;
pub(crate) mod post_store;
mod slug;
