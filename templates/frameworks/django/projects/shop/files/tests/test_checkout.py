"""Checkout: stock, and purchases that are sent again."""

import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connections
from rest_framework.response import Response
from rest_framework.test import APIClient

pytestmark = pytest.mark.django_db

# The threads see what is stored, and afterwards the opening products are there again.
WITH_THREADS = pytest.mark.django_db(transaction=True, serialized_rollback=True)

BUYER = {"email": "ada@example.com", "name": "Ada", "address": "12 St James's Square\nLondon"}


def cart_with(api: APIClient, product: int, quantity: int) -> str:
    cart = api.post("/api/carts").headers["Location"]
    response = api.put(f"{cart}/items/{product}", {"quantity": quantity})
    assert response.status_code == 200
    return cart


def buy(api: APIClient, cart: str, key: str = "key", **changes: Any) -> Response:
    return api.post(f"{cart}/checkout", BUYER | changes, headers={"Idempotency-Key": key})


def buy_at_once(carts: list[str]) -> list[Response]:
    def buy_one(cart: str) -> Response:
        response = buy(APIClient(), cart)
        connections.close_all()
        return response

    with ThreadPoolExecutor(len(carts)) as threads:
        return list(threads.map(buy_one, carts))


def stock(api: APIClient, product: int) -> int:
    return api.get(f"/api/products/{product}").json()["stock"]


def product_with_stock(api: APIClient, wanted: int) -> int:
    products = api.get("/api/products?per_page=100").json()["items"]
    return next(product["id"] for product in products if product["stock"] == wanted)


def test_an_order_has_what_was_in_the_cart(api: APIClient) -> None:
    before = stock(api, 1)
    cart = cart_with(api, 1, 2)
    items = api.get(cart).json()["items"]
    response = buy(api, cart)
    order = response.json()
    assert response.status_code == 201
    assert order["items"] == items
    assert order["status"] == "placed"
    assert re.fullmatch("[A-Z0-9-]{6,14}", order["number"])
    assert BUYER.items() <= order.items()
    assert api.get(response.headers["Location"]).json() == order
    assert api.get(cart).json()["items"] == []
    assert stock(api, 1) == before - 2


@WITH_THREADS
def test_a_purchase_that_is_sent_again_is_made_once(api: APIClient) -> None:
    before = stock(api, 1)
    cart = cart_with(api, 1, 1)
    responses = buy_at_once([cart] * 10)
    assert {response.status_code for response in responses} == {201}
    assert len({response.json()["id"] for response in responses}) == 1
    assert stock(api, 1) == before - 1

    other = buy(api, cart, name="Grace")
    assert (other.status_code, set(other.json()["errors"])) == (422, {"Idempotency-Key"})
    assert buy(api, cart, key="new").status_code == 409, "the cart is empty"
    assert buy(api, cart_with(api, 1, 1)).json()["id"] != responses[0].json()["id"]


@WITH_THREADS
def test_twenty_buyers_for_the_last_five_get_five(api: APIClient) -> None:
    product = product_with_stock(api, 5)
    carts = [cart_with(api, product, 1) for _ in range(20)]
    responses = buy_at_once(carts)
    assert sorted(response.status_code for response in responses) == [201] * 5 + [409] * 15
    assert stock(api, product) == 0
    refused = next(response.json() for response in responses if response.status_code == 409)
    assert refused["items"] == [{"product_id": product, "requested": 1, "available": 0}]


def test_a_refusal_changes_nothing_and_uses_no_key_up(api: APIClient) -> None:
    product = product_with_stock(api, 5)
    late, early = cart_with(api, product, 5), cart_with(api, product, 1)
    api.put(f"{late}/items/{product + 1}", {"quantity": 1})
    other = stock(api, product + 1)
    assert buy(api, early).status_code == 201
    assert buy(api, late).status_code == 409
    assert stock(api, product + 1) == other
    assert len(api.get(late).json()["items"]) == 2

    api.put(f"{late}/items/{product}", {"quantity": 4})
    assert buy(api, late).status_code == 201
    assert stock(api, product) == 0


@pytest.mark.parametrize("key", [None, "", "x" * 201])
def test_a_checkout_needs_a_key(api: APIClient, key: str | None) -> None:
    cart = cart_with(api, 1, 1)
    headers = {} if key is None else {"Idempotency-Key": key}
    response = api.post(f"{cart}/checkout", BUYER, headers=headers)
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
    api: APIClient, changes: dict[str, Any], fields: set[str]
) -> None:
    cart = cart_with(api, 1, 1)
    response = buy(api, cart, **changes)
    assert response.status_code == 422
    assert set(response.json()["errors"]) == fields
    assert len(api.get(cart).json()["items"]) == 1
