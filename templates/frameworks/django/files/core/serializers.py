"""Serializers that take no number for a text, and read the parameters of an address."""

from typing import Any

from django.db import models
from django.http import QueryDict
from rest_framework import serializers

from core.fields import LinesField


class StringField(serializers.CharField):
    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data)


class LinesStringField(StringField):
    def __init__(self, **options: Any) -> None:
        super().__init__(trim_whitespace=False, **options)


class ModelSerializer(serializers.ModelSerializer):
    serializer_field_mapping = serializers.ModelSerializer.serializer_field_mapping | {
        LinesField: LinesStringField,
        models.CharField: StringField,
    }


def validate_query(kind: type[serializers.Serializer], query: QueryDict) -> dict[str, Any]:
    """The parameters of an address, by the rules of a serializer."""
    params = kind(data=query)
    params.is_valid(raise_exception=True)
    return params.validated_data
