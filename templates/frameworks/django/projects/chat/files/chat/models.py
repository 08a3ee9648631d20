"""The tables of the chat, as classes."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone

from core.fields import LineField, LinesField

validate_room_name = RegexValidator(
    r"^[a-z0-9-]+\Z", "Only a to z, 0 to 9 and hyphens are allowed here."
)


class Room(models.Model):
    name = models.CharField(max_length=40, unique=True, validators=[validate_room_name])
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Message(models.Model):
    room = models.ForeignKey(Room, on_delete=models.CASCADE)
    author = LineField(max_length=40)
    text = LinesField(max_length=2000)
    sent_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        # A history is read room by room, from its end.
        indexes = [models.Index(fields=["room", "id"], name="messages_of_room")]

    def __str__(self) -> str:
        return f"{self.author}: {self.text}"
