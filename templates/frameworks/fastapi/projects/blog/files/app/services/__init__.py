"""What can be done with posts and comments, apart from HTTP: the queries and the changes."""
