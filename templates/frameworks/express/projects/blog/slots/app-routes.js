
  const posts = createPostStore(db);
  const comments = createCommentStore(db, posts);
  app.use("/api/posts", postRoutes(posts));
  app.use("/api/posts/:slug/comments", commentRoutes(comments));
  app.use(pageRoutes(posts, comments));
