//! The types of a contract: as it stands in the file, and as it is run.

mod contract;
mod expect;
mod parts;
mod raw;
mod step;

pub use contract::{Outline, SCHEMA, Size};
pub use expect::{Check, Contract, Expect, Milestone};
pub use parts::{
    Broker, Conduct, Crowd, Described, DescribedBody, FormPart, Html, Instance, Names, Problem,
    Reply, Rows, Series, Signal, Source, SourceAt, Span, Status, Statuses,
};
pub(in crate::contract::format) use raw::{RawAction, RawRestart, RawStep};
pub use step::{
    Action, Amid, BodyTemplate, ConnectStep, During, End, FormStep, Group, Mode, Outgoing, Refused,
    Repeat, Repeated, RequestStep, Restart, Step, Steps,
};
