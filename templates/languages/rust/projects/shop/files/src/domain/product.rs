//! A product, and the query of the list of products.

use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::{
    error::Error,
    input::{Fields, Paging, rule},
};

#[derive(Debug, Serialize, sqlx::FromRow)]
pub(crate) struct Product {
    pub(crate) id: i64,
    pub(crate) sku: String,
    pub(crate) name: String,
    pub(crate) description: String,
    pub(crate) category: String,
    pub(crate) price_cents: i64,
    pub(crate) currency: String,
    pub(crate) stock: i64,
    pub(crate) created_at: DateTime<Utc>,
}

/// Which products a list shows, and in which order.
#[derive(Debug)]
pub(crate) struct ProductFilter {
    pub(crate) search: Option<String>,
    pub(crate) category: Option<String>,
    pub(crate) min_price: Option<i64>,
    pub(crate) max_price: Option<i64>,
    pub(crate) in_stock: bool,
    pub(crate) sort: Sort,
    pub(crate) descending: bool,
    pub(crate) paging: Paging,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Sort {
    #[default]
    Newest,
    Price,
    Name,
}

impl ProductFilter {
    pub(crate) fn read(mut query: Fields) -> Result<Self, Error> {
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
