"""Slugs: the part of a post's address that is made from its title."""

from blog.slugs import first_free, make_slug


def test_a_slug_has_ascii_words_with_single_hyphens() -> None:
    assert make_slug("Hello, World!") == "hello-world"
    assert make_slug("  Über -- uns  ") == "uber-uns"
    assert make_slug("Привет") == "post"
    assert make_slug("!!!") == "post"


def test_a_slug_is_cut_without_a_hyphen_at_its_end() -> None:
    assert len(make_slug("a" * 200)) == 80
    assert make_slug("a" * 79 + " b") == "a" * 79


def test_a_taken_slug_is_numbered() -> None:
    taken = {"a", "a-2", "a-4"}
    assert first_free("b", taken) == "b"
    assert first_free("a", taken) == "a-3"
