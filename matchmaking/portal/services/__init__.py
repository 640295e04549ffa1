"""What exhibitors do in their portal, across the rooms below."""

from matchmaking.portal.services.acting import begin, facts_of, own_exhibitors
from matchmaking.portal.services.goods import (
    Goods,
    delete_product,
    product_count,
    product_of,
    products,
    save_product,
)
from matchmaking.portal.services.staffing import (
    add_staff,
    area_of,
    quota_of,
    remove_staff,
    staff,
    staff_member,
)
from matchmaking.portal.services.standing import order_now, place_of, quote_of

__all__ = [
    "Goods",
    "add_staff",
    "area_of",
    "begin",
    "delete_product",
    "facts_of",
    "order_now",
    "own_exhibitors",
    "place_of",
    "product_count",
    "product_of",
    "products",
    "quota_of",
    "quote_of",
    "remove_staff",
    "save_product",
    "staff",
    "staff_member",
]
