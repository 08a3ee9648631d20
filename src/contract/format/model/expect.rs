//! The parts of a contract with their usual steps, and what is expected of a response. Types alone; `validate` says what a
//! sound contract is, docs/contract.md describes the format.

use super::parts::{Described, Html, Problem, Series, Statuses};
use super::step::Step;
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;

/// What a project promises; of another kind of step where that is named.
pub type Contract<S = Step> = super::contract::Contract<S>;
/// A named group of checks.
pub type Milestone<S = Step> = super::contract::Milestone<S>;
/// One rule, decided by steps.
pub type Check<S = Step> = super::contract::Check<S>;

/// What a response must be. Whatever is not named may be anything, but for the status: 2xx.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expect {
    pub status: Option<Statuses>,
    /// A matcher for each header; its values joined by `, `.
    #[serde(default)]
    pub headers: BTreeMap<String, Value>,
    /// A matcher for the body as JSON, which must be declared as `application/json`.
    pub json: Option<Value>,
    /// A matcher for the body as XML, written as an object.
    pub xml: Option<Value>,
    /// A matcher for the body as text.
    pub text: Option<Value>,
    /// No body at all.
    #[serde(default)]
    pub empty: bool,
    /// A problem (RFC 9457) with the status of the response; a list names fields that `errors` must have.
    pub problem: Option<Problem>,
    /// What the HTML must hold.
    #[serde(default)]
    pub html: Vec<Html>,
    /// A whole page: HTML, the policy header without `unsafe-inline` and `unsafe-eval`, no inline
    /// script; each script, style and image it names answers 200 with its type.
    #[serde(default)]
    pub page: bool,
    /// The OpenAPI description that came describes each; names in braces may be others.
    #[serde(default)]
    pub describes: Vec<Described>,
    /// Metrics in the text format of Prometheus, with these series.
    #[serde(default)]
    pub metrics: Vec<Series>,
    /// A matcher for the attributes of each cookie that is set, as `Set-Cookie` states it.
    #[serde(default)]
    pub cookies: BTreeMap<String, Value>,
    /// The connection may also end without a response.
    #[serde(default)]
    pub or_closed: bool,
    /// Another response that will do as well, when the rule leaves a choice.
    pub or: Option<Box<Self>>,
}
