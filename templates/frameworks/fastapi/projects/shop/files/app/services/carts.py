"""Carts in the database."""

from sqlalchemy.orm import Session

from app.errors import ProblemError
from app.models import Cart, CartItem, Product
from app.services import products


def create(session: Session) -> Cart:
    cart = Cart(currency=products.get_currency(session), items=[])
    session.add(cart)
    session.flush()
    return cart


def get(session: Session, cart_id: str) -> Cart:
    cart = session.get(Cart, cart_id)
    if cart is None:
        raise ProblemError(404, "There is no such cart.")
    return cart


def set_quantity(session: Session, cart_id: str, product_id: int, quantity: int) -> Cart:
    """0 removes the product from the cart."""
    cart = get(session, cart_id)
    product = products.get(session, product_id)
    if quantity > product.stock:
        raise out_of_stock([(product, quantity)])
    item = find_item(cart, product_id)
    if quantity == 0:
        if item:
            cart.items.remove(item)
    elif item:
        item.quantity = quantity
    else:
        cart.items.append(CartItem(product=product, quantity=quantity))
    session.flush()
    return cart


def remove_item(session: Session, cart_id: str, product_id: int) -> Cart:
    cart = get(session, cart_id)
    item = find_item(cart, product_id)
    if item is None:
        raise ProblemError(404, "This product is not in the cart.")
    cart.items.remove(item)
    return cart


def find_item(cart: Cart, product_id: int) -> CartItem | None:
    return next((item for item in cart.items if item.product_id == product_id), None)


def out_of_stock(requests: list[tuple[Product, int]]) -> ProblemError:
    items = [
        {"product_id": product.id, "requested": quantity, "available": product.stock}
        for product, quantity in requests
    ]
    return ProblemError(409, "There is not enough in stock.", items=items)
