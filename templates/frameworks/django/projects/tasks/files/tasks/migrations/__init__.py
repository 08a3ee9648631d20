"""The steps that lead to the tables of `tasks/models.py`."""
