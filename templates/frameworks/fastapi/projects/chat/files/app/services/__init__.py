"""What can be done with rooms and messages, apart from HTTP and sockets."""
