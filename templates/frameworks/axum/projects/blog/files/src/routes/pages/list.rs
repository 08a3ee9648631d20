//! The lists of posts: all of them, and those with a tag.

use askama::Template;
use axum::{extract::State, response::Html};

use crate::{
    database::Database,
    domain::{
        post::{Post, PostFilter},
        post_store,
    },
    error::Error,
    input::{Fields, Page, Paging},
    web::{Path, Query},
};

#[derive(Template)]
#[template(path = "list.html")]
struct ListPage {
    tag: Option<String>,
    posts: Page<Post>,
}

impl ListPage {
    fn previous(&self) -> Option<i64> {
        (self.posts.page > 1).then(|| self.posts.page - 1)
    }

    fn next(&self) -> Option<i64> {
        let shown = self.posts.page.saturating_mul(self.posts.per_page);
        (shown < self.posts.total).then(|| self.posts.page + 1)
    }
}

pub async fn home(
    State(db): State<Database>,
    Query(query): Query<Fields>,
) -> Result<Html<String>, Error> {
    show(&db, None, query).await
}

pub async fn tag(
    State(db): State<Database>,
    Path(tag): Path<String>,
    Query(query): Query<Fields>,
) -> Result<Html<String>, Error> {
    show(&db, Some(tag), query).await
}

async fn show(
    db: &Database,
    tag: Option<String>,
    mut query: Fields,
) -> Result<Html<String>, Error> {
    let paging = Paging::read(&mut query);
    let filter = PostFilter {
        tag,
        search: None,
        paging: Paging {
            per_page: 10,
            ..query.finish(paging)?
        },
    };
    let posts = post_store::list(db, &filter).await?;
    let tag = filter.tag;
    // A blog without posts has a home page all the same; other pages without posts do not exist.
    if posts.items.is_empty() && (posts.page > 1 || tag.is_some()) {
        return Err(Error::NotFound);
    }
    Ok(Html(ListPage { tag, posts }.render()?))
}
