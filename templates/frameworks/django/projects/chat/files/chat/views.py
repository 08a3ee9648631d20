"""`/api/rooms` with their messages, and the page that works on it."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_safe
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import APIException
from rest_framework.mixins import CreateModelMixin, ListModelMixin, RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer
from rest_framework.views import APIView
from rest_framework.viewsets import GenericViewSet

from chat.hub import hub
from chat.models import Message, Room
from chat.serializers import (
    HistoryParams,
    HistorySerializer,
    JoinParams,
    MessageSerializer,
    RoomSerializer,
)
from core.database import write_transaction
from core.pagination import Pagination
from core.problems import problem_response
from core.serializers import validate_query


class Conflict(APIException):
    status_code = 409


# Two rooms of one name cannot both be new.
@method_decorator(write_transaction(), name="create")
class RoomViewSet(CreateModelMixin, ListModelMixin, RetrieveModelMixin, GenericViewSet):
    queryset = Room.objects.all()
    serializer_class = RoomSerializer
    pagination_class = Pagination
    lookup_value_converter = "int"

    def perform_create(self, serializer: BaseSerializer) -> None:
        if Room.objects.filter(name=serializer.validated_data["name"]).exists():
            raise Conflict("There is a room with this name already.")
        serializer.save()

    def get_success_headers(self, data: dict[str, Any]) -> dict[str, str]:
        return {"Location": reverse("room-detail", args=[data["id"]])}


class History(APIView):
    @extend_schema(parameters=[HistoryParams], responses=HistorySerializer)
    def get(self, request: Request, pk: int) -> Response:
        """The newest that are older than `before`; the oldest of them comes first."""
        params = validate_query(HistoryParams, request.query_params)
        messages = Message.objects.filter(room=get_object_or_404(Room, pk=pk))
        if "before" in params:
            messages = messages.filter(id__lt=params["before"])
        # One more than asked for shows whether there are older ones still.
        newest = list(messages.order_by("-id")[: params["limit"] + 1])
        items = MessageSerializer(newest[: params["limit"]][::-1], many=True).data
        return Response({"items": items, "has_more": len(newest) > params["limit"]})


class Live(APIView):
    @extend_schema(parameters=[JoinParams], responses={})
    def get(self, request: Request, pk: int) -> HttpResponse:
        """Says why a socket does not open: a browser does not show its page the reason."""
        name = validate_query(JoinParams, request.query_params)["name"]
        get_object_or_404(Room, pk=pk)
        if hub.has_name(pk, name):
            raise Conflict("Somebody in the room has this name already.")
        headers = {"Upgrade": "websocket"}
        return problem_response(request, 426, "A WebSocket is needed here.", headers)


@require_safe
def show_chat(request: HttpRequest) -> HttpResponse:
    return HttpResponse((settings.BASE_DIR / "static/index.html").read_bytes())
