//! Where a learner stands, and what to do next.

pub mod imported;
pub mod marked;
pub mod next;
pub mod pick;
pub mod progress;
pub mod welcome;
