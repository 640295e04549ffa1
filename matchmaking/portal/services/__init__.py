"""What exhibitors do in their portal, across the rooms below."""

from matchmaking.portal.services.acting import begin, facts_of, own_exhibitors
from matchmaking.portal.services.joining import bring, reply, share, submit
from matchmaking.portal.services.staffing import (
    add_staff,
    area_of,
    change_staff,
    quota_of,
    remove_staff,
    replace_staff,
    staff,
    staff_member,
)

__all__ = [
    "add_staff",
    "area_of",
    "begin",
    "bring",
    "change_staff",
    "facts_of",
    "own_exhibitors",
    "quota_of",
    "remove_staff",
    "replace_staff",
    "reply",
    "share",
    "staff",
    "staff_member",
    "submit",
]
