"""The queries and changes of tasks. They raise `ProblemError`."""
