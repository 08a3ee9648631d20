//! What the shop is about: products, carts and orders, the rules for them, and how they are stored.

pub mod cart;
pub mod cart_store;
pub mod catalogue;
pub mod order;
pub mod order_store;
pub mod product;
pub mod product_store;
