//! The one fault with which the server was started, and the list of all.
//!
//! A fault breaks one rule of the contract. Its name is a word (`lost-update`), a word for one of
//! several places (`problem-lacks:title`), or a field and what is wrong with its check
//! (`task.title:long`). The code asks for it where the rule lives.

mod accounts;
mod blog;
mod blog_later;
mod blog_search;
mod chat;
mod chat_later;
mod later;
mod shared;
mod shop;
mod shop_later;
mod small;
mod tasks;
mod tasks_later;

use super::fields::{self, Field};
use super::learner;
use std::sync::OnceLock;

/// Its name, and what is wrong.
pub type Row = (&'static str, &'static str);

pub struct Fault {
    pub name: String,
    pub wrong: String,
    /// The learner's milestone whose rule it breaks, if it breaks one of those.
    pub milestone: Option<&'static str>,
    /// Whether it breaks a rule of this project alone, which is not about a single field.
    pub own: bool,
}

static ACTIVE: OnceLock<String> = OnceLock::new();

/// Starts with this fault, once.
pub fn start_with(name: &str) {
    let _ = ACTIVE.set(name.to_owned());
}

fn active() -> &'static str {
    ACTIVE.get().map_or("", String::as_str)
}

/// Whether the server has this fault.
pub fn fault(name: &str) -> bool {
    active() == name
}

/// Which of its places a fault is about.
pub fn param(name: &str) -> Option<&'static str> {
    active().strip_prefix(name)?.strip_prefix(':')
}

/// Whether this is wrong with the check of a field.
pub fn field_fault(field: &Field, kind: &str) -> bool {
    param(field.path) == Some(kind)
}

/// The field that errors do not name.
pub fn unnamed() -> Option<&'static str> {
    active().strip_suffix(":unnamed")
}

/// Whether some field accepts a lone surrogate.
pub fn any_surrogate_fault() -> bool {
    active().ends_with(":surrogate")
}

/// The learner's milestone that brings a field, if one does.
fn milestone_of(field: &Field) -> Option<&'static str> {
    match field.path {
        "user.email" | "user.name" | "user.password" => Some("accounts"),
        "user.role" => Some("roles"),
        _ if field.path.starts_with("product.") => Some("admin"),
        "task.estimate" => Some("estimate"),
        "post.excerpt" => Some("excerpt"),
        "post.format" => Some("markdown"),
        "room.topic" => Some("topic"),
        "room.private" => Some("private"),
        _ => None,
    }
}

/// The faults of a project.
pub fn of(project: &str) -> Vec<Fault> {
    let (own, own_accounts): (&[Row], [&[Row]; 2]) = match project {
        "tasks" => (tasks::FAULTS, [accounts::TOKEN, accounts::TASKS]),
        "blog" => (blog::FAULTS, [accounts::BLOG, &[]]),
        "shop" => (shop::FAULTS, [accounts::TOKEN, accounts::SHOP]),
        "chat" => (chat::FAULTS, [accounts::CHAT, &[]]),
        _ => return Vec::new(),
    };
    let fault = |own: bool, milestone: Option<&'static str>| {
        move |(name, wrong): &Row| Fault {
            name: (*name).to_owned(),
            wrong: (*wrong).to_owned(),
            milestone,
            own,
        }
    };
    let mut all: Vec<Fault> = shared::of(project).iter().map(fault(false, None)).collect();
    all.extend(own.iter().map(fault(true, None)));
    for name in learner::of(project) {
        all.extend(small::of(name).iter().map(fault(true, Some(*name))));
        if project == "shop" {
            all.extend(shop_later::of(name).iter().map(fault(true, Some(*name))));
        }
        all.extend(later::of(project, name).iter().map(fault(true, Some(*name))));
        all.extend(chat_later::of(project, name).iter().map(fault(true, Some(*name))));
        all.extend(tasks_later::of(project, name).iter().map(fault(true, Some(*name))));
    }
    if learner::of(project).contains(&"accounts") {
        let rows = accounts::BOTH.iter().chain(own_accounts.into_iter().flatten());
        all.extend(rows.map(fault(true, Some("accounts"))));
    }
    let own = fields::FIELDS.iter().filter(|field| field.project == project);
    for field in own {
        // A name in a query has no type, and a message no object of errors.
        let senseless: &[&str] = match field.path {
            "member.name" => &["type", "null", "missing", "surrogate"],
            "message.text" => &["unnamed"],
            // Fields of an HTML form are texts, or not there.
            "user.email" | "user.password" if project == "blog" => {
                &["type", "null", "missing", "surrogate", "unnamed", "nul"]
            }
            _ => &[],
        };
        let kinds = fields::kinds(field.rule).into_iter();
        let kinds = kinds.filter(|(kind, _)| !senseless.contains(kind));
        all.extend(kinds.map(|(kind, wrong)| Fault {
            name: format!("{}:{kind}", field.path),
            wrong: format!("{}: {wrong}", field.path),
            milestone: milestone_of(field),
            own: false,
        }));
    }
    all
}
