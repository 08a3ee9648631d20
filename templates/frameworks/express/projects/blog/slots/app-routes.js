
  const posts = createPostStore(db);
  const comments = createCommentStore(db, posts);
  app.use("/api", postRoutes(posts), commentRoutes(comments));
  app.use(pageRoutes(posts, comments));
