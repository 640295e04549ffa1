"""Following the programme: who somebody is, their stars, addresses confirmed, keys to their timetable."""

from expo.stars.services.confirming import ask_confirmation, code_of, confirm
from expo.stars.services.following import (
    Reader,
    attach,
    follow,
    follower_of,
    forget,
    forget_idle,
    gather,
    kind_of,
    melt,
)
from expo.stars.services.keys import follower_by_key, new_key, no_key
from expo.stars.services.starring import MOST_AT_ONCE, set_star, set_stars, starred_codes
from expo.stars.services.telling import listeners

__all__ = [
    "MOST_AT_ONCE",
    "Reader",
    "ask_confirmation",
    "attach",
    "code_of",
    "confirm",
    "follow",
    "follower_by_key",
    "follower_of",
    "forget",
    "forget_idle",
    "gather",
    "kind_of",
    "listeners",
    "melt",
    "new_key",
    "no_key",
    "set_star",
    "set_stars",
    "starred_codes",
]
