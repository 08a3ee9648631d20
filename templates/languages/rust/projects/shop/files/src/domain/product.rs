//! A product, and the query of the list of products.

use serde::{Deserialize, Serialize};

use crate::{
    input::{Checker, Field, FieldErrors, Order, Paging, text, whole_number},
    timestamp::Timestamp,
};

#[derive(Debug, Serialize, sqlx::FromRow)]
pub struct Product {
    pub id: i64,
    pub sku: String,
    pub name: String,
    pub description: String,
    pub category: String,
    pub price_cents: i64,
    pub currency: String,
    pub stock: i64,
    pub created_at: Timestamp,
}

/// Which products a list shows, and in which order.
#[derive(Debug)]
pub struct ProductFilter {
    pub search: Option<String>,
    pub category: Option<String>,
    pub min_price: Option<i64>,
    pub max_price: Option<i64>,
    pub in_stock: bool,
    pub sort: Sort,
    pub order: Order,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Sort {
    Price,
    Name,
    Newest,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ProductQuery {
    q: Field<String>,
    category: Field<String>,
    min_price: Field<String>,
    max_price: Field<String>,
    in_stock: Field<String>,
    sort: Field<Sort>,
    order: Field<Order>,
    page: Field<String>,
    per_page: Field<String>,
}

impl ProductQuery {
    pub fn check(self) -> Result<(ProductFilter, Paging), FieldErrors> {
        let mut check = Checker::default();
        let sort = check.optional("sort", self.sort, Ok).unwrap_or(Sort::Newest);
        let usual = if sort == Sort::Newest { Order::Desc } else { Order::Asc };
        let filter = ProductFilter {
            search: check.optional("q", self.q, text::search),
            category: check.optional("category", self.category, text::search),
            min_price: check.optional("min_price", self.min_price, cents),
            max_price: check.optional("max_price", self.max_price, cents),
            in_stock: check.optional("in_stock", self.in_stock, only_true).unwrap_or(false),
            sort,
            order: check.optional("order", self.order, Ok).unwrap_or(usual),
        };
        let paging = Paging::read(&mut check, self.page, self.per_page);
        check.finish((filter, paging))
    }
}

fn cents(text: String) -> Result<i64, String> {
    whole_number(&text, 0..=i64::MAX)
}

fn only_true(text: String) -> Result<bool, String> {
    if text == "true" { Ok(true) } else { Err("must be true, or left out".to_owned()) }
}
