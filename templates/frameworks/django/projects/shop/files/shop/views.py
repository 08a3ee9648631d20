"""The API of the shop, and the storefront that works on it."""

import re

from django.conf import settings
from django.db.models import Prefetch
from django.db.models.functions import Lower
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_safe
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import ParseError
from rest_framework.mixins import RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView
from rest_framework.viewsets import GenericViewSet, ReadOnlyModelViewSet

from core.database import snapshot, write_transaction
from core.pagination import Pagination
from core.serializers import validate_query
from shop import checkout
from shop.models import Cart, CartItem, Order, Product
from shop.serializers import (
    CartSerializer,
    CategoriesSerializer,
    OrderSerializer,
    ProductFilters,
    ProductSerializer,
    QuantitySerializer,
)

CARTS = Cart.objects.prefetch_related(Prefetch("items", CartItem.objects.select_related("product")))

IDEMPOTENCY_KEY = OpenApiParameter(
    "Idempotency-Key",
    {"type": "string", "minLength": 1, "maxLength": 200},
    OpenApiParameter.HEADER,
    required=True,
    description="Names a purchase: when the response was lost, the request can be sent again.",
)


class ProductViewSet(ReadOnlyModelViewSet):
    queryset = Product.objects.all()
    serializer_class = ProductSerializer
    pagination_class = Pagination
    lookup_value_converter = "int"

    @extend_schema(parameters=[ProductFilters])
    def list(self, request: Request) -> Response:
        filters = validate_query(ProductFilters, request.query_params)
        if filters.pop("in_stock", None):
            filters["stock__gt"] = 0
        page = self.paginate_queryset(Product.objects.matching(**filters))
        return self.get_paginated_response(self.get_serializer(page, many=True).data)


class CategoryList(APIView):
    @extend_schema(responses=CategoriesSerializer)
    def get(self, request: Request) -> Response:
        categories = Product.objects.values_list("category", flat=True)
        return Response({"items": list(categories.distinct().order_by(Lower("category")))})


@method_decorator(write_transaction(), name="create")
@method_decorator(snapshot(), name="retrieve")
class CartViewSet(RetrieveModelMixin, GenericViewSet):
    queryset = CARTS
    serializer_class = CartSerializer

    @extend_schema(request=None, responses={201: CartSerializer})
    def create(self, request: Request) -> Response:
        # All prices are in one currency.
        cart = Cart.objects.create(currency=Product.objects.earliest("id").currency)
        headers = {"Location": reverse("cart-detail", args=[cart.pk])}
        return Response(CartSerializer(cart).data, status=201, headers=headers)


class CartItemDetail(APIView):
    @extend_schema(request=QuantitySerializer, responses=CartSerializer)
    def put(self, request: Request, pk: str, product_id: int) -> Response:
        serializer = QuantitySerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        checkout.set_quantity(pk, product_id, serializer.validated_data["quantity"])
        return read_cart(pk)

    @extend_schema(responses=CartSerializer)
    def delete(self, request: Request, pk: str, product_id: int) -> Response:
        checkout.remove_item(pk, product_id)
        return read_cart(pk)


@snapshot()
def read_cart(pk: str) -> Response:
    return Response(CartSerializer(get_object_or_404(CARTS, pk=pk)).data)


class Checkout(APIView):
    @extend_schema(
        parameters=[IDEMPOTENCY_KEY], request=OrderSerializer, responses={201: OrderSerializer}
    )
    def post(self, request: Request, pk: str) -> Response:
        key = request.headers.get("Idempotency-Key", "")
        if not re.fullmatch("[!-~]{1,200}", key):
            raise ParseError("The header Idempotency-Key needs 1 to 200 visible characters.")
        serializer = OrderSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        order = checkout.check_out(pk, serializer.validated_data, key)
        headers = {"Location": reverse("order-detail", args=[order.pk])}
        return Response(OrderSerializer(order).data, status=201, headers=headers)


class OrderViewSet(RetrieveModelMixin, GenericViewSet):
    queryset = Order.objects.prefetch_related("items")
    serializer_class = OrderSerializer


@require_safe
def show_storefront(request: HttpRequest) -> HttpResponse:
    return HttpResponse((settings.BASE_DIR / "static/index.html").read_bytes())
