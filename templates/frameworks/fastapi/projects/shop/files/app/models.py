"""The tables of the shop, as classes. Money is whole cents."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.database import Base
from app.timestamps import UtcDateTime, utc_now

# Without letters and digits that look alike.
ORDER_NUMBER_CHARACTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


def new_id() -> str:
    """A secret of 128 bits: whoever knows it may see the cart or the order."""
    return secrets.token_urlsafe(16)


def new_order_number() -> str:
    """For people: short enough to read out, and of 50 bits, so that no two are the same."""
    return "".join(secrets.choice(ORDER_NUMBER_CHARACTERS) for _ in range(10))


class Product(Base):
    __tablename__ = "products"

    id: Mapped[int] = mapped_column(primary_key=True)
    sku: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    description: Mapped[str]
    category: Mapped[str] = mapped_column(index=True)
    price_cents: Mapped[int]
    currency: Mapped[str]
    stock: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (
        CheckConstraint("price_cents >= 0", name="price_cents"),
        # The database itself refuses to sell what is not there.
        CheckConstraint("stock >= 0", name="stock"),
        {"sqlite_autoincrement": True},
    )


class Cart(Base):
    __tablename__ = "carts"

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    currency: Mapped[str]

    items: Mapped[list[CartItem]] = relationship(
        order_by="CartItem.id", cascade="all, delete-orphan", lazy="selectin"
    )

    @property
    def total_cents(self) -> int:
        return sum(item.line_total_cents for item in self.items)


class CartItem(Base):
    """Its price is the product's price of today."""

    __tablename__ = "cart_items"
    __table_args__ = (
        UniqueConstraint("cart_id", "product_id"),
        CheckConstraint("quantity > 0", name="quantity"),
    )

    # The order of the ids is the order of adding.
    id: Mapped[int] = mapped_column(primary_key=True)
    cart_id: Mapped[str] = mapped_column(ForeignKey("carts.id", ondelete="CASCADE"))
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"))
    quantity: Mapped[int]

    product: Mapped[Product] = relationship(lazy="joined", innerjoin=True)

    @property
    def name(self) -> str:
        return self.product.name

    @property
    def unit_price_cents(self) -> int:
        return self.product.price_cents

    @property
    def line_total_cents(self) -> int:
        return self.quantity * self.unit_price_cents


class Order(Base):
    __tablename__ = "orders"
    # The same key on the same cart gives the same order.
    __table_args__ = (UniqueConstraint("cart_id", "idempotency_key"),)

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    number: Mapped[str] = mapped_column(unique=True, default=new_order_number)
    cart_id: Mapped[str] = mapped_column(ForeignKey("carts.id"))
    idempotency_key: Mapped[str]
    status: Mapped[str] = mapped_column(default="placed")
    currency: Mapped[str]
    total_cents: Mapped[int]
    email: Mapped[str]
    name: Mapped[str]
    address: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now)

    items: Mapped[list[OrderItem]] = relationship(order_by="OrderItem.id", lazy="selectin")


class OrderItem(Base):
    """With the name and the price at the time of purchase."""

    __tablename__ = "order_items"

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[str] = mapped_column(ForeignKey("orders.id"), index=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"))
    name: Mapped[str]
    quantity: Mapped[int]
    unit_price_cents: Mapped[int]

    @property
    def line_total_cents(self) -> int:
        return self.quantity * self.unit_price_cents
