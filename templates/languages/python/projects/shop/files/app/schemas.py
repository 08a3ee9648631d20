"""What clients of the shop send, with the rules for each field, and what they get."""

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from app.bodies import Input, Output
from app.paging import Digits, Paging
from app.texts import Search, line, lines
from app.timestamps import Timestamp


def check_email(email: str) -> str:
    # Whether it is somebody's, only a message to it can tell.
    if not re.fullmatch(r"[^@\s]+@[^@.\s]+(\.[^@.\s]+)+", email):
        raise ValueError("must have one @, and a name with a dot after it")
    return email


class ProductQuery(Paging):
    """Which products a list shows, and in which order."""

    q: Search | None = None
    category: Search | None = None
    min_price: Digits | None = None
    max_price: Digits | None = None
    in_stock: Literal["true"] | None = None
    sort: Literal["price", "name", "newest"] | None = None
    order: Literal["asc", "desc"] | None = None


class Quantity(Input):
    quantity: int = Field(ge=0, le=99)


class Checkout(Input):
    email: Annotated[line(1, 254), AfterValidator(check_email)]
    name: line(1, 120)
    address: lines(1, 500)


class ProductRead(Output):
    id: int
    sku: str
    name: str
    description: str
    category: str
    price_cents: int
    currency: str
    stock: int
    created_at: Timestamp


class Names(Output):
    items: list[str]


class LineItem(Output):
    product_id: int
    name: str
    quantity: int
    unit_price_cents: int
    line_total_cents: int


class CartRead(Output):
    id: str
    currency: str
    items: list[LineItem]
    total_cents: int


class OrderRead(Output):
    id: str
    number: str
    status: str
    currency: str
    items: list[LineItem]
    total_cents: int
    email: str
    name: str
    address: str
    created_at: Timestamp


class Shortage(Output):
    """A product of which there is too little."""

    product_id: int
    requested: int
    available: int
