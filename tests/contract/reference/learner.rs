//! The learner's milestones that the server was started with: `--with stats --with accounts`.

use std::collections::BTreeSet;
use std::sync::OnceLock;

static BUILT: OnceLock<BTreeSet<String>> = OnceLock::new();

/// The learner's milestones of a project that the reference server can meet.
pub fn of(project: &str) -> &'static [&'static str] {
    match project {
        "tasks" => &[
            "stats",
            "estimate",
            "accounts",
            "roles",
            "conditional",
            "limits",
            "graphql",
            "live",
            "jobs",
        ],
        "blog" => &[
            "archive", "excerpt", "accounts", "csrf", "roles", "markdown", "feed", "caching",
            "search", "uploads",
        ],
        "shop" => &[
            "related",
            "coupons",
            "accounts",
            "admin",
            "payments",
            "caching",
            "reservations",
            "events",
            "metrics",
        ],
        "chat" => {
            &["find", "topic", "accounts", "private", "limits", "resume", "receipts", "scale-out"]
        }
        _ => &[],
    }
}

/// Starts with these milestones, once, and with those that they need.
pub fn start_with(mut names: BTreeSet<String>) {
    if ["roles", "admin", "limits", "live", "jobs", "caching", "private"]
        .iter()
        .any(|name| names.contains(*name))
    {
        names.insert("accounts".to_owned());
    }
    let _ = BUILT.set(names);
}

/// `--with nothing`: a server of which only the first milestone, `serve`, is built yet.
pub const NOTHING: &str = "nothing";

/// Whether this path is not built yet.
pub fn is_missing(path: &str) -> bool {
    has(NOTHING) && !matches!(path, "/healthz" | "/openapi.json")
}

/// `names` without the last one, where the milestone that brings it is not met.
pub fn offered(milestone: &str, names: &'static [&'static str]) -> &'static [&'static str] {
    if has(milestone) { names } else { &names[..names.len() - 1] }
}

/// Whether the server meets the milestone of this name.
pub fn has(name: &str) -> bool {
    BUILT.get().is_some_and(|built| built.contains(name))
}
