  seed(db);
