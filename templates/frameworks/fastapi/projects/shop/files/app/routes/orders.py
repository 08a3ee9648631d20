"""`/api/carts/{id}/checkout` and `/api/orders`"""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from starlette.exceptions import HTTPException

from app import models, orders
from app.schemas import Checkout, OrderRead
from app.web.requests import DatabaseSession, StrictJsonRoute

LONGEST_KEY = 200

router = APIRouter(route_class=StrictJsonRoute)


def idempotency_key(request: Request) -> str:
    """Names a purchase: when the answer got lost, it can be sent again and is made once."""
    key = request.headers.get("Idempotency-Key", "")
    if not 1 <= len(key) <= LONGEST_KEY:
        raise HTTPException(400, f"Idempotency-Key must have 1 to {LONGEST_KEY} characters")
    return key


@router.post("/carts/{cart_id}/checkout", status_code=201, response_model=OrderRead)
def check_out(
    cart_id: str,
    checkout: Checkout,
    key: Annotated[str, Depends(idempotency_key)],
    session: DatabaseSession,
    response: Response,
) -> models.Order:
    order = orders.check_out(session, cart_id, checkout, key)
    response.headers["Location"] = f"/api/orders/{order.id}"
    return order


@router.get("/orders/{order_id}", response_model=OrderRead)
def show(order_id: str, session: DatabaseSession) -> models.Order:
    return orders.find(session, order_id)
