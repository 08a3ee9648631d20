//! What the chat is about: rooms and messages, the rules for them, and how they are stored.

pub mod message;
pub mod message_store;
pub mod room;
pub mod room_store;
