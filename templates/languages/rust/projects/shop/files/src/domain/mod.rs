//! What the shop is about: products, carts and orders, the rules for them, and how they are stored.

pub(crate) mod cart;
pub(crate) mod cart_store;
pub(crate) mod catalogue;
pub(crate) mod order;
pub(crate) mod order_store;
pub(crate) mod product;
pub(crate) mod product_store;
