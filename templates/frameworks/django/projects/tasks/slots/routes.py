router.register("tasks", TaskViewSet)
