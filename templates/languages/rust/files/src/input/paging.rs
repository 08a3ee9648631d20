//! The pages of a list: `?page=` and `?per_page=`.

use serde::Serialize;

use super::{Fields, rule};

/// Which part of a list is asked for. Pages count from 1.
#[derive(Clone, Copy, Debug)]
pub struct Paging {
    pub page: i64,
    pub per_page: i64,
}

impl Paging {
    pub fn read(query: &mut Fields) -> Self {
        Self {
            page: query
                .optional("page", rule::number(1..=i64::MAX))
                .unwrap_or(1),
            per_page: query
                .optional("per_page", rule::number(1..=100))
                .unwrap_or(20),
        }
    }

    pub fn offset(self) -> i64 {
        // A page far past the end is empty, not an overflow.
        (self.page - 1).saturating_mul(self.per_page)
    }

    pub fn page_of<T>(self, items: Vec<T>, total: i64) -> Page<T> {
        let Self { page, per_page } = self;
        Page {
            items,
            page,
            per_page,
            total,
        }
    }
}

/// One page of a list, and how many items there are on all pages.
#[derive(Debug, Serialize)]
pub struct Page<T> {
    pub items: Vec<T>,
    pub page: i64,
    pub per_page: i64,
    pub total: i64,
}
