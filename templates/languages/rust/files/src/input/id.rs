//! The id of something in a path: `/api/things/7`.

use serde::{Deserialize, Deserializer, de::Error};

use super::paging::whole_number;

/// A positive number, written in digits alone. Other text is the id of nothing: in a path, it
/// answers 404.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Id(pub i64);

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        whole_number(&text, 1..=i64::MAX).map(Self).map_err(D::Error::custom)
    }
}
