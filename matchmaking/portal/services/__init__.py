"""What exhibitors do in their portal, across the rooms below."""

from matchmaking.portal.services.acting import begin, facts_of, own_exhibitors
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
    "add_staff",
    "area_of",
    "begin",
    "facts_of",
    "order_now",
    "own_exhibitors",
    "place_of",
    "quota_of",
    "quote_of",
    "remove_staff",
    "staff",
    "staff_member",
]
