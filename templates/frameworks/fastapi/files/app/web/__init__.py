"""Between HTTP and the application: strict JSON, sessions, and errors that clients can read."""
