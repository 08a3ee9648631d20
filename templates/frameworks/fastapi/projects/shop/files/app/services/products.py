"""Products in the database."""

from sqlalchemy import asc, desc, func, select
from sqlalchemy.orm import Session

from app.errors import ProblemError
from app.models import Product
from app.paging import Page, get_page
from app.schemas import ProductFilters
from app.search import contains

# The columns to sort by, with their default order.
SORT_COLUMNS = {
    "price": (Product.price_cents, "asc"),
    "name": (Product.name, "asc"),
    "newest": (Product.created_at, "desc"),
}


def get(session: Session, product_id: int) -> Product:
    product = session.get(Product, product_id)
    if product is None:
        raise ProblemError(404, "There is no such product.")
    return product


def get_list(session: Session, filters: ProductFilters) -> Page[Product]:
    query = select(Product)
    if filters.q is not None:
        query = query.where(contains(filters.q, Product.name, Product.description))
    if filters.category is not None:
        query = query.where(Product.category == filters.category)
    if filters.min_price is not None:
        query = query.where(Product.price_cents >= filters.min_price)
    if filters.max_price is not None:
        query = query.where(Product.price_cents <= filters.max_price)
    if filters.in_stock is not None:
        query = query.where(Product.stock > 0)
    column, default_order = SORT_COLUMNS[filters.sort or "newest"]
    direction = {"asc": asc, "desc": desc}[filters.order or default_order]
    # Ties go by id.
    return get_page(session, query.order_by(direction(column), direction(Product.id)), filters)


def get_categories(session: Session) -> list[str]:
    query = select(Product.category).distinct().order_by(func.lower(Product.category))
    return list(session.scalars(query))


def get_currency(session: Session) -> str:
    """All prices are in one currency."""
    return session.scalars(select(Product.currency).limit(1)).one()
