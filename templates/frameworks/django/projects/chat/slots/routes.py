router.register("rooms", views.RoomViewSet)
