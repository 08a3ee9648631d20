//! The products in the database.

use sqlx::{QueryBuilder, Sqlite, SqliteExecutor};

use super::product::{Product, ProductFilter, Sort};
use crate::{database::Database, error::Error, input::Page};

pub async fn find(db: impl SqliteExecutor<'_>, id: i64) -> Result<Product, Error> {
    let product = sqlx::query_as("SELECT * FROM catalogue WHERE id = ?").bind(id);
    product.fetch_optional(db).await?.ok_or(Error::NotFound)
}

/// Counts and reads in one transaction, so that both see the same products.
pub async fn list(db: &Database, filter: ProductFilter) -> Result<Page<Product>, Error> {
    let key = match filter.sort {
        Sort::Newest => "created_at",
        Sort::Price => "price_cents",
        Sort::Name => "name COLLATE NOCASE",
    };
    let order = if filter.descending { "DESC" } else { "ASC" };
    let mut tx = db.readers.begin().await?;
    let total = select("count(*)", &filter)
        .build_query_scalar()
        .fetch_one(&mut *tx)
        .await?;
    let items = select("*", &filter)
        .push(format!(" ORDER BY {key} {order}, id {order} LIMIT "))
        .push_bind(filter.paging.per_page)
        .push(" OFFSET ")
        .push_bind(filter.paging.offset())
        .build_query_as()
        .fetch_all(&mut *tx)
        .await?;
    Ok(filter.paging.page_of(items, total))
}

pub async fn categories(db: &Database) -> Result<Vec<String>, Error> {
    let names = sqlx::query_scalar("SELECT DISTINCT category FROM products ORDER BY category");
    Ok(names.fetch_all(&db.readers).await?)
}

fn select(columns: &str, filter: &ProductFilter) -> QueryBuilder<Sqlite> {
    let mut query = QueryBuilder::new(format!("SELECT {columns} FROM catalogue WHERE true"));
    if let Some(category) = &filter.category {
        query.push(" AND category = ").push_bind(category.clone());
    }
    if let Some(min) = filter.min_price {
        query.push(" AND price_cents >= ").push_bind(min);
    }
    if let Some(max) = filter.max_price {
        query.push(" AND price_cents <= ").push_bind(max);
    }
    if filter.in_stock {
        query.push(" AND stock > 0");
    }
    if let Some(search) = &filter.search {
        // Not LIKE, in which % and _ have a meaning. `lower` knows ASCII letters only.
        query
            .push(" AND (instr(lower(name), lower(")
            .push_bind(search.clone());
        query
            .push(")) OR instr(lower(description), lower(")
            .push_bind(search.clone());
        query.push(")))");
    }
    query
}
