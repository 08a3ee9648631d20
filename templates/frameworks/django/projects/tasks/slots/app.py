"tasks",
