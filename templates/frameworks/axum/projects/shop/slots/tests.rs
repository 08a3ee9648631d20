mod carts;
mod checkout;
mod products;
