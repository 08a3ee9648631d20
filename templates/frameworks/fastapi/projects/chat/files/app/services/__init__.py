"""The queries and changes of rooms and messages. They raise `ProblemError`."""
