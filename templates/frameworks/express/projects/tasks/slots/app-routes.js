  app.use("/api", taskRoutes(createTaskStore(db)));
  app.get("/", sendFile("static/index.html"));
