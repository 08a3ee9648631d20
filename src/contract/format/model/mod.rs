//! The types of a contract: as it stands in the file, and as it is run.

mod contract;
mod expect;
mod parts;
mod raw;
mod step;

pub use contract::{ContractOutline, Effort, SCHEMA};
pub use expect::{Check, Contract, Expect, Milestone};
pub use parts::{
    Broker, Crowd, Described, DescribedBody, FormPart, Html, Instance, Names, Problem, Reply, Rows,
    Series, Signal, SocketControl, Source, SourceAt, Status, Statuses, TimeSpan,
};
pub(in crate::contract::format) use raw::{RawAction, RawRestart, RawStep};
pub use step::{
    Action, BodyTemplate, ConnectStep, End, FormStep, Group, GroupSteps, KillDuringRequests, Mode,
    Outgoing, ReceiveStep, Refused, Repeat, Repeated, RequestStep, Restart, Step,
    TerminateDuringRequest,
};
