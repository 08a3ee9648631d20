//! Faults against the rules of shop.

use super::Row;

pub const FAULTS: &[Row] = &[
    ("guessable-ids", "counts carts and orders"),
    ("short-ids", "gives carts and orders ids of 32 bits"),
];
