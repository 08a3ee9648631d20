"""The steps that lead to the tables of `blog/models.py`."""
