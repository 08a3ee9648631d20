"""The part of a post's address that is made from its title."""

import re
from itertools import count

from anyascii import anyascii

MAX_LENGTH = 80


def slugify(title: str) -> str:
    """`Über Straße!` -> `uber-strasse`; `post` if the title has no letters and no digits."""
    words = re.findall(r"[a-z0-9]+", anyascii(title).lower())
    return "-".join(words)[:MAX_LENGTH].rstrip("-") or "post"


def first_free(slug: str, taken: set[str]) -> str:
    """The first of `slug`, `slug-2`, `slug-3`... that is not taken."""
    if slug not in taken:
        return slug
    return next(free for number in count(2) if (free := f"{slug}-{number}") not in taken)
