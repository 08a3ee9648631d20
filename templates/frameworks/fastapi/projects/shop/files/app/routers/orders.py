"""`/api/carts/{id}/checkout` and `/api/orders`"""

import re
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Response

from app.dependencies import SessionDep, WriteSessionDep
from app.errors import ProblemError
from app.models import Order
from app.schemas import Checkout, OrderPublic
from app.services import orders
from app.strict_json import StrictJsonRoute

router = APIRouter(tags=["orders"], route_class=StrictJsonRoute)


def require_idempotency_key(idempotency_key: Annotated[str, Header()] = "") -> str:
    """Names a purchase: when the response was lost, the request can be sent again."""
    if not re.fullmatch("[!-~]{1,200}", idempotency_key):
        raise ProblemError(400, "The header Idempotency-Key needs 1 to 200 visible characters.")
    return idempotency_key


@router.post("/carts/{cart_id}/checkout", status_code=201, response_model=OrderPublic)
def check_out(
    session: WriteSessionDep,
    cart_id: str,
    checkout: Checkout,
    key: Annotated[str, Depends(require_idempotency_key)],
    response: Response,
) -> Order:
    order = orders.check_out(session, cart_id, checkout, key)
    response.headers["Location"] = f"/api/orders/{order.id}"
    return order


@router.get("/orders/{order_id}", response_model=OrderPublic)
def read_order(session: SessionDep, order_id: str) -> Order:
    return orders.get(session, order_id)
