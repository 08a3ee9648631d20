app.include_router(pages.router)
for router in [posts.router, comments.router]:
    app.include_router(router, prefix="/api", responses={"4XX": {"model": Problem}})
