from app.routers import health, pages, tasks
