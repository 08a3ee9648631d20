//! What several commands need: the session, the contracts, and the step to take next.

pub(super) mod contracts;
pub(super) mod reading;
pub(super) mod resolve;
pub(super) mod session;
pub(super) mod step;
