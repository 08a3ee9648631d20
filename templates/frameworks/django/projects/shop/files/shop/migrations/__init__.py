"""The steps that lead to the tables of `shop/models.py`."""
