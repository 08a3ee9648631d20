//! Ids in paths, and what is not there.

use super::faults::fault;
use super::protocol::http::Response;
use super::protocol::problem::problem;
use serde_json::json;

/// An id: a positive integer.
///
/// # Errors
/// The refusal: 404.
pub fn parse(text: &str) -> Result<u64, Response> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if fault("lax-ids") {
        let start = text.trim_start_matches(['+', ' ']);
        let end = start.find(|c: char| !c.is_ascii_digit()).unwrap_or(start.len());
        return start[..end].parse().map_err(|_| bad());
    }
    let number = text.parse::<u64>().ok().filter(|id| *id > 0 && digits && !text.starts_with('0'));
    if number.is_none() && digits && text.len() > 15 && fault("large-id-500") {
        return Err(problem(500, "The number overflows."));
    }
    number.ok_or_else(bad)
}

fn bad() -> Response {
    match () {
        () if fault("bad-id-422") => problem(422, "The id is no number."),
        () if fault("bad-id-400") => problem(400, "The id is no number."),
        () if fault("bad-id-500") => problem(500, "The id is no number."),
        () => absent(),
    }
}

/// Nothing has this id.
pub fn absent() -> Response {
    match () {
        () if fault("unknown-id-500") => problem(500, "Something is not there."),
        () if fault("unknown-id-200") => Response::json(200, json!({})),
        () => problem(404, "There is nothing with this id."),
    }
}

/// Nothing has this address.
pub fn unknown_path() -> Response {
    match () {
        () if fault("unknown-path-200") => Response::json(200, json!({})),
        () if fault("unknown-path-500") => problem(500, "No such route."),
        () => problem(404, "There is nothing at this address."),
    }
}

/// Random text of 128 bits.
pub fn random() -> String {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).expect("the system has random bytes");
    let length = if fault("short-ids") { 4 } else { 16 };
    if fault("guessable-ids") {
        return super::clock::micros().to_string();
    }
    bytes[..length].iter().map(|byte| format!("{byte:02x}")).collect()
}
