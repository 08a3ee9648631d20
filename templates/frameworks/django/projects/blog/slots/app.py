"blog",
