//! Metrics in the text format of Prometheus (0.0.4), read strictly. `prometheus-parse` skips lines that it does not
//! understand and ends labels at the first brace, and `openmetrics-parser` is under the LGPL; hence a reader of our own.

mod histogram;
mod line;
mod whole;

pub use whole::{Metrics, Sample};
