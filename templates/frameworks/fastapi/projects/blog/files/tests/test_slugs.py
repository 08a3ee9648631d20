"""Slugs: the part of a post's address that is made from its title."""

from app.services.slugs import first_free, slugify


def test_a_slug_has_ascii_words_with_single_hyphens() -> None:
    assert slugify("Hello, World!") == "hello-world"
    assert slugify("  Über -- Straße  ") == "uber-strasse"
    assert slugify("Привет") == "privet"
    assert slugify("!!!") == "post"


def test_a_slug_is_cut_without_a_hyphen_at_its_end() -> None:
    assert len(slugify("a" * 200)) == 80
    assert slugify("a" * 79 + " b") == "a" * 79


def test_a_taken_slug_is_numbered() -> None:
    taken = {"a", "a-2", "a-4"}
    assert first_free("b", taken) == "b"
    assert first_free("a", taken) == "a-3"
