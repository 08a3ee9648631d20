//! What the blog is about: posts and comments, the rules for them, and how they are stored.

pub mod comment;
pub mod comment_store;
pub mod post;
pub mod post_store;
mod slug;
