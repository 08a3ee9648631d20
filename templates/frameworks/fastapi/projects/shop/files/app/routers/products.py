"""`/api/products` and `/api/categories`"""

from typing import Annotated

from fastapi import APIRouter, Path, Query

from app.dependencies import SessionDep
from app.models import Product
from app.paging import Page
from app.schemas import Categories, ProductFilters, ProductPublic
from app.services import products

router = APIRouter(tags=["products"])

# SQLite has no larger integer.
ProductId = Annotated[int, Path(lt=2**63)]


@router.get("/products", response_model=Page[ProductPublic])
def list_products(
    session: SessionDep, filters: Annotated[ProductFilters, Query()]
) -> Page[Product]:
    return products.get_list(session, filters)


@router.get("/products/{product_id}", response_model=ProductPublic)
def read_product(session: SessionDep, product_id: ProductId) -> Product:
    return products.get(session, product_id)


@router.get("/categories")
def list_categories(session: SessionDep) -> Categories:
    return Categories(items=products.get_categories(session))
