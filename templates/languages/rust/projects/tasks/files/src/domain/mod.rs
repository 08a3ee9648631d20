//! What the task list is about: tasks, the rules for them, and how they are stored.

pub mod task;
pub mod task_store;
