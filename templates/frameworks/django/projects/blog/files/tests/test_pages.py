"""The pages, as a browser without JavaScript gets them."""

import pytest
from django.test import Client
from rest_framework.test import APIClient

pytestmark = pytest.mark.django_db

ATTACK = """<script>alert("1")</script>&'"""


def publish(api: APIClient, title: str) -> str:
    post = {"title": title, "body": ATTACK, "tags": ["x"], "published": True}
    return api.post("/api/posts", post).json()["slug"]


def test_an_empty_blog_tells_how_to_begin(client: Client) -> None:
    response = client.get("/")
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/html; charset=utf-8"
    assert "curl http://127.0.0.1:8000/api/posts" in response.text


def test_lists_lead_from_page_to_page(api: APIClient, client: Client) -> None:
    for number in range(21):
        publish(api, f"Post number {number}")
    for path in ["/", "/tags/x"]:
        for page, posts, has_previous, has_next in [
            (1, 10, False, True),
            (2, 10, True, True),
            (3, 1, True, False),
        ]:
            html = client.get(f"{path}?page={page}").text
            assert html.count("Post number") == posts
            assert ('rel="prev"' in html) == has_previous
            assert ('rel="next"' in html) == has_next
        assert client.get(f"{path}?page=4").status_code == 404
        assert client.get(f"{path}?page=0").status_code == 422


@pytest.mark.parametrize(
    "path",
    ["/posts/draft", "/posts/none", "/posts/%ff", "/none", "/tags/none", "/static/none.css"],
)
def test_what_is_not_there_is_a_page_too(api: APIClient, client: Client, path: str) -> None:
    api.post("/api/posts", {"title": "Draft", "body": "x"})
    response = client.get(path)
    assert response.status_code == 404
    assert response.headers["Content-Type"] == "text/html; charset=utf-8"
    assert "/static/style.css" in response.text


def test_the_form_of_a_draft_is_not_there(api: APIClient, client: Client) -> None:
    api.post("/api/posts", {"title": "Draft", "body": "x"})
    form = {"author": "Ada", "body": "Hi"}
    assert client.post("/posts/draft/comments", form).status_code == 404


def test_a_form_from_another_site_is_refused_with_a_page(api: APIClient) -> None:
    publish(api, "A")
    client = Client(enforce_csrf_checks=True)
    response = client.post("/posts/a/comments", {"author": "Ada", "body": "Hi"})
    assert response.status_code == 403
    assert "The form is too old." in response.text
    assert api.get("/api/posts/a/comments").json()["total"] == 0


def test_what_users_write_is_shown_as_text(api: APIClient, client: Client) -> None:
    slug = publish(api, ATTACK)
    api.post(f"/api/posts/{slug}/comments", {"author": ATTACK, "body": ATTACK})
    for path in ["/", "/tags/x", f"/posts/{slug}"]:
        html = client.get(path).text
        assert "&lt;script&gt;alert(" in html
        assert "<script" not in html


def test_the_form_saves_a_comment_and_leads_back_to_the_article(
    api: APIClient, client: Client
) -> None:
    publish(api, "A")
    response = client.post("/posts/a/comments", {"author": " Ada ", "body": "one\r\ntwo"})
    assert (response.status_code, response.headers["Location"]) == (303, "/posts/a")
    comment = client.get("/api/posts/a/comments").json()["items"][0]
    assert (comment["author"], comment["body"]) == ("Ada", "one\ntwo")
    assert "<strong>Ada</strong>" in client.get("/posts/a").text


def test_a_broken_form_comes_back_with_what_was_typed(api: APIClient, client: Client) -> None:
    publish(api, "A")
    response = client.post("/posts/a/comments", {"author": '">Ada', "body": " "})
    assert response.status_code == 422
    assert 'value="&quot;&gt;Ada"' in response.text
    assert response.text.count('aria-invalid="true"') == 1
    assert "may not be blank" in response.text

    nothing = client.post("/posts/a/comments", {})
    assert nothing.status_code == 422
    assert nothing.text.count('aria-invalid="true"') == 2
    assert client.get("/api/posts/a/comments").json()["total"] == 0
