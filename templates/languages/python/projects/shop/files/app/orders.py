"""The orders in the database: what is bought is bought once, and only what there is."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import carts
from app.database import write
from app.errors import ConflictError, InvalidError, NotFoundError
from app.models import Cart, Order, OrderItem
from app.schemas import Checkout, Shortage


def find(session: Session, order_id: str) -> Order:
    order = session.get(Order, order_id)
    if order is None:
        raise NotFoundError
    return order


def check_out(session: Session, cart_id: str, checkout: Checkout, key: str) -> Order:
    """All in one transaction, which no other writer can come between."""
    with write(session):
        cart = carts.find(session, cart_id)
        order = session.scalar(
            select(Order).where(Order.cart_id == cart_id, Order.idempotency_key == key)
        )
        if order is None:
            order = place(session, cart, checkout, key)
        elif any(getattr(order, name) != value for name, value in checkout):
            raise InvalidError("Idempotency-Key", "was used on this cart with another body")
    return order


def place(session: Session, cart: Cart, checkout: Checkout, key: str) -> Order:
    if not cart.items:
        raise ConflictError("the cart is empty")
    shortages = [
        Shortage(product_id=item.product_id, requested=item.quantity, available=item.product.stock)
        for item in cart.items
        if item.quantity > item.product.stock
    ]
    if shortages:
        raise carts.not_enough(shortages)
    order = Order(
        **checkout.model_dump(),
        cart_id=cart.id,
        idempotency_key=key,
        currency=cart.currency,
        total_cents=cart.total_cents,
        items=[
            OrderItem(
                product_id=item.product_id,
                name=item.name,
                quantity=item.quantity,
                unit_price_cents=item.unit_price_cents,
            )
            for item in cart.items
        ],
    )
    session.add(order)
    for item in cart.items:
        item.product.stock -= item.quantity
    cart.items.clear()
    return order
