"""The steps that lead to the tables of `chat/models.py`."""
