path("", views.show_storefront),
path("api/categories", views.CategoryList.as_view()),
path("api/carts/<str:pk>/checkout", views.Checkout.as_view()),
path("api/carts/<str:pk>/items/<int:product_id>", views.CartItemDetail.as_view()),
