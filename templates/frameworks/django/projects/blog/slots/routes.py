router.register("posts", PostViewSet)
