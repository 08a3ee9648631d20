//! A field of a JSON object, a form or a query, before it is checked.

use serde::{Deserialize, Deserializer, de::DeserializeOwned};
use serde_json::Value;

/// Reading a `Field` never fails, so that one of a wrong type does not hide what is wrong with
/// others. `null` is a wrong type too, unless `T` is an `Option`.
#[derive(Clone, Debug, Default)]
pub enum Field<T> {
    #[default]
    Missing,
    WrongType(String),
    Given(T),
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for Field<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        Ok(match T::deserialize(value) {
            Ok(value) => Self::Given(value),
            Err(error) => Self::WrongType(error.to_string()),
        })
    }
}

impl Field<String> {
    /// The text as it was sent, to show it again in a form.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Given(text) => text,
            Self::Missing | Self::WrongType(_) => "",
        }
    }
}
