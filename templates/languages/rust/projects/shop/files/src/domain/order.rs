//! An order, and who makes it.

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::Value;

use super::cart::Line;
use crate::{
    error::Error,
    input::{Fields, rule},
};

#[derive(Debug, Serialize, sqlx::FromRow)]
pub struct Order {
    pub id: String,
    /// For people: short, and of no use to a thief.
    pub number: String,
    pub status: String,
    pub currency: String,
    #[sqlx(skip)]
    pub items: Vec<Line>,
    #[sqlx(skip)]
    pub total_cents: i64,
    #[serde(flatten)]
    #[sqlx(flatten)]
    pub buyer: Buyer,
    pub created_at: DateTime<Utc>,
}

#[derive(Debug, Serialize, sqlx::FromRow)]
pub struct Buyer {
    pub email: String,
    pub name: String,
    pub address: String,
}

impl Buyer {
    pub fn read(mut fields: Fields) -> Result<Self, Error> {
        let buyer = Self {
            email: fields.required("email", email),
            name: fields.required("name", rule::line(1..=120)),
            address: fields.required("address", rule::lines(1..=500)),
        };
        fields.finish(buyer)
    }

    /// For an `Idempotency-Key` that was used before: refuses the fields that differ.
    pub fn check_same(&self, earlier: &Self) -> Result<(), Error> {
        let mut fields = Fields::default();
        for (name, same) in [
            ("email", self.email == earlier.email),
            ("name", self.name == earlier.name),
            ("address", self.address == earlier.address),
        ] {
            if !same {
                fields.refuse(name, "is not what this Idempotency-Key was used with");
            }
        }
        fields.finish(())
    }
}

/// Only a letter that arrives proves an address: this finds typing errors.
pub fn email(value: &Value) -> Result<String, String> {
    let address = rule::line(1..=254)(value)?;
    let is_name = |text: &str| !text.is_empty() && !text.contains(char::is_whitespace);
    match address.split_once('@') {
        Some((user, host))
            if is_name(user)
                && host.contains('.')
                && host.split('.').all(is_name)
                && !host.contains('@') =>
        {
            Ok(address)
        }
        _ => Err("must be an address such as ada@example.com".to_owned()),
    }
}
