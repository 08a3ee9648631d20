//! A cart: what somebody is about to buy.

use serde::{Deserialize, Serialize};

use crate::input::{Checker, Field, FieldErrors};

#[derive(Debug, Serialize)]
pub struct Cart {
    pub id: String,
    pub currency: String,
    pub items: Vec<Line>,
    pub total_cents: i64,
}

/// So many of one product, in a cart or in an order.
#[derive(Debug, Serialize, sqlx::FromRow)]
pub struct Line {
    pub product_id: i64,
    pub name: String,
    pub quantity: i64,
    pub unit_price_cents: i64,
    pub line_total_cents: i64,
}

impl Line {
    pub fn total(lines: &[Self]) -> i64 {
        lines.iter().map(|line| line.line_total_cents).sum()
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct QuantityInput {
    /// In JSON `2` and `2.0` are one number.
    quantity: Field<f64>,
}

impl QuantityInput {
    pub fn check(self) -> Result<i64, FieldErrors> {
        let mut check = Checker::default();
        let quantity = check.required("quantity", self.quantity, |number| {
            if number.fract() == 0.0 && (0.0..=99.0).contains(&number) {
                Ok(number as i64)
            } else {
                Err("must be a whole number from 0 to 99".to_owned())
            }
        });
        check.finish(quantity)
    }
}
