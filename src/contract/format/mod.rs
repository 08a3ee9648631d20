//! The contract as a file: its model, read and validated.

mod carried;
mod choose;
mod contract;
pub mod limits;
mod load;
mod model;
mod parts;
mod raw;
mod read_parts;
mod read_request;
mod read_restart;
mod read_step;
mod step;
mod validate;
mod validate_expect;
mod validate_values;

pub use carried::carried_outline;
pub use choose::{History, UnknownMilestone, choose, milestone};
pub use load::parse;
#[cfg(test)]
pub(in crate::contract) use load::step;
pub use model::{Check, Contract, Expect, Milestone, Outline, Size};
pub use parts::{
    Conduct, Crowd, Described, DescribedBody, Html, Names, Problem, Rows, Signal, Source, SourceAt,
    Span, Status, Statuses,
};
pub use step::{
    Action, Amid, BodyTemplate, ConnectStep, During, End, FormStep, Group, Mode, Outgoing, Refused,
    Repeat, Repeated, RequestStep, Restart, Step, Steps,
};
pub use validate::references;
