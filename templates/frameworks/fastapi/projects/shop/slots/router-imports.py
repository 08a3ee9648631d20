from app.routers import carts, health, orders, pages, products
