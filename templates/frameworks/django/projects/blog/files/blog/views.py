"""`/api/posts` and `/api/posts/{slug}/comments`"""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.decorators import method_decorator
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import APIException
from rest_framework.generics import ListCreateAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer
from rest_framework.viewsets import ModelViewSet

from blog.models import Comment, Post
from blog.serializers import CommentSerializer, PostFilters, PostSerializer
from core.database import snapshot, write_transaction
from core.pagination import Pagination
from core.serializers import validate_query


class Conflict(APIException):
    status_code = 409


# What the first three read is still so when they write. A post is never seen with old tags.
@method_decorator(write_transaction(), name="create")
@method_decorator(write_transaction(), name="update")
@method_decorator(write_transaction(), name="destroy")
@method_decorator(snapshot(), name="retrieve")
class PostViewSet(ModelViewSet):
    """Drafts are read here too: there are no accounts yet, so anybody may be the author."""

    queryset = Post.objects.prefetch_related("post_tags")
    serializer_class = PostSerializer
    pagination_class = Pagination
    http_method_names = ["get", "head", "options", "post", "patch", "delete"]
    lookup_field = "slug"
    lookup_value_converter = "slug"

    @extend_schema(parameters=[PostFilters])
    def list(self, request: Request) -> Response:
        filters = validate_query(PostFilters, request.query_params)
        if "tag" in filters:
            filters["post_tags__tag"] = filters.pop("tag")
        page = self.paginate_queryset(self.get_queryset().published().matching(**filters))
        return self.get_paginated_response(self.get_serializer(page, many=True).data)

    def get_success_headers(self, data: dict[str, Any]) -> dict[str, str]:
        return {"Location": reverse("post-detail", args=[data["slug"]])}


@method_decorator(write_transaction(), name="create")
class CommentList(ListCreateAPIView):
    queryset = Comment.objects.all()
    serializer_class = CommentSerializer
    pagination_class = Pagination

    def get_post(self) -> Post:
        return get_object_or_404(Post, slug=self.kwargs["slug"])

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        return queryset.filter(post=self.get_post())

    def perform_create(self, serializer: BaseSerializer) -> None:
        post = self.get_post()
        if not post.published:
            raise Conflict("A draft takes no comments.")
        serializer.save(post=post)
