"""The part of a post's address that is made from its title."""

from itertools import count

from django.utils.text import slugify

MAX_LENGTH = 80


def make_slug(title: str) -> str:
    """`Über uns!` -> `uber-uns`; `post` if nothing is left of the title."""
    return slugify(title)[:MAX_LENGTH].rstrip("-_") or "post"


def first_free(slug: str, taken: set[str]) -> str:
    """The first of `slug`, `slug-2`, `slug-3`... that is not taken."""
    if slug not in taken:
        return slug
    return next(free for number in count(2) if (free := f"{slug}-{number}") not in taken)
