//! A product, and the query of the list of products.

use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::{
    error::Error,
    input::{Fields, Paging, rule},
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
    pub created_at: DateTime<Utc>,
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
    pub descending: bool,
    pub paging: Paging,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Sort {
    #[default]
    Newest,
    Price,
    Name,
}

impl ProductFilter {
    pub fn read(mut query: Fields) -> Result<Self, Error> {
        let sorts = [Sort::Newest, Sort::Price, Sort::Name];
        let sort = query
            .optional("sort", rule::choice(&sorts))
            .unwrap_or_default();
        let order = query.optional("order", rule::choice(&["asc", "desc"]));
        let filter = Self {
            search: query.optional("q", rule::search),
            category: query.optional("category", rule::search),
            min_price: query.optional("min_price", rule::number(0..=i64::MAX)),
            max_price: query.optional("max_price", rule::number(0..=i64::MAX)),
            in_stock: query
                .optional("in_stock", rule::choice(&["true"]))
                .is_some(),
            sort,
            descending: order.map_or(sort == Sort::Newest, |order| order == "desc"),
            paging: Paging::read(&mut query),
        };
        query.finish(filter)
    }
}
