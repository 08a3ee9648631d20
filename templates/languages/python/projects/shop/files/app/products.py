"""The products in the database."""

from sqlalchemy import asc, desc, func, select
from sqlalchemy.orm import Session

from app.errors import NotFoundError
from app.models import Product
from app.paging import Page, contains, find_page
from app.schemas import ProductQuery

ORDERS = {
    "price": (Product.price_cents, "asc"),
    "name": (Product.name, "asc"),
    "newest": (Product.created_at, "desc"),
}


def find(session: Session, number: int) -> Product:
    product = session.get(Product, number)
    if product is None:
        raise NotFoundError
    return product


def find_all(session: Session, wanted: ProductQuery) -> Page[Product]:
    query = select(Product)
    if wanted.q is not None:
        query = query.where(contains(wanted.q, Product.name, Product.description))
    if wanted.category is not None:
        query = query.where(Product.category == wanted.category)
    if wanted.min_price is not None:
        query = query.where(Product.price_cents >= wanted.min_price)
    if wanted.max_price is not None:
        query = query.where(Product.price_cents <= wanted.max_price)
    if wanted.in_stock is not None:
        query = query.where(Product.stock > 0)
    column, usual = ORDERS[wanted.sort or "newest"]
    direction = {"asc": asc, "desc": desc}[wanted.order or usual]
    # Equals go by id.
    return find_page(session, query.order_by(direction(column), direction(Product.id)), wanted)


def categories(session: Session) -> list[str]:
    query = select(Product.category).distinct().order_by(func.lower(Product.category))
    return list(session.scalars(query))


def currency(session: Session) -> str:
    """All prices are in one currency."""
    return session.scalars(select(Product.currency).limit(1)).one()
