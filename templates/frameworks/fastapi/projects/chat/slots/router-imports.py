from app.routers import health, live, pages, rooms
