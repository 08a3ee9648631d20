"""`/api/carts`"""

from fastapi import APIRouter, Response

from app.dependencies import SessionDep, WriteSessionDep
from app.models import Cart
from app.routers.products import ProductId
from app.schemas import CartPublic, Quantity
from app.services import carts
from app.strict_json import StrictJsonRoute

router = APIRouter(prefix="/carts", tags=["carts"], route_class=StrictJsonRoute)


@router.post("", status_code=201, response_model=CartPublic)
def create_cart(session: WriteSessionDep, response: Response) -> Cart:
    cart = carts.create(session)
    response.headers["Location"] = f"/api/carts/{cart.id}"
    return cart


@router.get("/{cart_id}", response_model=CartPublic)
def read_cart(session: SessionDep, cart_id: str) -> Cart:
    return carts.get(session, cart_id)


@router.put("/{cart_id}/items/{product_id}", response_model=CartPublic)
def set_quantity(
    session: WriteSessionDep, cart_id: str, product_id: ProductId, body: Quantity
) -> Cart:
    return carts.set_quantity(session, cart_id, product_id, body.quantity)


@router.delete("/{cart_id}/items/{product_id}", response_model=CartPublic)
def remove_item(session: WriteSessionDep, cart_id: str, product_id: ProductId) -> Cart:
    return carts.remove_item(session, cart_id, product_id)
