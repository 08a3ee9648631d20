//! Faults against the milestones `accounts`.

use super::Row;

pub const TASKS: &[Row] = &[];

pub const BLOG: &[Row] = &[];
