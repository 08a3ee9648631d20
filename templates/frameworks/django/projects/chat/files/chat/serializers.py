"""What clients of the chat send and get."""

from django.core.exceptions import ValidationError
from rest_framework import serializers

from chat.models import Message, Room, validate_room_name
from core.fields import validate_line
from core.serializers import LinesStringField, ModelSerializer

MAX_INTEGER = 2**63 - 1


def validate_not_blank(text: str) -> None:
    if not text.strip():
        raise ValidationError("This field may not be blank.")


class RoomSerializer(ModelSerializer):
    class Meta:
        model = Room
        fields = ["id", "name", "created_at"]
        # Without the check that the name is free: the view answers 409.
        extra_kwargs = {"name": {"validators": [validate_room_name]}}


class MessageSerializer(ModelSerializer):
    class Meta:
        model = Message
        fields = ["id", "room_id", "author", "text", "sent_at"]


class HistorySerializer(serializers.Serializer):
    items = MessageSerializer(many=True)
    has_more = serializers.BooleanField()


class HistoryParams(serializers.Serializer):
    before = serializers.IntegerField(min_value=1, max_value=MAX_INTEGER, required=False)
    limit = serializers.IntegerField(min_value=1, max_value=100, default=50)


class JoinParams(serializers.Serializer):
    name = serializers.CharField(max_length=40, validators=[validate_line])


class ClientMessage(serializers.Serializer):
    """What clients send on a socket."""

    type = serializers.ChoiceField(["message"])
    text = LinesStringField(max_length=2000, validators=[validate_not_blank])
