path("", views.show_chat),
path("api/rooms/<int:pk>/messages", views.History.as_view()),
path("api/rooms/<int:pk>/live", views.Live.as_view()),
