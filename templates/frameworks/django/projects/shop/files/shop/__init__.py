"""Products, carts and orders: their tables, rules, views and place on the admin site."""
