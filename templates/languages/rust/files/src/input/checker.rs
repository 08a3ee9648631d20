//! Applies a rule to each field, and collects the messages.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Field;

/// The messages for each broken field; never empty.
#[derive(Debug, Serialize, thiserror::Error)]
#[error("some fields are not valid")]
pub struct FieldErrors(BTreeMap<&'static str, Vec<String>>);

impl FieldErrors {
    /// The first message for this field.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name)?.first().map(String::as_str)
    }
}

/// Make one, let every field pass through it, then `finish` with what came out.
/// A rule is a function from what was sent to what shall be stored, or to a message.
#[derive(Default)]
pub struct Checker(BTreeMap<&'static str, Vec<String>>);

impl Checker {
    /// A field that has to be there. Where it is broken a default stands in: `finish` keeps it in.
    pub fn required<T, U: Default>(
        &mut self,
        name: &'static str,
        field: Field<T>,
        rule: impl FnOnce(T) -> Result<U, String>,
    ) -> U {
        if matches!(field, Field::Missing) {
            self.refuse(name, "is required".to_owned());
        }
        self.optional(name, field, rule).unwrap_or_default()
    }

    /// A field that may be left out.
    pub fn optional<T, U>(
        &mut self,
        name: &'static str,
        field: Field<T>,
        rule: impl FnOnce(T) -> Result<U, String>,
    ) -> Option<U> {
        let result = match field {
            Field::Missing => return None,
            Field::WrongType(message) => Err(message),
            Field::Given(value) => rule(value),
        };
        match result {
            Ok(value) => Some(value),
            Err(message) => {
                self.refuse(name, message);
                None
            }
        }
    }

    /// For a rule about several fields: names the one to mend.
    pub fn refuse(&mut self, name: &'static str, message: String) {
        self.0.entry(name).or_default().push(message);
    }

    pub fn finish<T>(self, value: T) -> Result<T, FieldErrors> {
        if self.0.is_empty() { Ok(value) } else { Err(FieldErrors(self.0)) }
    }
}
