//! The contract as a file: its model, read and validated.

mod carried;
mod choose;
mod fingerprint;
pub mod limits;
mod model;
mod read;

pub use carried::CarriedContract;
pub use choose::{History, UnknownMilestone, choose, milestone};
pub use model::{
    Action, Amid, BodyTemplate, Broker, Check, Conduct, ConnectStep, Contract, Crowd, Described,
    DescribedBody, During, End, Expect, FormPart, FormStep, Group, Html, Instance, Milestone, Mode,
    Names, Outgoing, Outline, Problem, Refused, Repeat, Repeated, Reply, RequestStep, Restart,
    Rows, Series, Signal, Size, Source, SourceAt, Span, Status, Statuses, Step, Steps,
};
#[cfg(test)]
pub(in crate::contract) use read::step;
pub use read::{parse, references};
