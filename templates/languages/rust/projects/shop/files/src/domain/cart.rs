//! A cart: what somebody is about to buy.

use serde::Serialize;
use serde_json::Value;

use crate::{error::Error, input::Fields};

#[derive(Debug, Serialize)]
pub struct Cart {
    pub id: String,
    pub currency: String,
    pub items: Vec<Line>,
    pub total_cents: i64,
}

/// A quantity of one product, in a cart or in an order.
#[derive(Debug, Serialize, sqlx::FromRow)]
pub struct Line {
    pub product_id: i64,
    pub name: String,
    pub quantity: i64,
    pub unit_price_cents: i64,
    pub line_total_cents: i64,
}

/// More is asked for than there is in stock.
#[derive(Debug, Serialize, sqlx::FromRow)]
pub struct Shortage {
    pub product_id: i64,
    pub requested: i64,
    pub available: i64,
}

impl Line {
    pub fn total(lines: &[Self]) -> i64 {
        lines.iter().map(|line| line.line_total_cents).sum()
    }
}

pub fn read_quantity(mut fields: Fields) -> Result<i64, Error> {
    let quantity = fields.required("quantity", quantity);
    fields.finish(quantity)
}

/// In JSON `2` and `2.0` are one number.
fn quantity(value: &Value) -> Result<i64, String> {
    match value.as_f64() {
        Some(number) if number.fract() == 0.0 && (0.0..=99.0).contains(&number) => {
            Ok(number as i64)
        }
        _ => Err("must be a whole number from 0 to 99".to_owned()),
    }
}
