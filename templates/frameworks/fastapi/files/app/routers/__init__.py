"""The path operations: one file for each resource."""
