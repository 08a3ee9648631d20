"""What any application of this server can use."""
