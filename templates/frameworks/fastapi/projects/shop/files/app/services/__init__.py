"""The queries and changes of products, carts and orders. They raise `ProblemError`."""
