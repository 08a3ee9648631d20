"""`/api/carts`"""

from fastapi import APIRouter, Response

from app import carts, models
from app.schemas import CartRead, Quantity
from app.web.requests import DatabaseSession, Id, StrictJsonRoute

router = APIRouter(prefix="/carts", route_class=StrictJsonRoute)


@router.post("", status_code=201, response_model=CartRead)
def create(session: DatabaseSession, response: Response) -> models.Cart:
    cart = carts.create(session)
    response.headers["Location"] = f"/api/carts/{cart.id}"
    return cart


@router.get("/{cart_id}", response_model=CartRead)
def show(cart_id: str, session: DatabaseSession) -> models.Cart:
    return carts.find(session, cart_id)


@router.put("/{cart_id}/items/{product_id}", response_model=CartRead)
def set_quantity(
    cart_id: str, product_id: Id, wanted: Quantity, session: DatabaseSession
) -> models.Cart:
    return carts.set_quantity(session, cart_id, product_id, wanted.quantity)


@router.delete("/{cart_id}/items/{product_id}", response_model=CartRead)
def remove(cart_id: str, product_id: Id, session: DatabaseSession) -> models.Cart:
    return carts.remove(session, cart_id, product_id)
