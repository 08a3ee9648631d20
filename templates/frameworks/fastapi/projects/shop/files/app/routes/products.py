"""`/api/products` and `/api/categories`"""

from typing import Annotated

from fastapi import APIRouter, Query

from app import models, products
from app.paging import Page
from app.schemas import Names, ProductQuery, ProductRead
from app.web.requests import DatabaseSession, Id

router = APIRouter()


@router.get("/products", response_model=Page[ProductRead])
def find_all(
    wanted: Annotated[ProductQuery, Query()], session: DatabaseSession
) -> Page[models.Product]:
    return products.find_all(session, wanted)


@router.get("/products/{number}", response_model=ProductRead)
def show(number: Id, session: DatabaseSession) -> models.Product:
    return products.find(session, number)


@router.get("/categories")
def categories(session: DatabaseSession) -> Names:
    return Names(items=products.categories(session))
