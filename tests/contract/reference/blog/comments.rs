//! blog: how comments are read, stored and shown.

use crate::reference::clock;
use crate::reference::faults::fault;
use crate::reference::form::{Absent, Form};
use crate::reference::protocol::http::Response;
use crate::reference::store::Store;
use serde_json::{Map, Value, json};

/// The comments of a post as they are stored.
pub fn of_post(store: &Store, post: &Value) -> Vec<Value> {
    let by_slug = fault("comment-left-behind");
    let of = |comment: &&Value| match by_slug {
        _ if fault("comments-of-all") => true,
        true => comment["slug"] == post["slug"],
        false => comment["post_id"] == post["id"],
    };
    store.rows("comments").filter(of).cloned().collect()
}

/// A comment without the fields that only the store needs.
pub fn shown(mut comment: Value) -> Value {
    if let Some(map) = comment.as_object_mut() {
        map.retain(|name, _| name != "post_id" && name != "slug");
    }
    comment
}

/// The comment of a request's fields, or the names of the refused fields and the response.
pub fn read_comment(object: &Map<String, Value>) -> Result<Value, (Vec<String>, Response)> {
    let mut form = Form::new(object, &["author", "body"]);
    let author = form.take("comment.author", Absent::Refused);
    let body = form.take("comment.body", Absent::Refused);
    let broken = form.errors.keys().cloned().collect();
    form.finish().map_err(|refusal| (broken, refusal))?;
    Ok(json!({"author": author, "body": body}))
}

/// Stores a comment on `post`, and returns it as it is stored.
pub fn add(store: &mut Store, post: &Value, mut comment: Value) -> Value {
    let id = store.next_id("comments");
    comment["id"] = json!(id);
    comment["created_at"] = json!(clock::now());
    comment["post_id"] = post["id"].clone();
    comment["slug"] = post["slug"].clone();
    store.put("comments", id, &comment);
    store.commit();
    comment
}
