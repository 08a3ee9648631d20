//! An order, and who makes it.

use serde::{Deserialize, Serialize};

use super::cart::Line;
use crate::{
    input::{Checker, Field, FieldErrors, text},
    timestamp::Timestamp,
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
    pub created_at: Timestamp,
}

#[derive(Debug, PartialEq, Eq, Serialize, sqlx::FromRow)]
pub struct Buyer {
    pub email: String,
    pub name: String,
    pub address: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct CheckoutInput {
    email: Field<String>,
    name: Field<String>,
    address: Field<String>,
}

impl CheckoutInput {
    pub fn check(self) -> Result<Buyer, FieldErrors> {
        let mut check = Checker::default();
        let buyer = Buyer {
            email: check.required("email", self.email, |text| email(&text)),
            name: check.required("name", self.name, |text| text::line(&text, 1..=120)),
            address: check.required("address", self.address, |text| text::lines(&text, 1..=500)),
        };
        check.finish(buyer)
    }
}

impl Buyer {
    /// For a key that was used before: tells which fields differ from what was sent with it then.
    pub fn same_as(&self, earlier: &Self) -> Result<(), FieldErrors> {
        let mut check = Checker::default();
        for (name, same) in [
            ("email", self.email == earlier.email),
            ("name", self.name == earlier.name),
            ("address", self.address == earlier.address),
        ] {
            if !same {
                check.refuse(name, "is not what this Idempotency-Key was used with".to_owned());
            }
        }
        check.finish(())
    }
}

/// Only a letter that arrives proves an address: this finds slips of the finger.
fn email(text: &str) -> Result<String, String> {
    let address = text::line(text, 1..=254)?;
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_email_has_one_at_sign_before_a_dotted_name() {
        for good in ["a@b.c", " ada.l+x@mail.example.com ", "ü@ä.ö"] {
            assert_eq!(email(good), Ok(good.trim().to_owned()));
        }
        for bad in
            ["", "a", "a@b", "@b.c", "a@b.", "a@.c", "a@b..c", "a@b@c.d", "a b@c.d", "a@b c.d"]
        {
            assert!(email(bad).is_err(), "{bad}");
        }
        let long = format!("{}@b.c", "a".repeat(250));
        assert!(email(&long).is_ok());
        assert!(email(&format!("a{long}")).is_err());
    }
}
