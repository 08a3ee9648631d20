//! Each target takes bytes as a stranger could have written them, and panics where what comes of them breaks a promise.

mod http;
mod judge;
mod page;
mod peer;
mod progress;
mod text;
mod websocket;

/// What a target does with the bytes.
pub type Target = fn(&[u8]);

/// A target by its name, which is the name of its folder in `corpus` too.
pub const TARGETS: [(&str, Target); 8] = [
    ("contract", text::contract),
    ("http", http::response),
    ("judge", judge::judge),
    ("name", text::name),
    ("page", page::page),
    ("progress", progress::progress),
    ("roadmap", text::roadmap),
    ("websocket", websocket::frames),
];
