
  const products = createProductStore(db);
  const carts = createCartStore(db, products);
  const orders = createOrderStore(db, carts);
  app.use("/api", productRoutes(products), orderRoutes(orders));
  app.use("/api/carts", cartRoutes(carts));
  app.get("/", sendFile("static/index.html"));
