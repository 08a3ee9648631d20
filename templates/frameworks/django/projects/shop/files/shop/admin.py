"""Products and orders on the admin site."""

from django.contrib import admin

from shop.models import Order, OrderItem, Product


@admin.register(Product)
class ProductAdmin(admin.ModelAdmin):
    list_display = ["name", "category", "price_cents", "stock"]
    list_filter = ["category"]
    search_fields = ["name", "description", "sku"]


class ItemInline(admin.TabularInline):
    model = OrderItem
    readonly_fields = ["product", "name", "quantity", "unit_price_cents"]
    extra = 0


@admin.register(Order)
class OrderAdmin(admin.ModelAdmin):
    list_display = ["number", "status", "total_cents", "email", "created_at"]
    search_fields = ["number", "email", "name"]
    inlines = [ItemInline]
