  app.set("view engine", "ejs");
  app.set("views", join(ROOT, "views"));
