"""The pages of a list: `?page=` and `?per_page=`."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.database import snapshot
from core.serializers import validate_query


class PageParams(serializers.Serializer):
    page = serializers.IntegerField(min_value=1, max_value=1_000_000_000, default=1)
    per_page = serializers.IntegerField(min_value=1, max_value=100, default=20)


class Pagination(BasePagination):
    """A page past the end is empty; Django REST framework's own would answer 404."""

    def paginate_queryset(
        self, queryset: QuerySet, request: Request, view: APIView | None = None
    ) -> list[Any]:
        params = validate_query(PageParams, request.query_params)
        self.page, self.per_page = params["page"], params["per_page"]
        start = (self.page - 1) * self.per_page
        with snapshot():
            self.total = queryset.count()
            return list(queryset[start : start + self.per_page])

    def get_paginated_response(self, data: list[Any]) -> Response:
        page = {"page": self.page, "per_page": self.per_page, "total": self.total}
        return Response({"items": data} | page)

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        """Describes the response, and `get_schema_operation_parameters` the request."""
        numbers = ["page", "per_page", "total"]
        return {
            "type": "object",
            "required": ["items", *numbers],
            "properties": {"items": schema} | {name: {"type": "integer"} for name in numbers},
        }

    def get_schema_operation_parameters(self, view: APIView) -> list[dict[str, Any]]:
        ranges = {"page": (1, 1_000_000_000, 1), "per_page": (1, 100, 20)}
        return [
            {
                "name": name,
                "in": "query",
                "schema": {"type": "integer", "minimum": low, "maximum": high, "default": default},
            }
            for name, (low, high, default) in ranges.items()
        ]
