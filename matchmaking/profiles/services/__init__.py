"""The verbs of profiles: say who one is, what one wants, take part, put recommendations aside."""

from matchmaking.profiles.services.choosing import bring_back, dismiss
from matchmaking.profiles.services.importing import take_needs, take_products
from matchmaking.profiles.services.joining import (
    Claim,
    also_buy,
    awaits,
    claims,
    invite,
    join_as_registered,
    take_over,
)
from matchmaking.profiles.services.saving import (
    add_need,
    change_need,
    need_of,
    profile_of,
    remove_need,
    save_buyer,
    save_exhibitor,
    wish_of,
)

__all__ = [
    "Claim",
    "add_need",
    "also_buy",
    "awaits",
    "bring_back",
    "change_need",
    "claims",
    "dismiss",
    "invite",
    "join_as_registered",
    "need_of",
    "profile_of",
    "remove_need",
    "save_buyer",
    "save_exhibitor",
    "take_needs",
    "take_over",
    "take_products",
    "wish_of",
]
