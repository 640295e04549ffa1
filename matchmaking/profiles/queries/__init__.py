"""Lists of whom to meet, and profiles with how complete they are."""

from matchmaking.profiles.queries.lists import Item, between, dismissed, listed
from matchmaking.profiles.queries.parties import (
    Own,
    all_kinds,
    needs_of,
    own_parties,
    party_id,
    profile_facts,
    profile_rows,
)

__all__ = [
    "Item",
    "Own",
    "all_kinds",
    "between",
    "dismissed",
    "listed",
    "needs_of",
    "own_parties",
    "party_id",
    "profile_facts",
    "profile_rows",
]
