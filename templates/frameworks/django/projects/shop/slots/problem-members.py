**getattr(error, "members", {}),
