"""Carts and purchases: what changes the stock, or depends on it."""

from typing import Any

from django.db.models import F
from django.shortcuts import get_object_or_404
from rest_framework.exceptions import APIException, ValidationError

from core.database import write_transaction
from shop.models import Cart, CartItem, Order, OrderItem, Product


class Conflict(APIException):
    """The client gets the members as well."""

    status_code = 409

    def __init__(self, detail: str, **members: Any) -> None:
        super().__init__(detail)
        self.members = members


def out_of_stock(requests: list[tuple[Product, int]]) -> Conflict:
    items = [
        {"product_id": product.pk, "requested": quantity, "available": product.stock}
        for product, quantity in requests
    ]
    return Conflict("There is not enough in stock.", items=items)


@write_transaction()
def set_quantity(cart_id: str, product_id: int, quantity: int) -> None:
    """0 removes the product from the cart."""
    cart = get_object_or_404(Cart, pk=cart_id)
    product = get_object_or_404(Product, pk=product_id)
    if quantity > product.stock:
        raise out_of_stock([(product, quantity)])
    if quantity == 0:
        cart.items.filter(product=product).delete()
    else:
        cart.items.update_or_create(product=product, defaults={"quantity": quantity})


@write_transaction()
def remove_item(cart_id: str, product_id: int) -> None:
    get_object_or_404(CartItem, cart=cart_id, product=product_id).delete()


@write_transaction()
def check_out(cart_id: str, buyer: dict[str, str], key: str) -> Order:
    """The same key on the same cart gives the same order."""
    cart = get_object_or_404(Cart, pk=cart_id)
    order = Order.objects.filter(cart=cart, idempotency_key=key).first()
    if order is None:
        return place_order(cart, buyer, key)
    if any(getattr(order, name) != value for name, value in buyer.items()):
        raise ValidationError({"Idempotency-Key": ["Was used on this cart with another body."]})
    return order


def place_order(cart: Cart, buyer: dict[str, str], key: str) -> Order:
    items = list(cart.items.select_related("product"))
    if not items:
        raise Conflict("The cart is empty.")
    missing = [
        (item.product, item.quantity) for item in items if item.quantity > item.product.stock
    ]
    if missing:
        raise out_of_stock(missing)
    order = Order.objects.create(
        **buyer,
        cart=cart,
        idempotency_key=key,
        currency=cart.currency,
        total_cents=sum(item.line_total_cents for item in items),
    )
    OrderItem.objects.bulk_create(
        OrderItem(
            order=order,
            product=item.product,
            name=item.name,
            quantity=item.quantity,
            unit_price_cents=item.unit_price_cents,
        )
        for item in items
    )
    for item in items:
        Product.objects.filter(pk=item.product_id).update(stock=F("stock") - item.quantity)
    cart.items.all().delete()
    return order
