//! The lists of posts: all of them, and those with a tag.

use askama::Template;
use axum::{extract::State, response::Html};

use super::render;
use crate::{
    database::Database,
    domain::{
        post::{Post, PostFilter},
        post_store,
    },
    input::{Page, PageQuery},
    web::{Path, Problem, Query},
};

const POSTS_PER_PAGE: i64 = 10;

#[derive(Template)]
#[template(path = "list.html")]
struct ListPage {
    tag: Option<String>,
    posts: Page<Post>,
}

pub async fn home(
    State(db): State<Database>,
    Query(query): Query<PageQuery>,
) -> Result<Html<String>, Problem> {
    show(&db, None, query).await
}

pub async fn tag(
    State(db): State<Database>,
    Path(tag): Path<String>,
    Query(query): Query<PageQuery>,
) -> Result<Html<String>, Problem> {
    show(&db, Some(tag), query).await
}

async fn show(
    db: &Database,
    tag: Option<String>,
    query: PageQuery,
) -> Result<Html<String>, Problem> {
    let paging = query.check_page(POSTS_PER_PAGE)?;
    let filter = PostFilter { tag, search: None };
    let posts = post_store::list(db, &filter, paging).await?;
    let tag = filter.tag;
    // A blog without posts has a home page all the same; other pages without posts are not there.
    if posts.items.is_empty() && (posts.page > 1 || tag.is_some()) {
        return Err(Problem::not_found());
    }
    render(&ListPage { tag, posts })
}
