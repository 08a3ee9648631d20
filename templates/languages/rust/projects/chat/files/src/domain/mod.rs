//! What the chat is about: rooms and messages, the rules for them, and how they are stored.

pub(crate) mod message;
pub(crate) mod message_store;
pub(crate) mod room;
pub(crate) mod room_store;
