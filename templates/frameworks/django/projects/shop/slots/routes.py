router.register("products", views.ProductViewSet)
router.register("carts", views.CartViewSet)
router.register("orders", views.OrderViewSet)
