//! Metrics in the text format of Prometheus (0.0.4), read strictly. `prometheus-parse` skips lines that it does not
//! understand and ends labels at the first brace, and `openmetrics-parser` is under the LGPL; hence a reader of our own.

mod exposition;
mod histogram;
mod line;

pub use exposition::{Metrics, Sample};
