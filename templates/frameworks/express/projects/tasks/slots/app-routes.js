  app.use("/api/tasks", taskRoutes(createTaskStore(db)));
  app.get("/", sendFile("static/index.html"));
