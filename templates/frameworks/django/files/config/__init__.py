"""The settings, the addresses and the entry point of the server."""
