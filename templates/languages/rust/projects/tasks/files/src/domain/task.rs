//! A task, and the rules for its fields.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use serde_json::Value;

use crate::{
    error::Error,
    input::{Fields, Paging, rule},
};

#[derive(Debug, Serialize, sqlx::FromRow)]
pub struct Task {
    pub id: i64,
    #[serde(flatten)]
    #[sqlx(flatten)]
    pub content: TaskContent,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

/// The part of a task that its users write.
#[derive(Debug, PartialEq, Eq, Serialize, sqlx::FromRow)]
pub struct TaskContent {
    pub title: String,
    pub description: String,
    pub status: Status,
    pub priority: Priority,
    pub due: Option<NaiveDate>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, sqlx::Type)]
#[serde(rename_all = "lowercase")]
#[sqlx(rename_all = "lowercase")]
pub enum Status {
    #[default]
    Todo,
    Doing,
    Done,
}

/// A number in the database, which sorts by it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, sqlx::Type)]
#[serde(rename_all = "lowercase")]
#[repr(i64)]
pub enum Priority {
    Low = 1,
    #[default]
    Normal = 2,
    High = 3,
}

#[derive(Clone, Copy, Debug, Default, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Sort {
    #[default]
    CreatedAt,
    Due,
    Priority,
    Title,
}

impl TaskContent {
    pub fn read(mut fields: Fields) -> Result<Self, Error> {
        let content = Self {
            title: fields.required("title", rule::line(1..=200)),
            description: fields
                .optional("description", rule::lines(0..=10_000))
                .unwrap_or_default(),
            status: fields.optional("status", status).unwrap_or_default(),
            priority: fields.optional("priority", priority).unwrap_or_default(),
            due: fields.optional("due", due).flatten(),
        };
        fields.finish(content)
    }
}

/// Which tasks a list shows, and in which order.
#[derive(Debug)]
pub struct TaskFilter {
    pub status: Option<Status>,
    pub priority: Option<Priority>,
    pub search: Option<String>,
    pub sort: Sort,
    pub descending: bool,
    pub paging: Paging,
}

impl TaskFilter {
    pub fn read(mut query: Fields) -> Result<Self, Error> {
        let sorts = [Sort::CreatedAt, Sort::Due, Sort::Priority, Sort::Title];
        let sort = query.optional("sort", rule::choice(&sorts));
        // Without `sort` the newest come first; any other order begins with the smallest.
        let order = query.optional("order", rule::choice(&["asc", "desc"]));
        let filter = Self {
            status: query.optional("status", status),
            priority: query.optional("priority", priority),
            search: query.optional("q", rule::search),
            sort: sort.unwrap_or_default(),
            descending: order.map_or(sort.is_none(), |order| order == "desc"),
            paging: Paging::read(&mut query),
        };
        query.finish(filter)
    }
}

fn status(value: &Value) -> Result<Status, String> {
    rule::choice(&[Status::Todo, Status::Doing, Status::Done])(value)
}

fn priority(value: &Value) -> Result<Priority, String> {
    rule::choice(&[Priority::Low, Priority::Normal, Priority::High])(value)
}

fn due(value: &Value) -> Result<Option<NaiveDate>, String> {
    if value.is_null() {
        return Ok(None);
    }
    // chrono reads `2026-1-5` and `+12026-01-05` as well; YYYY-MM-DD has ten characters.
    let text = value.as_str().filter(|text| text.len() == 10);
    let day: Option<NaiveDate> = text.and_then(|text| text.parse().ok());
    match day.filter(|day| day.to_string() == *value) {
        Some(day) => Ok(Some(day)),
        None => Err("must be a day of the calendar, as YYYY-MM-DD".to_owned()),
    }
}
