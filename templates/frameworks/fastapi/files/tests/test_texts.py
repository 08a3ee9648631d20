"""The types of texts and times."""

from datetime import UTC, datetime
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from app.texts import SingleLine, Text
from app.timestamps import rfc3339


def validate(kind: Any, value: str) -> Any:
    return TypeAdapter(kind).validate_python(value)


def test_a_single_line_is_stored_without_white_space_at_its_ends() -> None:
    assert validate(SingleLine, " \t\u00a0a b\u3000\n") == "a b"


@pytest.mark.parametrize("text", ["a\nb", "a\rb", "a\0b", "a\x85b", "a\u2028b", "\x1f"])
def test_a_single_line_holds_no_line_break(text: str) -> None:
    with pytest.raises(ValidationError):
        validate(SingleLine, text)


def test_a_text_is_stored_as_it_was_sent() -> None:
    assert validate(Text, " a\r\n\tb ") == " a\r\n\tb "
    with pytest.raises(ValidationError):
        validate(Text, "a\0")


def test_a_time_has_six_digits_even_on_the_second() -> None:
    assert rfc3339(datetime(1970, 1, 1, tzinfo=UTC)) == "1970-01-01T00:00:00.000000Z"
