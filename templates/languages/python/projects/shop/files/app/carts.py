"""The carts in the database."""

from sqlalchemy.orm import Session

from app import products
from app.database import write
from app.errors import ConflictError, NotFoundError
from app.models import Cart, CartItem
from app.schemas import Shortage


def create(session: Session) -> Cart:
    with write(session):
        cart = Cart(currency=products.currency(session), items=[])
        session.add(cart)
    return cart


def find(session: Session, cart_id: str) -> Cart:
    cart = session.get(Cart, cart_id)
    if cart is None:
        raise NotFoundError
    return cart


def set_quantity(session: Session, cart_id: str, product_id: int, quantity: int) -> Cart:
    """0 takes the product out."""
    with write(session):
        cart = find(session, cart_id)
        product = products.find(session, product_id)
        if quantity > product.stock:
            shortage = Shortage(product_id=product.id, requested=quantity, available=product.stock)
            raise not_enough([shortage])
        item = item_of(cart, product_id)
        if quantity == 0:
            if item:
                cart.items.remove(item)
        elif item:
            item.quantity = quantity
        else:
            cart.items.append(CartItem(product=product, quantity=quantity))
    return cart


def remove(session: Session, cart_id: str, product_id: int) -> Cart:
    with write(session):
        cart = find(session, cart_id)
        item = item_of(cart, product_id)
        if item is None:
            raise NotFoundError
        cart.items.remove(item)
    return cart


def item_of(cart: Cart, product_id: int) -> CartItem | None:
    return next((item for item in cart.items if item.product_id == product_id), None)


def not_enough(shortages: list[Shortage]) -> ConflictError:
    items = [shortage.model_dump() for shortage in shortages]
    return ConflictError("there are fewer in stock than wanted", items=items)
