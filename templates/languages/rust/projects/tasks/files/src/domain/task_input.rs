//! A task as clients send it, and the rules for its fields.

use serde::Deserialize;

use super::{
    day::Day,
    task::{Priority, Sort, Status, TaskChange, TaskFields, TaskFilter},
};
use crate::input::{Checker, Field, FieldErrors, Order, Paging, text};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct TaskInput {
    title: Field<String>,
    description: Field<String>,
    status: Field<Status>,
    priority: Field<Priority>,
    due: Field<Option<String>>,
}

impl TaskInput {
    /// For a whole task: what is left out is missing, or has a default.
    pub fn into_fields(self) -> Result<TaskFields, FieldErrors> {
        let mut check = Checker::default();
        let fields = TaskFields {
            title: check.required("title", self.title, title),
            description: check
                .optional("description", self.description, description)
                .unwrap_or_default(),
            status: check.optional("status", self.status, Ok).unwrap_or_default(),
            priority: check.optional("priority", self.priority, Ok).unwrap_or_default(),
            due: check.optional("due", self.due, due).flatten(),
        };
        check.finish(fields)
    }

    /// For a task that exists: what is left out stays as it is.
    pub fn into_change(self) -> Result<TaskChange, FieldErrors> {
        let mut check = Checker::default();
        let change = TaskChange {
            title: check.optional("title", self.title, title),
            description: check.optional("description", self.description, description),
            status: check.optional("status", self.status, Ok),
            priority: check.optional("priority", self.priority, Ok),
            due: check.optional("due", self.due, due),
        };
        check.finish(change)
    }
}

/// The query of the list.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct TaskQuery {
    status: Field<Status>,
    priority: Field<Priority>,
    q: Field<String>,
    sort: Field<Sort>,
    order: Field<Order>,
    page: Field<String>,
    per_page: Field<String>,
}

impl TaskQuery {
    pub fn check(self) -> Result<(TaskFilter, Paging), FieldErrors> {
        let mut check = Checker::default();
        let sort = check.optional("sort", self.sort, Ok);
        // The newest first, but what somebody sorts by themselves begins with the least.
        let usual = if sort.is_some() { Order::Asc } else { Order::Desc };
        let filter = TaskFilter {
            status: check.optional("status", self.status, Ok),
            priority: check.optional("priority", self.priority, Ok),
            search: check.optional("q", self.q, text::search),
            sort: sort.unwrap_or(Sort::CreatedAt),
            order: check.optional("order", self.order, Ok).unwrap_or(usual),
        };
        let paging = Paging::read(&mut check, self.page, self.per_page);
        check.finish((filter, paging))
    }
}

fn title(title: String) -> Result<String, String> {
    text::line(&title, 1..=200)
}

fn description(description: String) -> Result<String, String> {
    text::lines(&description, 0..=10_000)
}

fn due(day: Option<String>) -> Result<Option<Day>, String> {
    day.map(|day| Day::parse(&day)).transpose()
}
