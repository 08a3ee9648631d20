"""The rules for texts, numbers and times."""

from datetime import timedelta

import pytest
from pydantic import TypeAdapter, ValidationError

from app.paging import Paging
from app.texts import line, lines
from app.timestamps import day, later_than, now, rfc3339


def is_valid(rule: object, value: str) -> bool:
    try:
        TypeAdapter(rule).validate_python(value)
    except ValidationError:
        return False
    return True


def test_a_line_is_trimmed_and_measured_in_code_points() -> None:
    assert TypeAdapter(line(1, 2)).validate_python(" \tšŸ\n") == "šŸ"
    assert not is_valid(line(1, 2), "🦀🦀🦀")
    assert not is_valid(line(1, 2), " \u00a0\n")


@pytest.mark.parametrize("text", ["a\nb", "a\rb", "a\0b", "a\x85b", "a\u2028b", "\x1f"])
def test_a_line_holds_no_line_break(text: str) -> None:
    assert not is_valid(line(1, 9), text)


def test_lines_are_kept_as_sent_but_for_windows_line_ends() -> None:
    assert TypeAdapter(lines(1, 9)).validate_python(" a\r\n\tb ") == " a\n\tb "
    assert not is_valid(lines(1, 9), " \n ")
    assert is_valid(lines(0, 9), " \n ")
    assert not is_valid(lines(0, 9), "a\0")


@pytest.mark.parametrize("number", ["", "0", "+1", "1.0", " 1", "９", "1_0", "9" * 20, "9" * 5000])
def test_a_page_is_a_whole_number_from_1(number: str) -> None:
    with pytest.raises(ValidationError):
        Paging(page=number)


def test_a_time_is_written_in_full_even_on_the_second() -> None:
    moment = now().replace(year=1970, month=1, day=1, hour=0, minute=0, second=0, microsecond=0)
    assert rfc3339(moment) == "1970-01-01T00:00:00.000000Z"
    assert day(moment) == "1 January 1970"


def test_later_is_later_even_when_the_clock_is_behind() -> None:
    tomorrow = now() + timedelta(days=1)
    assert later_than(tomorrow) > tomorrow
