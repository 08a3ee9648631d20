//! The pages of a list: `?page=` and `?per_page=`.

use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};

use super::{Checker, Field, FieldErrors};

const DEFAULT_PER_PAGE: i64 = 20;
const MOST_PER_PAGE: i64 = 100;

/// The query of a list without filters.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct PageQuery {
    page: Field<String>,
    per_page: Field<String>,
}

impl PageQuery {
    pub fn check(self) -> Result<Paging, FieldErrors> {
        let mut check = Checker::default();
        let paging = Paging::read(&mut check, self.page, self.per_page);
        check.finish(paging)
    }

    /// For a list whose pages have a fixed size.
    pub fn check_page(self, per_page: i64) -> Result<Paging, FieldErrors> {
        let mut check = Checker::default();
        let paging = Paging { page: read_page(&mut check, self.page), per_page };
        check.finish(paging)
    }
}

/// The part of a list that is asked for. Pages count from 1.
#[derive(Clone, Copy, Debug, Default)]
pub struct Paging {
    page: i64,
    per_page: i64,
}

/// One page of a list, and how many items there are on all pages.
#[derive(Debug, Serialize)]
pub struct Page<T> {
    pub items: Vec<T>,
    pub page: i64,
    pub per_page: i64,
    pub total: i64,
}

impl Paging {
    pub fn read(check: &mut Checker, page: Field<String>, per_page: Field<String>) -> Self {
        let most = |text: String| whole_number(&text, 1..=MOST_PER_PAGE);
        let per_page = check.optional("per_page", per_page, most).unwrap_or(DEFAULT_PER_PAGE);
        Self { page: read_page(check, page), per_page }
    }

    pub fn limit(self) -> i64 {
        self.per_page
    }

    pub fn offset(self) -> i64 {
        // A page far past the end is empty, not an overflow.
        (self.page - 1).saturating_mul(self.per_page)
    }

    pub fn page_of<T>(self, items: Vec<T>, total: i64) -> Page<T> {
        Page { items, page: self.page, per_page: self.per_page, total }
    }
}

impl<T> Page<T> {
    pub fn previous(&self) -> Option<i64> {
        (self.page > 1).then(|| self.page - 1)
    }

    pub fn next(&self) -> Option<i64> {
        (self.page.saturating_mul(self.per_page) < self.total).then(|| self.page + 1)
    }
}

fn read_page(check: &mut Checker, page: Field<String>) -> i64 {
    check.optional("page", page, |text| whole_number(&text, 1..=i64::MAX)).unwrap_or(1)
}

/// A number in a query: digits alone, for `parse` would take a `+` as well.
pub fn whole_number(text: &str, range: RangeInclusive<i64>) -> Result<i64, String> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let number = text.parse().ok().filter(|n| digits && range.contains(n));
    number.ok_or_else(|| {
        let (least, most) = (range.start(), range.end());
        format!("must be a whole number from {least} to {most}")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_far_past_the_end_does_not_overflow() {
        let paging = Paging { page: i64::MAX, per_page: 100 };
        assert_eq!(paging.offset(), i64::MAX);
        assert_eq!(paging.page_of(Vec::<u8>::new(), 5).next(), None);
    }

    #[test]
    fn a_number_is_made_of_digits_and_in_range() {
        assert_eq!(whole_number("100", 1..=100), Ok(100));
        let too_large = "9".repeat(20);
        for text in ["", "0", "101", "-1", "+1", "1.0", " 1", "９", &too_large] {
            assert!(whole_number(text, 1..=100).is_err(), "{text:?}");
        }
    }
}
