//! A post, and what can be done to one.

use serde::Serialize;

use crate::timestamp::Timestamp;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, sqlx::FromRow)]
pub struct Post {
    pub id: i64,
    pub slug: String,
    pub title: String,
    pub body: String,
    #[sqlx(json)]
    pub tags: Vec<String>,
    pub published: bool,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    /// When it was published first; it stays when the post is withdrawn.
    pub published_at: Option<Timestamp>,
}

#[derive(Debug)]
pub struct NewPost {
    pub title: String,
    pub body: String,
    pub tags: Vec<String>,
    pub published: bool,
}

/// What shall change; `None` stays as it is.
#[derive(Debug)]
pub struct PostChange {
    pub title: Option<String>,
    pub body: Option<String>,
    pub tags: Option<Vec<String>>,
    pub published: Option<bool>,
}

/// Which of the published posts a list shows.
#[derive(Debug, Default)]
pub struct PostFilter {
    pub tag: Option<String>,
    pub search: Option<String>,
}

impl PostChange {
    /// The post after the change; equal to `post` if nothing really changes.
    /// The slug always stays: links lead to it.
    pub fn apply(self, post: &Post) -> Post {
        let mut changed = Post {
            title: self.title.unwrap_or_else(|| post.title.clone()),
            body: self.body.unwrap_or_else(|| post.body.clone()),
            tags: self.tags.unwrap_or_else(|| post.tags.clone()),
            published: self.published.unwrap_or(post.published),
            ..post.clone()
        };
        if changed != *post {
            changed.updated_at = Timestamp::after(post.updated_at);
        }
        if changed.published && changed.published_at.is_none() {
            changed.published_at = Some(changed.updated_at);
        }
        changed
    }
}

impl Post {
    /// The beginning of the body, for a list.
    pub fn summary(&self) -> String {
        const CHARACTERS: usize = 240;
        match self.body.trim().char_indices().nth(CHARACTERS) {
            Some((end, _)) => format!("{}…", self.body.trim()[..end].trim_end()),
            None => self.body.trim().to_owned(),
        }
    }
}
