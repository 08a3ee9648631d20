"""The products that the shop opens with."""

import json
from datetime import timedelta

from django.conf import settings
from django.db import migrations
from django.utils import timezone


def store_products(apps, schema_editor):
    """Those of `products.json`; the last in it is the newest."""
    shop = json.loads((settings.BASE_DIR / "products.json").read_text(encoding="utf-8"))
    first = timezone.now() - timedelta(seconds=len(shop["products"]))
    Product = apps.get_model("shop", "Product")
    Product.objects.bulk_create(
        Product(
            **product,
            currency=shop["currency"],
            created_at=first + timedelta(seconds=position),
        )
        for position, product in enumerate(shop["products"])
    )


class Migration(migrations.Migration):
    dependencies = [("shop", "0001_initial")]

    operations = [migrations.RunPython(store_products, migrations.RunPython.noop)]
