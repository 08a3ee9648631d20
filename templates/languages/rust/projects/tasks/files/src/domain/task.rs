//! A task, and what can be done to one.

use serde::{Deserialize, Serialize};

use super::day::Day;
use crate::{input::Order, timestamp::Timestamp};

#[derive(Clone, Debug, Serialize, sqlx::FromRow)]
pub struct Task {
    pub id: i64,
    #[serde(flatten)]
    #[sqlx(flatten)]
    pub fields: TaskFields,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

/// The part of a task that its users write.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, sqlx::FromRow)]
pub struct TaskFields {
    pub title: String,
    pub description: String,
    pub status: Status,
    pub priority: Priority,
    pub due: Option<Day>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, sqlx::Type)]
#[serde(rename_all = "lowercase")]
#[sqlx(rename_all = "lowercase")]
pub enum Status {
    #[default]
    Todo,
    Doing,
    Done,
}

/// A number in the database, so that it can be sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, sqlx::Type)]
#[serde(rename_all = "lowercase")]
#[repr(i64)]
pub enum Priority {
    Low = 1,
    #[default]
    Normal = 2,
    High = 3,
}

/// What shall change; `None` stays as it is.
#[derive(Debug)]
pub struct TaskChange {
    pub title: Option<String>,
    pub description: Option<String>,
    pub status: Option<Status>,
    pub priority: Option<Priority>,
    pub due: Option<Option<Day>>,
}

impl TaskChange {
    pub fn apply(self, fields: TaskFields) -> TaskFields {
        TaskFields {
            title: self.title.unwrap_or(fields.title),
            description: self.description.unwrap_or(fields.description),
            status: self.status.unwrap_or(fields.status),
            priority: self.priority.unwrap_or(fields.priority),
            due: self.due.unwrap_or(fields.due),
        }
    }
}

/// Which tasks a list shows, and in which order.
#[derive(Debug)]
pub struct TaskFilter {
    pub status: Option<Status>,
    pub priority: Option<Priority>,
    pub search: Option<String>,
    pub sort: Sort,
    pub order: Order,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sort {
    CreatedAt,
    Due,
    Priority,
    Title,
}
