"""What clients of the shop send, with the rules for each field, and what they get."""

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, Field, StringConstraints

from app.paging import PageParams
from app.texts import SingleLine, Text
from app.timestamps import Timestamp


def not_blank(text: str) -> str:
    if not text.strip():
        raise ValueError("Should not be blank")
    return text


# Whether somebody has this address, only a message to it can tell.
Email = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True,
        max_length=254,
        pattern=r"^[^@\s\p{Cc}]+@[^@.\s\p{Cc}]+(\.[^@.\s\p{Cc}]+)+$",
    ),
]
Address = Annotated[Text, Field(min_length=1, max_length=500), AfterValidator(not_blank)]
Price = Annotated[int, Field(ge=0, lt=2**63)]


class ProductFilters(PageParams):
    q: Text | None = None
    category: Text | None = None
    min_price: Price | None = None
    max_price: Price | None = None
    in_stock: Literal["true"] | None = None
    sort: Literal["price", "name", "newest"] | None = None
    order: Literal["asc", "desc"] | None = None


# Strict: no number is taken for a text, and no text for a number.
class Quantity(BaseModel, strict=True):
    quantity: int = Field(ge=0, le=99)


class Checkout(BaseModel, strict=True):
    email: Email
    name: Annotated[SingleLine, Field(min_length=1, max_length=120)]
    address: Address


class ProductPublic(BaseModel):
    id: int
    sku: str
    name: str
    description: str
    category: str
    price_cents: int
    currency: str
    stock: int
    created_at: Timestamp


class Categories(BaseModel):
    items: list[str]


class LineItem(BaseModel):
    product_id: int
    name: str
    quantity: int
    unit_price_cents: int
    line_total_cents: int


class CartPublic(BaseModel):
    id: str
    currency: str
    items: list[LineItem]
    total_cents: int


class OrderPublic(BaseModel):
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
