//! The products in the database.

use sqlx::{QueryBuilder, Sqlite, SqliteExecutor};

use super::product::{Product, ProductFilter, Sort};
use crate::{
    database::{Database, push_search},
    error::Error,
    input::{Page, Paging},
};

pub async fn find(db: impl SqliteExecutor<'_>, id: i64) -> Result<Product, Error> {
    sqlx::query_as("SELECT * FROM catalogue WHERE id = ?")
        .bind(id)
        .fetch_optional(db)
        .await?
        .ok_or(Error::NotFound)
}

pub async fn list(
    db: &Database,
    filter: &ProductFilter,
    paging: Paging,
) -> Result<Page<Product>, Error> {
    let total = select("count(*)", filter).build_query_scalar().fetch_one(&db.readers).await?;
    let key = match filter.sort {
        Sort::Price => "price_cents",
        // Ignores the case of ASCII letters.
        Sort::Name => "name COLLATE NOCASE",
        Sort::Newest => "created_at",
    };
    let order = filter.order;
    let items = select("*", filter)
        .push(format!(" ORDER BY {key} {order}, id {order} LIMIT "))
        .push_bind(paging.limit())
        .push(" OFFSET ")
        .push_bind(paging.offset())
        .build_query_as()
        .fetch_all(&db.readers)
        .await?;
    Ok(paging.page_of(items, total))
}

pub async fn categories(db: &Database) -> Result<Vec<String>, Error> {
    let names = sqlx::query_scalar("SELECT DISTINCT category FROM products ORDER BY category");
    Ok(names.fetch_all(&db.readers).await?)
}

fn select(columns: &str, filter: &ProductFilter) -> QueryBuilder<Sqlite> {
    let mut query = QueryBuilder::new("SELECT ");
    query.push(columns).push(" FROM catalogue WHERE true");
    if let Some(category) = &filter.category {
        query.push(" AND category = ").push_bind(category);
    }
    if let Some(least) = filter.min_price {
        query.push(" AND price_cents >= ").push_bind(least);
    }
    if let Some(most) = filter.max_price {
        query.push(" AND price_cents <= ").push_bind(most);
    }
    if filter.in_stock {
        query.push(" AND stock > 0");
    }
    if let Some(search) = &filter.search {
        push_search(&mut query, &["name", "description"], search);
    }
    query
}
