//! What a value must be, and where it differs.

mod bytes;
mod count;
mod describe;
mod difference;
mod matcher;
mod matching;
mod signature;
mod time;
mod values;

pub use bytes::bytes;
pub use count::{Bounds, CountRule};
pub use difference::{Difference, DifferenceKind, is_hidden, quoted, short, shown, visible};
pub use matcher::{Matcher, MatcherContext, Type, is_pointer};
pub use matching::{ValuePath, path_of_own_url};
pub use values::{Part, Values, mix, parts, plain};
