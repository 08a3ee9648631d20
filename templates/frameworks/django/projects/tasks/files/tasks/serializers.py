"""Tasks as clients send and get them. The rules for each field are in the model."""

import re
from datetime import date
from typing import Any

from rest_framework import serializers

from core.serializers import ModelSerializer
from tasks.models import SORT_KEYS, Priority, Status, Task


class DueField(serializers.DateField):
    def to_internal_value(self, value: Any) -> date:
        # Python would also read 20300501 and 2030-W18-3.
        if not isinstance(value, str) or not re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
            self.fail("invalid", format="YYYY-MM-DD")
        return super().to_internal_value(value)


class TaskSerializer(ModelSerializer):
    due = DueField(allow_null=True, default=None)

    class Meta:
        model = Task
        fields = [
            "id",
            "title",
            "description",
            "status",
            "priority",
            "due",
            "created_at",
            "updated_at",
        ]
        # What a PUT leaves out goes back to these.
        extra_kwargs = {
            "description": {"default": ""},
            "status": {"default": Status.TODO},
            "priority": {"default": Priority.NORMAL},
        }


class TaskFilters(serializers.Serializer):
    """The parameters of a list, beside its pages."""

    status = serializers.ChoiceField(Status.choices, required=False)
    priority = serializers.ChoiceField(Priority.choices, required=False)
    q = serializers.CharField(max_length=10_000, trim_whitespace=False, required=False)
    sort = serializers.ChoiceField(list(SORT_KEYS), required=False)
    order = serializers.ChoiceField(["asc", "desc"], required=False)
