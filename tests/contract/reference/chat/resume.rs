//! chat, milestone `resume`: who comes back gets what was said meanwhile.

use super::api::State;
use super::hub::{Outbox, frame};
use crate::reference::clock;
use crate::reference::faults::fault;
use crate::reference::learner;
use crate::reference::protocol::http::{Request, Response};
use crate::reference::protocol::problem::{Errors, invalid};
use crate::reference::server::setting;
use crate::reference::store::Store;
use serde_json::{Value, json};
use std::sync::LazyLock;

/// So many missed messages are sent at most.
const LIMIT: usize = 1_000;
/// When the server started, for the fault that knows nothing of before.
static START: LazyLock<String> = LazyLock::new(clock::now);

/// There are too many missed messages to send.
pub struct TooMany;

/// Reads the clock once, at the start.
pub fn begin() {
    LazyLock::force(&START);
}

/// The id of the last message that was seen, if the request names one.
///
/// # Errors
/// 422 for what is no integer of 0 or more.
pub fn after(request: &Request) -> Result<Option<u64>, Response> {
    let sent = request.query("after").filter(|_| learner::has("resume"));
    let Some(sent) = sent else {
        return Ok(if fault("resume-without-after") { Some(0) } else { None });
    };
    match sent.parse() {
        Ok(0) if fault("resume-of-zero-ignored") => Ok(None),
        Ok(id) => Ok(Some(id)),
        Err(_) if fault("resume-bad-after-ignored") => Ok(None),
        Err(_) => {
            let message = vec!["must be an integer of 0 or more".to_owned()];
            Err(invalid(Errors::from([("after".to_owned(), message)])))
        }
    }
}

/// What was said in the room after that message; nothing if the request names none.
pub fn missed(store: &Store, room: u64, after: Option<u64>) -> Option<Result<Vec<Value>, TooMany>> {
    let after = after?;
    let limit = setting("RESUME_LIMIT", "").parse().unwrap_or(LIMIT);
    let limit = if fault("resume-limit-ignored") { LIMIT } else { limit };
    let is_missed = |message: &&Value| {
        let id = message["id"].as_u64().unwrap_or_default();
        let here = message["room_id"] == room || fault("resume-of-all-rooms");
        let known = message["sent_at"].as_str() >= Some(START.as_str());
        let later =
            id > after || fault("resume-inclusive") && id == after || fault("resume-everything");
        here && later && (known || !fault("resume-from-memory"))
    };
    let mut messages: Vec<Value> = store.rows("messages").filter(is_missed).cloned().collect();
    if fault("resume-up-to-limit") {
        messages.truncate(limit);
    }
    if messages.len() > limit {
        return Some(Err(TooMany));
    }
    if fault("resume-newest-first") {
        messages.reverse();
    }
    if fault("resume-skips-first") && !messages.is_empty() {
        messages.remove(0);
    }
    if fault("resume-nothing") {
        messages.clear();
    }
    if fault("resume-doubled") {
        messages.extend_from_within(..);
    }
    Some(Ok(messages))
}

/// The field `resumed` of the welcome; none where nobody asked to resume.
pub fn resumed_field(missed: Option<&Result<Vec<Value>, TooMany>>) -> Option<bool> {
    match missed.map(Result::is_ok) {
        _ if fault("welcome-lacks-resumed") => None,
        None if fault("welcome-always-resumed") => Some(true),
        resumed => resumed,
    }
}

/// Sends what was missed to who comes back, behind the welcome.
pub fn send(
    state: &mut State,
    room: u64,
    outbox: &Outbox,
    missed: Option<Result<Vec<Value>, TooMany>>,
) {
    for mut message in missed.and_then(Result::ok).unwrap_or_default() {
        message["type"] = json!("message");
        if fault("resume-without-author") {
            message.as_object_mut().map(|message| message.remove("author"));
        }
        if fault("resume-to-all") {
            state.hub.tell(room, None, &message, false);
        } else {
            outbox.push(frame(message));
        }
    }
}
