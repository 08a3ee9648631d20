"""The queries and changes of posts and comments. They raise `ProblemError`."""
