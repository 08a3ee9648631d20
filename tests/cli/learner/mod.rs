//! The person's path: `pick`, `next`, `done`, `progress`, and the state file.

mod done;
mod next;
mod pick;
mod progress;
mod quiz;
mod state;
