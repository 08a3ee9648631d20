"""The part of a post's address that is made from its title."""

import re
from itertools import count

from anyascii import anyascii

MOST_CHARACTERS = 80


def slug(title: str) -> str:
    """`Über Straße!` -> `uber-strasse`; `post` if the title has no letters and no digits."""
    words = re.findall(r"[a-z0-9]+", anyascii(title).lower())
    return "-".join(words)[:MOST_CHARACTERS].rstrip("-") or "post"


def first_free(wanted: str, taken: set[str]) -> str:
    """The first of `wanted`, `wanted-2`, `wanted-3`... that is not taken."""
    if wanted not in taken:
        return wanted
    return next(slug for number in count(2) if (slug := f"{wanted}-{number}") not in taken)
