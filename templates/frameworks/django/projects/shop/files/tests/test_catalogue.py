"""The catalogue: filters, search, order, pages."""

import json
from typing import Any

import pytest
from django.conf import settings
from rest_framework.test import APIClient

pytestmark = pytest.mark.django_db

PRODUCTS = json.loads((settings.BASE_DIR / "products.json").read_text())["products"]


def find(api: APIClient, query: str = "") -> list[dict[str, Any]]:
    response = api.get(f"/api/products?per_page=100&{query}")
    assert response.status_code == 200, response.text
    return response.json()["items"]


def test_the_shop_opens_with_its_products_the_last_first(api: APIClient) -> None:
    found = find(api)
    assert [product["sku"] for product in found] == [one["sku"] for one in PRODUCTS[::-1]]
    assert api.get(f"/api/products/{found[0]['id']}").json() == found[0]
    categories = api.get("/api/categories").json()["items"]
    assert categories == sorted({product["category"] for product in PRODUCTS})


def test_filters_keep_what_fits_all_of_them(api: APIClient) -> None:
    one = PRODUCTS[0]
    found = find(api, f"category={one['category']}")
    assert {product["category"] for product in found} == {one["category"]}
    price = one["price_cents"]
    found = find(api, f"min_price={price}&max_price={price}")
    assert {product["price_cents"] for product in found} == {price}
    in_stock = [product for product in PRODUCTS if product["stock"] > 0]
    assert len(find(api, "in_stock=true")) == len(in_stock) < len(PRODUCTS)
    assert find(api, "category=Nothing") == []
    assert find(api, "min_price=2&max_price=1") == []


def test_a_search_takes_every_character_as_it_is(api: APIClient) -> None:
    name = PRODUCTS[0]["name"]
    assert name in [product["name"] for product in find(api, f"q={name.upper()}")]
    assert find(api, "q=%25_%27") == []


@pytest.mark.parametrize(("sort", "key"), [("price", "price_cents"), ("name", "name")])
def test_an_order_goes_both_ways_and_ties_go_by_id(api: APIClient, sort: str, key: str) -> None:
    up = find(api, f"sort={sort}")
    assert up == sorted(up, key=lambda product: (product[key], product["id"]))
    assert find(api, f"sort={sort}&order=desc") == up[::-1]


def test_the_newest_are_first_unless_told_otherwise(api: APIClient) -> None:
    assert find(api, "sort=newest") == find(api)
    assert find(api, "order=asc") == find(api, "sort=newest&order=asc") == find(api)[::-1]


@pytest.mark.parametrize(
    "query", ["page=0", "sort=id", "order=up", "in_stock=false", "min_price=-1", "max_price=1.5"]
)
def test_a_query_that_breaks_a_rule_is_a_problem(api: APIClient, query: str) -> None:
    response = api.get(f"/api/products?{query}")
    assert response.status_code == 422
    assert set(response.json()["errors"]) == {query.partition("=")[0]}
