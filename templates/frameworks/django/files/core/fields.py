"""Texts of models. Their lengths count code points, of the text that is stored."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models

# Control characters, which include \r and \n, and Unicode's line and paragraph separators.
LINE_BREAKS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def validate_line(text: str) -> None:
    if LINE_BREAKS.search(text):
        raise ValidationError("Line breaks and control characters are not allowed here.")


class LineField(models.CharField):
    """A text of one line. Serializers and forms remove white space at its ends."""

    default_validators = [validate_line]


class LinesFormField(forms.CharField):
    """Browsers send the line breaks of a form as two characters each."""

    def to_python(self, value: str | None) -> str:
        return super().to_python(value).replace("\r\n", "\n")


class LinesField(models.TextField):
    """A text of several lines, stored as it was sent."""

    def formfield(self, **options: Any) -> forms.Field:
        return super().formfield(**{"form_class": LinesFormField, "strip": False} | options)
