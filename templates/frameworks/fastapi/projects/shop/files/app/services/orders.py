"""Orders in the database: a purchase is made once, and only of what is in stock."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import ProblemError
from app.models import Cart, Order, OrderItem
from app.schemas import Checkout
from app.services import carts


def get(session: Session, order_id: str) -> Order:
    order = session.get(Order, order_id)
    if order is None:
        raise ProblemError(404, "There is no such order.")
    return order


def check_out(session: Session, cart_id: str, checkout: Checkout, key: str) -> Order:
    """The same key on the same cart gives the same order."""
    cart = carts.get(session, cart_id)
    order = session.scalar(
        select(Order).where(Order.cart_id == cart_id, Order.idempotency_key == key)
    )
    if order is None:
        return create(session, cart, checkout, key)
    if any(getattr(order, name) != value for name, value in checkout):
        message = "Was used on this cart with another body"
        raise ProblemError(422, "The key is not valid.", errors={"Idempotency-Key": [message]})
    return order


def create(session: Session, cart: Cart, checkout: Checkout, key: str) -> Order:
    if not cart.items:
        raise ProblemError(409, "The cart is empty.")
    missing = [
        (item.product, item.quantity) for item in cart.items if item.quantity > item.product.stock
    ]
    if missing:
        raise carts.out_of_stock(missing)
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
    session.flush()
    return order
