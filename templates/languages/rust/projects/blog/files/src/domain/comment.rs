//! A comment on a post, as it is and as clients send it.

use serde::{Deserialize, Serialize};

use crate::{
    input::{Checker, Field, FieldErrors, text},
    timestamp::Timestamp,
};

#[derive(Debug, Serialize, sqlx::FromRow)]
pub struct Comment {
    pub id: i64,
    pub author: String,
    pub body: String,
    pub created_at: Timestamp,
}

#[derive(Debug)]
pub struct NewComment {
    pub author: String,
    pub body: String,
}

/// From JSON as well as from the form on the page.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct CommentInput {
    pub author: Field<String>,
    pub body: Field<String>,
}

impl CommentInput {
    pub fn into_new(self) -> Result<NewComment, FieldErrors> {
        let mut check = Checker::default();
        let comment = NewComment {
            author: check.required("author", self.author, |text| text::line(&text, 1..=80)),
            body: check.required("body", self.body, |text| text::lines(&text, 1..=2000)),
        };
        check.finish(comment)
    }
}
