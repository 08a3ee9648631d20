//! What a value must be, and where it differs.

pub mod bytes;
pub mod describe;
pub mod difference;
pub mod matcher;
pub mod matching;
pub mod time;
pub mod values;
