//! Commands of a learner's own path: what is done, what comes next.

pub(super) mod done;
pub(super) mod next;
pub(super) mod pick;
pub(super) mod progress;
pub(super) mod welcome;
