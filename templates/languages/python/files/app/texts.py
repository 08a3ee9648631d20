"""Rules for texts. Lengths count code points, of what will be stored."""

from typing import Annotated, Any
from unicodedata import category

from pydantic import AfterValidator

# `str.strip` alone would also take four control characters for white space.
WHITE_SPACE = (
    "\t\n\v\f\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)


def line(least: int, most: int) -> Any:
    """A text of one line, stored without white space at its ends."""

    def check(text: str) -> str:
        text = trimmed(text)
        # The categories of control characters, and of two separators that break lines as well.
        if any(category(character) in ("Cc", "Zl", "Zp") for character in text):
            raise ValueError("must be a single line without control characters")
        return check_length(text, least, most)

    return Annotated[str, AfterValidator(check)]


def lines(least: int, most: int) -> Any:
    """A text of several lines, stored as it was sent; only the `\\r\\n` of forms becomes `\\n`."""

    def check(text: str) -> str:
        text = check_length(no_nul(text).replace("\r\n", "\n"), least, most)
        if least > 0 and not trimmed(text):
            raise ValueError("must not be blank")
        return text

    return Annotated[str, AfterValidator(check)]


def trimmed(text: str) -> str:
    return text.strip(WHITE_SPACE)


def no_nul(text: str) -> str:
    if "\0" in text:
        raise ValueError("must not contain the character NUL")
    return text


def check_length(text: str, least: int, most: int) -> str:
    if not least <= len(text) <= most:
        raise ValueError(f"must be {least} to {most} characters long")
    return text


Search = Annotated[str, AfterValidator(no_nul)]
"""A text to search for, or to filter by: anything but NUL, at which SQLite would end the text."""
