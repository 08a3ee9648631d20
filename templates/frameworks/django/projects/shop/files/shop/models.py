"""The tables of the shop, as classes, and their queries. Money is whole cents."""

import secrets

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from core.fields import LineField, LinesField

# Without letters and digits that look alike.
ORDER_NUMBER_CHARACTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"

# The columns to sort by, with their default order.
SORT_COLUMNS = {
    "price": ("price_cents", "asc"),
    "name": ("name", "asc"),
    "newest": ("created_at", "desc"),
}

# Whether somebody has this address, only a message to it can tell.
validate_email = RegexValidator(
    r"^[^@\s]+@[^@.\s]+(\.[^@.\s]+)+\Z", "Should be an email address, as ada@example.com."
)


def validate_not_blank(text: str) -> None:
    if not text.strip():
        raise ValidationError("This field may not be blank.")


def new_id() -> str:
    """A secret of 128 bits: whoever knows it may see the cart or the order."""
    return secrets.token_urlsafe(16)


def new_order_number() -> str:
    """For people: short enough to read out, and of 50 bits, so that no two are the same."""
    return "".join(secrets.choice(ORDER_NUMBER_CHARACTERS) for _ in range(10))


class ProductQuerySet(models.QuerySet):
    def matching(
        self, *, q: str = "", sort: str = "newest", order: str = "", **exact: str | int
    ) -> "ProductQuerySet":
        products = self.filter(**exact)
        if q:
            products = products.filter(Q(name__icontains=q) | Q(description__icontains=q))
        column, default_order = SORT_COLUMNS[sort]
        # Ties go by id.
        if (order or default_order) == "desc":
            return products.order_by(f"-{column}", "-id")
        return products.order_by(column, "id")


class Product(models.Model):
    sku = LineField(max_length=40, unique=True)
    name = LineField(max_length=200)
    description = LinesField()
    category = LineField(max_length=80, db_index=True)
    # The database itself refuses numbers below 0: nobody sells what is not there.
    price_cents = models.PositiveIntegerField()
    currency = models.CharField(max_length=3, default="EUR")
    stock = models.PositiveIntegerField()
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ProductQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name


class Cart(models.Model):
    id = models.CharField(max_length=22, primary_key=True, default=new_id)
    currency = models.CharField(max_length=3)

    def __str__(self) -> str:
        return self.id

    @property
    def total_cents(self) -> int:
        return sum(item.line_total_cents for item in self.items.all())


class CartItem(models.Model):
    """Its price is the product's price of today."""

    cart = models.ForeignKey(Cart, on_delete=models.CASCADE, related_name="items")
    product = models.ForeignKey(Product, on_delete=models.CASCADE)
    quantity = models.PositiveSmallIntegerField()

    class Meta:
        # In the order of adding.
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["cart", "product"], name="product_of_cart"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="cart_item_quantity"),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} {self.name}"

    @property
    def name(self) -> str:
        return self.product.name

    @property
    def unit_price_cents(self) -> int:
        return self.product.price_cents

    @property
    def line_total_cents(self) -> int:
        return self.quantity * self.unit_price_cents


class Order(models.Model):
    id = models.CharField(max_length=22, primary_key=True, default=new_id, editable=False)
    number = models.CharField(max_length=14, unique=True, default=new_order_number, editable=False)
    cart = models.ForeignKey(Cart, on_delete=models.PROTECT, editable=False)
    idempotency_key = models.CharField(max_length=200, editable=False)
    status = models.CharField(max_length=20, default="placed", editable=False)
    currency = models.CharField(max_length=3, editable=False)
    total_cents = models.PositiveBigIntegerField(editable=False)
    email = LineField(max_length=254, validators=[validate_email])
    name = LineField(max_length=120)
    address = LinesField(max_length=500, validators=[validate_not_blank])
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [
            # The same key on the same cart gives the same order.
            models.UniqueConstraint(fields=["cart", "idempotency_key"], name="key_of_cart")
        ]

    def __str__(self) -> str:
        return self.number


class OrderItem(models.Model):
    """With the name and the price at the time of purchase."""

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="items")
    product = models.ForeignKey(Product, on_delete=models.PROTECT)
    name = models.CharField(max_length=200)
    quantity = models.PositiveSmallIntegerField()
    unit_price_cents = models.PositiveIntegerField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.quantity} {self.name}"

    @property
    def line_total_cents(self) -> int:
        return self.quantity * self.unit_price_cents
