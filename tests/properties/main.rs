//! What holds for every name and for every tree, not only for those that somebody thought of.

mod commits;
mod names;
