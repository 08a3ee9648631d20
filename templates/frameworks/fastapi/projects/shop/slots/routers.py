app.include_router(pages.router)
for router in [products.router, carts.router, orders.router]:
    app.include_router(router, prefix="/api", responses={"4XX": {"model": Problem}})
