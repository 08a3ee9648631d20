"""`/api/tasks`, and the board that works on it."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_safe
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ModelViewSet

from core.database import write_transaction
from core.pagination import Pagination
from core.serializers import validate_query
from tasks.models import Task
from tasks.serializers import TaskFilters, TaskSerializer


# What they read is still so when they write.
@method_decorator(write_transaction(), name="create")
@method_decorator(write_transaction(), name="update")
@method_decorator(write_transaction(), name="destroy")
class TaskViewSet(ModelViewSet):
    # Django REST framework brings `create`, `retrieve`, `update`, `partial_update` and `destroy`.
    queryset = Task.objects.all()
    serializer_class = TaskSerializer
    pagination_class = Pagination
    lookup_value_converter = "int"

    @extend_schema(parameters=[TaskFilters])
    def list(self, request: Request) -> Response:
        tasks = Task.objects.matching(**validate_query(TaskFilters, request.query_params))
        page = self.paginate_queryset(tasks)
        return self.get_paginated_response(self.get_serializer(page, many=True).data)

    def get_success_headers(self, data: dict[str, Any]) -> dict[str, str]:
        return {"Location": reverse("task-detail", args=[data["id"]])}


@require_safe
def show_board(request: HttpRequest) -> HttpResponse:
    return HttpResponse((settings.BASE_DIR / "static/index.html").read_bytes())
