"""Checkout: stock, and purchases that are sent again."""

import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

BUYER = {"email": "ada@example.com", "name": "Ada", "address": "12 St James's Square\nLondon"}


def cart_with(client: TestClient, product: int, quantity: int) -> str:
    cart = client.post("/api/carts").headers["Location"]
    response = client.put(f"{cart}/items/{product}", json={"quantity": quantity})
    assert response.status_code == 200
    return cart


def buy(client: TestClient, cart: str, key: str = "key", **changes: Any) -> Response:
    headers = {"Idempotency-Key": key}
    return client.post(f"{cart}/checkout", headers=headers, json=BUYER | changes)


def stock(client: TestClient, product: int) -> int:
    return client.get(f"/api/products/{product}").json()["stock"]


def product_with_stock(client: TestClient, wanted: int) -> int:
    products = client.get("/api/products?per_page=100").json()["items"]
    return next(product["id"] for product in products if product["stock"] == wanted)


def test_an_order_has_what_was_in_the_cart(client: TestClient) -> None:
    before = stock(client, 1)
    cart = cart_with(client, 1, 2)
    items = client.get(cart).json()["items"]
    response = buy(client, cart)
    order = response.json()
    assert response.status_code == 201
    assert order["items"] == items
    assert order["status"] == "placed"
    assert re.fullmatch("[A-Z0-9-]{6,14}", order["number"])
    assert BUYER.items() <= order.items()
    assert client.get(response.headers["Location"]).json() == order
    assert client.get(cart).json()["items"] == []
    assert stock(client, 1) == before - 2


def test_a_purchase_that_is_sent_again_is_made_once(client: TestClient) -> None:
    before = stock(client, 1)
    cart = cart_with(client, 1, 1)
    with ThreadPoolExecutor() as threads:
        responses = list(threads.map(lambda _: buy(client, cart), range(10)))
    assert {response.status_code for response in responses} == {201}
    assert len({response.json()["id"] for response in responses}) == 1
    assert stock(client, 1) == before - 1

    other = buy(client, cart, name="Grace")
    assert (other.status_code, set(other.json()["errors"])) == (422, {"Idempotency-Key"})
    assert buy(client, cart, key="new").status_code == 409, "the cart is empty"
    assert buy(client, cart_with(client, 1, 1)).json()["id"] != responses[0].json()["id"]


def test_twenty_buyers_for_the_last_five_get_five(client: TestClient) -> None:
    product = product_with_stock(client, 5)
    carts = [cart_with(client, product, 1) for _ in range(20)]
    with ThreadPoolExecutor(20) as threads:
        responses = list(threads.map(lambda cart: buy(client, cart), carts))
    assert sorted(response.status_code for response in responses) == [201] * 5 + [409] * 15
    assert stock(client, product) == 0
    refused = next(response.json() for response in responses if response.status_code == 409)
    assert refused["items"] == [{"product_id": product, "requested": 1, "available": 0}]


def test_a_refusal_changes_nothing_and_uses_no_key_up(client: TestClient) -> None:
    product = product_with_stock(client, 5)
    late, early = cart_with(client, product, 5), cart_with(client, product, 1)
    client.put(f"{late}/items/{product + 1}", json={"quantity": 1})
    other = stock(client, product + 1)
    assert buy(client, early).status_code == 201
    assert buy(client, late).status_code == 409
    assert stock(client, product + 1) == other
    assert len(client.get(late).json()["items"]) == 2

    client.put(f"{late}/items/{product}", json={"quantity": 4})
    assert buy(client, late).status_code == 201
    assert stock(client, product) == 0


@pytest.mark.parametrize("key", [None, "", "x" * 201])
def test_a_checkout_needs_a_key(client: TestClient, key: str | None) -> None:
    cart = cart_with(client, 1, 1)
    headers = {} if key is None else {"Idempotency-Key": key}
    response = client.post(f"{cart}/checkout", headers=headers, json=BUYER)
    assert response.status_code == 400
    assert response.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"email": "ada", "name": " ", "address": "\n"}, {"email", "name", "address"}),
        ({"email": "a@b", "name": "x" * 121, "address": "x" * 501}, {"email", "name", "address"}),
        ({"email": None, "name": 1, "address": []}, {"email", "name", "address"}),
        ({"email": "a@b@c.d"}, {"email"}),
        ({"email": "@b.c"}, {"email"}),
        ({"email": "a b@c.d"}, {"email"}),
        ({"email": "a@b..c"}, {"email"}),
        ({"email": "a@" + "b" * 251 + ".c"}, {"email"}),
    ],
)
def test_broken_fields_are_named_all_at_once_and_nothing_is_bought(
    client: TestClient, changes: dict[str, Any], fields: set[str]
) -> None:
    cart = cart_with(client, 1, 1)
    response = buy(client, cart, **changes)
    assert response.status_code == 422
    assert set(response.json()["errors"]) == fields
    assert len(client.get(cart).json()["items"]) == 1
