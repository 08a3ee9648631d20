from app.routers import comments, health, pages, posts
