app.include_router(pages.router)
for router in [rooms.router, live.router]:
    app.include_router(router, prefix="/api", responses={"4XX": {"model": Problem}})
