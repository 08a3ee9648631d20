//! What the task list is about: tasks, the rules for them, and how they are stored.

pub(crate) mod task;
pub(crate) mod task_store;
