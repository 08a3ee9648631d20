//! Faults against the rules of chat.

use super::Row;

pub const FAULTS: &[Row] = &[];
