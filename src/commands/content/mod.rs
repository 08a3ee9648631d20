//! Commands that show the content, check it, and describe this program.

pub(super) mod completions;
pub(super) mod lint;
pub(super) mod list;
pub(super) mod pages;
pub(super) mod show;
