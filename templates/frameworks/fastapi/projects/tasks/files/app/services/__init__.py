"""What can be done with tasks, apart from HTTP: the queries and the changes."""
