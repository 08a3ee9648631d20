
  const rooms = createRoomStore(db);
  const messages = createMessageStore(db);
  app.use("/api/rooms", roomRoutes(rooms, messages), liveRoutes(rooms, createHub(messages), live));
  app.get("/", sendFile("static/index.html"));
