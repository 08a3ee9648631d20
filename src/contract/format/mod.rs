//! The contract as a file: its model, read and validated.

mod choose;
mod embedded;
mod fingerprint;
pub mod limits;
mod model;
mod read;

pub use choose::{History, UnknownMilestone, choose, milestone};
pub use embedded::EmbeddedContract;
pub use model::{
    Action, BodyTemplate, Broker, Check, ConnectStep, Contract, ContractOutline, Crowd, Described,
    DescribedBody, Effort, End, Expect, FormPart, FormStep, Group, GroupSteps, Html, Instance,
    KillDuringRequests, Milestone, Mode, Names, Outgoing, Problem, ReceiveStep, Refused, Repeat,
    Repeated, Reply, RequestStep, Restart, Rows, Series, Signal, SocketControl, Source, SourceAt,
    Status, Statuses, Step, TerminateDuringRequest, TimeSpan,
};
#[cfg(test)]
pub(in crate::contract) use read::step;
pub use read::{parse, references};
