app.include_router(pages.router)
app.include_router(tasks.router, prefix="/api", responses={"4XX": {"model": Problem}})
