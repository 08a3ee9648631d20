
  const products = createProductStore(db);
  const carts = createCartStore(db, products);
  const orders = createOrderStore(db, carts);
  app.use("/api", productRoutes(products), cartRoutes(carts), orderRoutes(orders));
  app.get("/", sendFile("static/index.html"));
