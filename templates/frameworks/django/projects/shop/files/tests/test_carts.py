"""Carts: quantities, prices, stock."""

from typing import Any

import pytest
from rest_framework.test import APIClient

pytestmark = pytest.mark.django_db


@pytest.fixture
def cart(api: APIClient) -> str:
    response = api.post("/api/carts")
    assert (response.status_code, response.json()["items"]) == (201, [])
    return response.headers["Location"]


def set_quantity(api: APIClient, cart: str, product: int, quantity: Any) -> Any:
    return api.put(f"{cart}/items/{product}", {"quantity": quantity})


def test_items_stay_in_the_order_of_adding_with_todays_prices(api: APIClient, cart: str) -> None:
    products = {number: api.get(f"/api/products/{number}").json() for number in [2, 1]}
    for number in [2, 1, 2]:
        response = set_quantity(api, cart, number, 3)
    body = response.json()
    assert [item["product_id"] for item in body["items"]] == [2, 1]
    for item in body["items"]:
        product = products[item["product_id"]]
        assert (item["name"], item["quantity"]) == (product["name"], 3)
        assert item["unit_price_cents"] == product["price_cents"]
        assert item["line_total_cents"] == 3 * product["price_cents"]
    assert body["total_cents"] == sum(item["line_total_cents"] for item in body["items"])
    assert api.get(cart).json() == body


def test_an_item_is_taken_out_by_0_or_by_deleting_it(api: APIClient, cart: str) -> None:
    for number in [1, 2]:
        set_quantity(api, cart, number, 1)
    response = set_quantity(api, cart, 1, 0)
    assert [item["product_id"] for item in response.json()["items"]] == [2]
    assert set_quantity(api, cart, 1, 0).status_code == 200
    response = api.delete(f"{cart}/items/2")
    assert (response.status_code, response.json()["total_cents"]) == (200, 0)
    assert api.delete(f"{cart}/items/2").status_code == 404


def test_no_more_than_is_in_stock_goes_into_a_cart(api: APIClient, cart: str) -> None:
    least = api.get("/api/products?per_page=100").json()["items"]
    product = next(one for one in least if one["stock"] == 5)
    assert set_quantity(api, cart, product["id"], 5).status_code == 200
    response = set_quantity(api, cart, product["id"], 6)
    assert response.status_code == 409
    shortage = {"product_id": product["id"], "requested": 6, "available": 5}
    assert response.json()["items"] == [shortage]
    assert api.get(cart).json()["items"][0]["quantity"] == 5


@pytest.mark.parametrize("quantity", [-1, 100, "1", None, True, 10**30, 1.5])
def test_a_quantity_is_a_whole_number_to_99(api: APIClient, cart: str, quantity: Any) -> None:
    response = set_quantity(api, cart, 1, quantity)
    assert response.status_code == 422
    assert set(response.json()["errors"]) == {"quantity"}


def test_what_is_not_there_is_not_found(api: APIClient, cart: str) -> None:
    assert set_quantity(api, cart, 1000, 1).status_code == 404
    assert set_quantity(api, cart, 2**70, 1).status_code == 404
    assert set_quantity(api, "/api/carts/none", 1, 1).status_code == 404
    assert api.get("/api/carts/none").status_code == 404
    assert api.get("/api/orders/none").status_code == 404
