"""What clients of the shop send and get. Most rules are in the models."""

from typing import Any

from rest_framework import serializers

from core.serializers import ModelSerializer
from shop.models import SORT_COLUMNS, Cart, Order, Product

MAX_INTEGER = 2**63 - 1


class StrictIntegerField(serializers.IntegerField):
    def to_internal_value(self, data: Any) -> int:
        # Python's True is an integer.
        if not isinstance(data, int) or isinstance(data, bool):
            self.fail("invalid")
        return super().to_internal_value(data)


class ProductSerializer(ModelSerializer):
    class Meta:
        model = Product
        fields = [
            "id",
            "sku",
            "name",
            "description",
            "category",
            "price_cents",
            "currency",
            "stock",
            "created_at",
        ]


class ProductFilters(serializers.Serializer):
    """The parameters of a list, beside its pages."""

    q = serializers.CharField(max_length=10_000, trim_whitespace=False, required=False)
    category = serializers.CharField(required=False)
    min_price = serializers.IntegerField(
        min_value=0, max_value=MAX_INTEGER, source="price_cents__gte", required=False
    )
    max_price = serializers.IntegerField(
        min_value=0, max_value=MAX_INTEGER, source="price_cents__lte", required=False
    )
    in_stock = serializers.ChoiceField(["true"], required=False)
    sort = serializers.ChoiceField(list(SORT_COLUMNS), required=False)
    order = serializers.ChoiceField(["asc", "desc"], required=False)


class CategoriesSerializer(serializers.Serializer):
    items = serializers.ListField(child=serializers.CharField())


class ItemSerializer(serializers.Serializer):
    """An item of a cart, or of an order."""

    product_id = serializers.IntegerField(read_only=True)
    name = serializers.CharField(read_only=True)
    quantity = serializers.IntegerField(read_only=True)
    unit_price_cents = serializers.IntegerField(read_only=True)
    line_total_cents = serializers.IntegerField(read_only=True)


class QuantitySerializer(serializers.Serializer):
    quantity = StrictIntegerField(min_value=0, max_value=99)


class CartSerializer(ModelSerializer):
    items = ItemSerializer(many=True, read_only=True)
    total_cents = serializers.IntegerField(read_only=True)

    class Meta:
        model = Cart
        fields = ["id", "currency", "items", "total_cents"]


class OrderSerializer(ModelSerializer):
    """Only `email`, `name` and `address` are sent: the rest of an order is not editable."""

    items = ItemSerializer(many=True, read_only=True)

    class Meta:
        model = Order
        fields = [
            "id",
            "number",
            "status",
            "currency",
            "items",
            "total_cents",
            "email",
            "name",
            "address",
            "created_at",
        ]
